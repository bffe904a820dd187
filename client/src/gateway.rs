// SPDX-License-Identifier: Apache-2.0
//! The way into the secure world: `psa_framework_version`, `psa_version`, `psa_call`,
//! `psa_connect`, `psa_close` (FF-M 1.1, client API).

use core::marker::PhantomData;

use psa::{ControlParameter, Handle, Status};

/// `psa_invec`: a buffer that the service reads.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct InVector<'a> {
    base: *const u8,
    length_bytes: usize,
    lifetime: PhantomData<&'a [u8]>,
}

impl<'a> InVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            base: bytes.as_ptr(),
            length_bytes: bytes.len(),
            lifetime: PhantomData,
        }
    }
}

/// `psa_outvec`: a buffer that the service writes; afterwards its length is what was written.
#[repr(C)]
#[derive(Debug)]
pub struct OutVector<'a> {
    base: *mut u8,
    length_bytes: usize,
    lifetime: PhantomData<&'a mut [u8]>,
}

impl<'a> OutVector<'a> {
    /// The vector of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            base: bytes.as_mut_ptr(),
            length_bytes: bytes.len(),
            lifetime: PhantomData,
        }
    }

    /// How many bytes it holds: before the call the room, after it what the service wrote.
    #[must_use]
    pub const fn length_bytes(&self) -> usize {
        self.length_bytes
    }
}

/// What carries a call to the secure world.
pub trait Gateway {
    /// `psa_framework_version`: 0x0101 for FF-M 1.1.
    fn framework_version(&self) -> u32;

    /// `psa_version`: the version of the service `sid`, 0 when it is not there for this caller.
    fn version(&self, sid: u32) -> u32;

    /// `psa_call` with vectors already laid out.
    fn call(
        &self,
        handle: Handle,
        control: ControlParameter,
        inputs: &[InVector<'_>],
        outputs: &mut [OutVector<'_>],
    ) -> Status;

    /// `psa_connect`: a connection to the service `sid`.
    ///
    /// # Errors
    /// `CONNECTION_REFUSED`, `CONNECTION_BUSY`, or `PROGRAMMER_ERROR` for a service that is
    /// called without a connection.
    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status>;

    /// `psa_close`.
    fn close(&self, handle: Handle);
}

/// Calls `handle` with message `message_type`; at most four vectors in all.
///
/// # Errors
/// `PSA_ERROR_PROGRAMMER_ERROR` for a negative type or too many vectors, else what the service
/// answers.
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
