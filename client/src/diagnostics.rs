// SPDX-License-Identifier: Apache-2.0
//! The record of the last fault of the device, kept over the reset that followed it.

use diagnostics::fault::{RECORD_BYTES, RECORD_WORDS};
use diagnostics::service::READ_FAULT;
use psa::Status;
use psa::service::DIAGNOSTICS;

pub use diagnostics::{Console, FaultRecord};

use crate::gateway::{Gateway, OutVector, call};

/// Reads the record.
///
/// # Errors
/// `DOES_NOT_EXIST` when there was no fault since the power came on, `DATA_CORRUPT` for an
/// answer that is no record, or what else the service answers.
pub fn last_fault(gateway: &impl Gateway) -> Result<FaultRecord, Status> {
    let mut bytes = [0; RECORD_BYTES];
    let mut outputs = [OutVector::new(&mut bytes)];
    call(
        gateway,
        DIAGNOSTICS.handle(),
        READ_FAULT as i16,
        &[],
        &mut outputs,
    )?;
    let mut words = [0; RECORD_WORDS];
    for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    FaultRecord::decode(&words).ok_or(Status::DATA_CORRUPT)
}
