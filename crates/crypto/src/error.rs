// SPDX-License-Identifier: Apache-2.0
//! Why a crypto function fails, in the words of PSA Crypto API 1.2.

use psa::Status;

/// The error of a crypto function. The numbers are those of [`Status`], so that the
/// conversion costs no instruction.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// The message has not the form of a crypto call; no client library sends such a one.
    Programmer = Status::PROGRAMMER_ERROR.0,
    /// Unknown function or algorithm.
    NotSupported = Status::NOT_SUPPORTED.0,
    /// The algorithm is none for this function.
    InvalidArgument = Status::INVALID_ARGUMENT.0,
    /// The operation is not active, or active where it must not be.
    BadState = Status::BAD_STATE.0,
    /// The result does not fit the caller's buffer.
    BufferTooSmall = Status::BUFFER_TOO_SMALL.0,
    /// All operations are in use.
    InsufficientMemory = Status::INSUFFICIENT_MEMORY.0,
    /// The hash is not the expected one.
    InvalidSignature = Status::INVALID_SIGNATURE.0,
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        Self(error as i32)
    }
}
