// SPDX-License-Identifier: Apache-2.0
//! The way into the secure world: `psa_framework_version`, `psa_version`, `psa_call`,
//! `psa_connect`, `psa_close` (FF-M 1.1, client API).

use psa::{ControlParameter, Handle, Status};

#[cfg(not(target_arch = "arm"))]
pub use crate::host::vectors::{InVector, OutVector};
#[cfg(target_arch = "arm")]
pub use crate::vectors::{InVector, OutVector};

/// The way into the secure world. On the device it is `veneers::Veneers`; tests on the host have
/// their own.
pub trait Gateway {
    /// The version of the framework (`psa_framework_version`): 0x0101 for FF-M 1.1.
    fn framework_version(&self) -> u32;

    /// The version of the service `sid` (`psa_version`), or 0 if this client may not call it.
    fn version(&self, sid: u32) -> u32;

    /// `psa_call` with vectors already laid out.
    fn call(
        &self,
        handle: Handle,
        control: ControlParameter,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Status;

    /// Opens a connection to the service `sid` (`psa_connect`).
    ///
    /// # Errors
    /// * `CONNECTION_REFUSED`: this client may not call the service.
    /// * `CONNECTION_BUSY`: all connections are in use, or a call is open.
    /// * `PROGRAMMER_ERROR`: the service is called without a connection.
    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status>;

    /// Closes a connection (`psa_close`).
    fn close(&self, handle: Handle);
}

/// Calls a service (`psa_call`): the handle of a stateless service or of a connection, the type of
/// the message, and at most four vectors in all.
///
/// # Errors
/// * `PROGRAMMER_ERROR`: the type is negative, or there are more vectors.
/// * `CONNECTION_BUSY`: a call is open, and this one came from an interrupt or another thread.
/// * The status of the service.
///
/// # Examples
/// The Internal Trusted Storage service has the message type 1001 for `psa_its_set`:
/// ```
/// use client::{InVector, gateway, its};
/// use psa::service::INTERNAL_TRUSTED_STORAGE;
/// # let secure = fake_device::FakeDevice::new();
/// let (uid, flags) = (5_u64.to_le_bytes(), 0_u32.to_le_bytes());
/// let inputs = [InVector::new(&uid), InVector::new(b"data"), InVector::new(&flags)];
/// gateway::call(&secure, INTERNAL_TRUSTED_STORAGE.handle(), 1001, &inputs, &mut [])?;
/// assert_eq!(its::get_info(&secure, 5)?.size_bytes, 4);
/// # Ok::<(), client::Status>(())
/// ```
pub fn call(
    gateway: &impl Gateway,
    handle: Handle,
    message_type: i16,
    inputs: &[InVector<'_>],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    let control = ControlParameter::new(message_type, inputs.len(), outputs.len())
        .ok_or(Status::PROGRAMMER_ERROR)?;
    match gateway.call(handle, control, inputs, outputs) {
        Status::SUCCESS => Ok(()),
        error => Err(error),
    }
}
