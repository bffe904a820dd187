// SPDX-License-Identifier: Apache-2.0
//! A call as the service sees it (FF-M 1.1, `psa_msg_t` with `psa_read`, `psa_skip`,
//! `psa_write`, `psa_set_rhandle` and mapped vectors), and the service as its caller sees it.
//!
//! The service gets no address and no reference: it can only take the next bytes of an input
//! and append bytes to an output. So it reads each byte at most once, in every model of execution
//! and for every owner of the buffers.
//!
//! Mapped vectors follow the same rule. FF-M gives a pointer to memory that the client may still
//! change; here mapping gives a cursor. It takes the vector out of the message, so that a vector
//! can't be read in both ways. It is a value of its own, so that a service can use several at a
//! time and pass them on. Dropping the cursor of an input is `psa_unmap_invec`.

use crate::{client::ClientId, framework::Framework, status::Status};

/// Type of the message that asks for a connection (`PSA_IPC_CONNECT`).
pub const CONNECT: i32 = -1;
/// Type of the message that ends a connection (`PSA_IPC_DISCONNECT`).
pub const DISCONNECT: i32 = -2;
/// Type of a call that has no other type (`PSA_IPC_CALL`).
pub const CALL: i32 = 0;

/// The rest of a mapped input vector.
pub trait MappedInput {
    /// Number of bytes that are not read yet.
    fn rest_bytes(&self) -> usize;

    /// Copies the next bytes to `destination`, as many as both have, and returns the number.
    fn read(&mut self, destination: &mut [u8]) -> usize;

    /// Skips the next bytes and returns the number.
    fn skip(&mut self, bytes: usize) -> usize;
}

/// The free room of a mapped output vector.
pub trait MappedOutput {
    /// Bytes that can still be written.
    fn rest_bytes(&self) -> usize;

    /// Appends the whole of `source`.
    ///
    /// # Errors
    /// [`Status::BUFFER_TOO_SMALL`] when the room is too small; nothing is written then.
    fn write(&mut self, source: &[u8]) -> Result<(), Status>;
}

/// One open call.
///
/// # Examples
/// Input is read in pieces, each byte once; output is appended:
/// ```
/// use psa::{Message, Status, fake::FakeMessage};
///
/// /// Copies input 0 to output 0, 16 bytes at a time.
/// fn echo(message: &mut impl Message) -> Result<(), Status> {
///     let mut piece = [0; 16];
///     loop {
///         match message.read(0, &mut piece) {
///             0 => return Ok(()),
///             bytes => message.write(0, &piece[..bytes])?,
///         }
///     }
/// }
///
/// let input = *b"more than sixteen bytes";
/// let mut message = FakeMessage::new(0xCA5E_0100, 0).input(&input).output(100);
/// assert_eq!(echo(&mut message), Ok(()));
/// assert_eq!(message.written(0), input);
/// ```
pub trait Message {
    /// A mapped input vector.
    type Input: MappedInput;
    /// A mapped output vector.
    type Output: MappedOutput;

    /// The client that calls.
    fn client_id(&self) -> ClientId;

    /// Service id of the service that is called. It replaces the signals of FF-M's IPC model for
    /// partitions with several services.
    fn service(&self) -> u32;

    /// The type of the message: zero or positive for a call, [`CONNECT`] or [`DISCONNECT`] for
    /// a service with connections.
    fn message_type(&self) -> i32;

    /// Size in bytes of the whole input vector `index`; zero if there is none.
    fn in_size(&self, index: usize) -> usize;

    /// Size in bytes of the whole output vector `index`; zero if there is none.
    fn out_size(&self, index: usize) -> usize;

    /// Copies the next bytes of input vector `index` to `destination`, as many as both have, and
    /// returns the number (`psa_read`).
    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize;

    /// Skips the next bytes of input vector `index` and returns the number (`psa_skip`).
    fn skip(&mut self, index: usize, bytes: usize) -> usize;

    /// Appends the whole of `source` to output vector `index` (`psa_write`).
    ///
    /// # Errors
    /// [`Status::BUFFER_TOO_SMALL`] if it does not fit the rest of the vector; nothing is written
    /// then.
    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status>;

    /// Prepares the vectors for a service that reads a part of `input`, as long as `room`, writes
    /// the same number of bytes to `output`, and repeats this to the end of the input. The caller
    /// may let the output begin anywhere inside the input or before it: input that would be
    /// overwritten before it is read is moved to where the output begins. The data pass through
    /// `room`, which the service wipes afterwards. `in_size` then gives the size of the moved part.
    ///
    /// The default is for messages whose vectors never overlap.
    ///
    /// # Errors
    /// [`Status::INVALID_ARGUMENT`] when input must be moved and the output is too small for the
    /// rest of it; nothing is written then.
    fn make_way(&mut self, _input: usize, _output: usize, _room: &mut [u8]) -> Result<(), Status> {
        Ok(())
    }

    /// Replaces everything that was written to output vector `index` by zeros, and sets its
    /// length to zero. For a service that finds at the end that its caller must not get the result.
    fn erase(&mut self, index: usize);

    /// The number that the service stored for the connection (`psa_msg_t.rhandle`): zero before
    /// it is set, and for a stateless service.
    fn reverse_handle(&self) -> usize;

    /// Stores a number for the later messages of the connection (`psa_set_rhandle`). Without a
    /// connection this is a programming error of the partition and ends in [`Framework::panic`].
    fn set_reverse_handle(&mut self, reverse_handle: usize);

    /// Takes input vector `index` out of the message (`psa_map_invec`); in the message it is empty
    /// then. Mapping a vector that is empty, was mapped before or has been read is a programming
    /// error of the partition and ends in [`Framework::panic`].
    fn map_input(&mut self, index: usize) -> Self::Input;

    /// Takes output vector `index` out of the message (`psa_map_outvec`), by the rules of
    /// [`Message::map_input`]. If it is not passed to [`Message::unmap_output`], the client gets
    /// the length zero.
    fn map_output(&mut self, index: usize) -> Self::Output;

    /// Ends the use of a mapped output: the client gets the number of bytes that were written
    /// (`psa_unmap_outvec`).
    fn unmap_output(&mut self, output: Self::Output);
}

/// A partition: the state behind one or more services.
///
/// The same partition runs in each model of execution: its functions are the secure functions of
/// FF-M 1.1.
///
/// # Examples
/// A whole partition: it counts calls, and tells the life cycle of the device. The test calls it
/// as the manager does, with what [`fake`](crate::fake) offers.
/// ```
/// use psa::{Framework, Message, Partition, Status};
/// use psa::fake::{FakeFramework, FakeMessage};
///
/// const SID: u32 = 0xCA5E_0100;
/// /// Message type: output 0 gets the number of calls, a `u32` in little endian.
/// const COUNT: i32 = 1;
/// /// Message type: output 0 gets the life cycle state, likewise.
/// const LIFECYCLE: i32 = 2;
///
/// struct Counter {
///     calls: u32,
/// }
///
/// impl Partition for Counter {
///     fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
///         self.calls = self.calls.wrapping_add(1);
///         let answer = match message.message_type() {
///             COUNT => self.calls,
///             LIFECYCLE => framework.lifecycle_state(),
///             _ => return Status::NOT_SUPPORTED,
///         };
///         match message.write(0, &answer.to_le_bytes()) {
///             Ok(()) => Status::SUCCESS,
///             Err(status) => status,
///         }
///     }
/// }
///
/// let framework = FakeFramework::new().in_lifecycle(0x3000);
/// let mut counter = Counter { calls: 0 };
/// for calls in 1..=2u32 {
///     let mut message = FakeMessage::new(SID, COUNT).output(4);
///     assert_eq!(counter.call(&mut message, &framework), Status::SUCCESS);
///     assert_eq!(message.written(0), calls.to_le_bytes());
/// }
/// let mut message = FakeMessage::new(SID, LIFECYCLE).output(4);
/// assert_eq!(counter.call(&mut message, &framework), Status::SUCCESS);
/// assert_eq!(message.written(0), [0, 0x30, 0, 0]);
/// // An output that is too small gets nothing.
/// let mut message = FakeMessage::new(SID, COUNT).output(3);
/// assert_eq!(counter.call(&mut message, &framework), Status::BUFFER_TOO_SMALL);
/// ```
pub trait Partition {
    /// Runs once at boot, after the partitions that this one depends on (`entry_init`).
    ///
    /// # Errors
    /// After any error the services of the partition refuse all clients until the next boot.
    fn init(&mut self, _framework: &impl Framework) -> Result<(), Status> {
        Ok(())
    }

    /// Serves one message. `framework` calls other services in the name of this
    /// partition.
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status;
}
