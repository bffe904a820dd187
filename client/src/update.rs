// SPDX-License-Identifier: Apache-2.0
//! Firmware Update: `psa_fwu_*` (PSA Firmware Update API 1.0), where the profile has it.
//!
//! There is one component, the signed image of both worlds. The application writes it; the boot ROM
//! verifies and installs it at the next start. With `boot.upgrade = "swap"` it runs on trial until
//! the application accepts it.
//!
//! ```
//! use client::update::{self, State};
//! use client::{Gateway, Status};
//!
//! /// Installs an image and restarts the device.
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

/// Reads the state of the component and the version that runs (`psa_fwu_query`).
///
/// # Errors
/// `NOT_SUPPORTED`: the firmware does not have the service.
pub fn query(gateway: &impl Gateway) -> Result<Info, Status> {
    let mut info = [[0; 4]; Info::BYTES / 4];
    let mut outputs = [OutVector::new(info.as_flattened_mut())];
    let inputs = [InVector::new(&[COMPONENT])];
    update_call(gateway, QUERY, &inputs, &mut outputs)?;
    Info::from_words(info).ok_or(Status::COMMUNICATION_FAILURE)
}

/// Begins an update (`psa_fwu_start`).
///
/// # Errors
/// * `BAD_STATE`: the component is not in the state [`State::Ready`].
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn start(gateway: &impl Gateway) -> Result<(), Status> {
    let inputs = [InVector::new(&[COMPONENT]), InVector::new(&[])];
    update_call(gateway, START, &inputs, &mut [])
}

/// Writes a block of the image (`psa_fwu_write`): at most [`LONGEST_WRITE_BYTES`], at an offset
/// that is a multiple of [`WRITE_ALIGNMENT_BYTES`]. Each place is written once.
///
/// # Errors
/// * `INVALID_ARGUMENT`: the block has no such place in the slot.
/// * `BAD_STATE`: [`start`] was not called.
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn write(gateway: &impl Gateway, offset_bytes: u32, block: &[u8]) -> Result<(), Status> {
    let offset = offset_bytes.to_le_bytes();
    let inputs = [
        InVector::new(&[COMPONENT]),
        InVector::new(&offset),
        InVector::new(block),
    ];
    update_call(gateway, WRITE, &inputs, &mut [])
}

/// Writes a whole image from memory, block by block.
///
/// # Errors
/// Those of [`write()`].
pub fn write_all(gateway: &impl Gateway, image: &[u8]) -> Result<(), Status> {
    let mut offset_bytes = 0;
    for block in image.chunks(LONGEST_WRITE_BYTES) {
        write(gateway, offset_bytes, block)?;
        offset_bytes = offset_bytes.wrapping_add(block.len() as u32);
    }
    Ok(())
}

/// Declares the image complete (`psa_fwu_finish`). The boot ROM verifies it later.
///
/// # Errors
/// * `BAD_STATE`: no image is being written.
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn finish(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, FINISH, &[InVector::new(&[COMPONENT])], &mut [])
}

/// Cancels an update before [`install`] (`psa_fwu_cancel`).
///
/// # Errors
/// `BAD_STATE`: there is no such update.
pub fn cancel(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, CANCEL, &[InVector::new(&[COMPONENT])], &mut [])
}

/// Erases the slot after an update that has failed or was accepted, so that another can begin
/// (`psa_fwu_clean`).
///
/// # Errors
/// * `BAD_STATE`: the component is in another state.
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn clean(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, CLEAN, &[InVector::new(&[COMPONENT])], &mut [])
}

/// Asks the boot ROM to install the image at the next start (`psa_fwu_install`).
///
/// # Errors
/// * `BAD_STATE`: no image is complete.
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn install(gateway: &impl Gateway) -> Result<(), Status> {
    match update_call(gateway, INSTALL, &[], &mut []) {
        Err(SUCCESS_REBOOT) => Ok(()),
        outcome => outcome,
    }
}

/// Resets the device (`psa_fwu_request_reboot`). It does not return where the device can reset.
///
/// # Errors
/// `NOT_SUPPORTED`: the device can't, or the firmware does not have the service.
pub fn request_reboot(gateway: &impl Gateway) -> Result<(), Status> {
    update_call(gateway, REQUEST_REBOOT, &[], &mut [])
}

/// Rejects an image that is staged or on trial (`psa_fwu_reject`). [`query`] returns `error` as the
/// reason. After a trial, the next reset brings the earlier image back.
///
/// # Errors
/// * `BAD_STATE`: no image is staged or on trial.
/// * `STORAGE_FAILURE`: the flash has failed.
pub fn reject(gateway: &impl Gateway, error: Status) -> Result<(), Status> {
    let error = error.0.to_le_bytes();
    match update_call(gateway, REJECT, &[InVector::new(&error)], &mut []) {
        Err(SUCCESS_REBOOT) => Ok(()),
        outcome => outcome,
    }
}

/// Accepts the image that runs on trial (`psa_fwu_accept`).
///
/// # Errors
/// * `BAD_STATE`: no image is on trial.
/// * `STORAGE_FAILURE`: the flash has failed.
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
