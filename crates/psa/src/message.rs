// SPDX-License-Identifier: Apache-2.0
//! A call as the service sees it (FF-M 1.1, `psa_msg_t` with `psa_read`, `psa_skip` and
//! `psa_write`), and the service as its caller sees it.
//!
//! The service gets no address and no reference: it can only take the next bytes of an input
//! and append bytes to an output. Hence it reads each byte at most once, whatever the model
//! that delivers the message and whoever owns the buffers.

use crate::{client::ClientId, status::Status};

/// One open call.
pub trait Message {
    /// Who calls.
    fn client_id(&self) -> ClientId;

    /// The type of the message, zero or positive.
    fn message_type(&self) -> i32;

    /// Size in bytes of the whole input vector `index`; zero if there is none.
    fn in_size(&self, index: usize) -> usize;

    /// Size in bytes of the whole output vector `index`; zero if there is none.
    fn out_size(&self, index: usize) -> usize;

    /// Takes the next bytes of input vector `index`, as many as there are and as
    /// `destination` holds, and returns how many.
    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize;

    /// Passes over the next bytes of input vector `index` and returns how many.
    fn skip(&mut self, index: usize, bytes: usize) -> usize;

    /// Appends the whole of `source` to output vector `index`.
    ///
    /// # Errors
    /// [`Status::BUFFER_TOO_SMALL`] when the rest of the vector does not hold it; nothing
    /// is written then.
    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status>;

    /// Takes back all that was written to output vector `index`: zeros stand in its place, and
    /// the caller learns of no byte. For a service that finds out at the end that its caller
    /// must not have the result.
    fn erase(&mut self, index: usize);
}

/// A partition: the state behind one or more services.
pub trait Partition {
    /// Serves one message to its end.
    fn call(&mut self, message: &mut impl Message) -> Status;
}
