// SPDX-License-Identifier: Apache-2.0
//! What the framework offers to a partition (FF-M 1.1, client API for secure callers,
//! `psa_rot_lifecycle_state`, `psa_panic`).
//!
//! A partition passes slices, never addresses, and no identity: the framework that it gets calls in
//! its name, and reaches only the services that its manifest names.

use crate::{client::Handle, status::Status};

/// The bits of [`Framework::lifecycle_state`] that hold the state.
pub const LIFECYCLE_STATE_MASK: u32 = 0xFF00;
/// `PSA_LIFECYCLE_PSA_ROT_PROVISIONING`: the factory is writing the secrets of the device.
pub const LIFECYCLE_PROVISIONING: u32 = 0x2000;

/// An output of a call that a partition makes (`psa_outvec`).
#[derive(Debug)]
pub struct OutVector<'a> {
    bytes: &'a mut [u8],
    written_bytes: usize,
}

impl<'a> OutVector<'a> {
    /// An output with the room of `bytes`; nothing is written yet.
    #[must_use]
    pub const fn new(bytes: &'a mut [u8]) -> Self {
        Self {
            bytes,
            written_bytes: 0,
        }
    }

    /// The whole room, for the manager that delivers the call.
    pub const fn room(&mut self) -> &mut [u8] {
        self.bytes
    }

    /// Records how many bytes were written, at most the size of the room.
    pub fn set_written(&mut self, bytes: usize) {
        self.written_bytes = bytes.min(self.bytes.len());
    }

    /// What the service has written.
    #[must_use]
    pub fn written(&self) -> &[u8] {
        self.bytes.get(..self.written_bytes).unwrap_or_default()
    }
}

/// The framework as one partition sees it.
pub trait Framework {
    /// `psa_version`: the version of the service, or [`crate::client::VERSION_NONE`] when it
    /// does not exist or the partition does not depend on it.
    fn version(&self, sid: u32) -> u32;

    /// `psa_connect`.
    ///
    /// # Errors
    /// [`Status::CONNECTION_REFUSED`] or [`Status::CONNECTION_BUSY`].
    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status>;

    /// `psa_call` of a connection or of a stateless service.
    ///
    /// Programming errors, such as a handle of another partition or too many vectors, end in
    /// [`Framework::panic`].
    fn call(
        &self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Status;

    /// `psa_close`; the null handle is allowed and does nothing.
    fn close(&self, handle: Handle);

    /// `psa_rot_lifecycle_state`: state in the upper byte, implementation defined in the lower.
    fn lifecycle_state(&self) -> u32;

    /// `psa_panic`: the partition can't recover from an error.
    fn panic(&self) -> !;
}
