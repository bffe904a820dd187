// SPDX-License-Identifier: Apache-2.0
//! Firmware Update: `psa_fwu_*` (PSA Firmware Update API 1.0), where the profile has it.
//!
//! There is one component, the signed image of both worlds. It is written, installed at the next
//! start if the boot ROM finds it good, and accepted where the configuration has a trial.
//!
//! ```
//! use client::update::{self, State};
//! use client::{Gateway, Status};
//!
//! /// Has an image installed at the next start, which comes at once.
//! fn install(secure: &impl Gateway, image: &[u8]) -> Result<(), Status> {
//!     if update::query(secure)?.state == State::Failed {
//!         update::clean(secure)?;
//!     }
//!     update::start(secure)?;
//!     update::write_all(secure, image)?;
//!     update::finish(secure)?;
//!     update::install(secure)?;
//!     update::request_reboot(secure)
//! }
//! ```

use psa::Status;
use psa::service::FIRMWARE_UPDATE;
use psa::update::{
    ACCEPT, CANCEL, CLEAN, COMPONENT, FINISH, INSTALL, QUERY, REJECT, REQUEST_REBOOT, START,
    SUCCESS_REBOOT, WRITE,
};
pub use psa::update::{Info, LONGEST_WRITE_BYTES, State, WRITE_ALIGNMENT_BYTES};

use crate::gateway::{Gateway, InVector, OutVector, call};

/// `psa_fwu_query`: where the component stands, and what runs.
///
/// # Errors
/// What the service answers.
pub fn query(gateway: &impl Gateway) -> Result<Info, Status> {
    let mut info = [[0; 4]; Info::BYTES / 4];
    let mut outputs = [OutVector::new(info.as_flattened_mut())];
    let inputs = [InVector::new(&[COMPONENT])];
    update_call(gateway, QUERY, &inputs, &mut outputs)?;
    Info::from_words(info).ok_or(Status::COMMUNICATION_FAILURE)
}

/// `psa_fwu_start`: a new image begins.
///
/// # Errors
/// `BAD_STATE` unless the component is ready, `STORAGE_FAILURE`, or what else the service answers.
pub fn start(gateway: &impl Gateway) -> Result<(), Status> {
    let inputs = [InVector::new(&[COMPONENT]), InVector::new(&[])];
    update_call(gateway, START, &inputs, &mut [])
}

/// `psa_fwu_write`: at most [`LONGEST_WRITE_BYTES`] of the image, from an offset that is a multiple
/// of [`WRITE_ALIGNMENT_BYTES`] on. Each place is written once.
///
/// # Errors
/// `INVALID_ARGUMENT`, `BAD_STATE`, `STORAGE_FAILURE`, or what else the service answers.
pub fn write(gateway: &impl Gateway, offset_bytes: u32, block: &[u8]) -> Result<(), Status> {
    let offset = offset_bytes.to_le_bytes();
    let inputs = [
        InVector::new(&[COMPONENT]),
        InVector::new(&offset),
        InVector::new(block),
    ];
    update_call(gateway, WRITE, &inputs, &mut [])
}

/// Writes a whole image that is in memory.
///
/// # Errors
/// As [`write()`].
pub fn write_all(gateway: &impl Gateway, image: &[u8]) -> Result<(), Status> {
    let mut offset_bytes = 0;
    for block in image.chunks(LONGEST_WRITE_BYTES) {
        write(gateway, offset_bytes, block)?;
        offset_bytes = offset_bytes.wrapping_add(block.len() as u32);
    }
    Ok(())
}

/// `psa_fwu_finish`: the image is complete. Nobody has verified it yet.
///
/// # Errors
/// `BAD_STATE` unless it was being written, or what else the service answers.
pub fn finish(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, FINISH, &[InVector::new(&[COMPONENT])], &mut [])
}

/// `psa_fwu_cancel`: gives up an image that is not staged yet.
///
/// # Errors
/// `BAD_STATE` if there is none, or what else the service answers.
pub fn cancel(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, CANCEL, &[InVector::new(&[COMPONENT])], &mut [])
}

/// `psa_fwu_clean`: another update may begin after one that has failed or is accepted.
///
/// # Errors
/// `BAD_STATE` in any other state, `STORAGE_FAILURE`, or what else the service answers.
pub fn clean(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, CLEAN, &[InVector::new(&[COMPONENT])], &mut [])
}

/// `psa_fwu_install`: the next start installs the image.
///
/// # Errors
/// `BAD_STATE` unless an image is complete, `STORAGE_FAILURE`, or what else the service answers.
pub fn install(gateway: &impl Gateway) -> Result<(), Status> {
    match update_call(gateway, INSTALL, &[], &mut []) {
        Err(SUCCESS_REBOOT) => Ok(()),
        outcome => outcome,
    }
}

/// `psa_fwu_request_reboot`: resets the device; where that works, it does not return.
///
/// # Errors
/// What the service answers.
pub fn request_reboot(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, REQUEST_REBOOT, &[], &mut [])
}

/// `psa_fwu_reject`: gives up an image that is staged or on trial, for a reason that [`query`] tells.
/// The way back from a trial is a reset.
///
/// # Errors
/// `BAD_STATE` if there is none, `STORAGE_FAILURE`, or what else the service answers.
pub fn reject(gateway: &impl Gateway, error: Status) -> Result<(), Status> {
    let error = error.0.to_le_bytes();
    match update_call(gateway, REJECT, &[InVector::new(&error)], &mut []) {
        Err(SUCCESS_REBOOT) => Ok(()),
        outcome => outcome,
    }
}

/// `psa_fwu_accept`: the image that runs on trial stays.
///
/// # Errors
/// `BAD_STATE` if no image is on trial, `STORAGE_FAILURE`, or what else the service answers.
pub fn accept(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, ACCEPT, &[], &mut [])
}

fn update_call(
    gateway: &impl Gateway,
    message_type: i16,
    inputs: &[InVector<'_>],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    let handle = FIRMWARE_UPDATE.handle();
    call(gateway, handle, message_type, inputs, outputs)
}
