// SPDX-License-Identifier: Apache-2.0
//! The record of the last fault of the secure world. It survives the reset that the fault causes.

use diagnostics::fault::{RECORD_BYTES, RECORD_WORDS};
use diagnostics::service::READ_FAULT;
use psa::Status;
use psa::service::DIAGNOSTICS;

pub use diagnostics::{Console, FaultRecord};

use crate::gateway::{Gateway, OutVector, call};

/// Reads the record.
///
/// # Errors
/// * `DOES_NOT_EXIST`: there was no fault since power-on.
/// * `DATA_CORRUPT`: the answer is not a record.
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
