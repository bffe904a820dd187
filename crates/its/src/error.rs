// SPDX-License-Identifier: Apache-2.0
//! Errors of requests (PSA Secure Storage API 1.0).

use psa::Status;

/// The error of a request. Each has the value of its [`Status`], so the conversion costs no
/// instruction.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The message does not have the form of a request. No client library sends such a message.
    Programmer = Status::PROGRAMMER_ERROR.0,
    /// The object exists and has `PSA_STORAGE_FLAG_WRITE_ONCE`.
    NotPermitted = Status::NOT_PERMITTED.0,
    /// Unknown request or creation flag.
    NotSupported = Status::NOT_SUPPORTED.0,
    /// The uid is zero, the object is too large, or the offset is beyond its end.
    InvalidArgument = Status::INVALID_ARGUMENT.0,
    /// The caller owns no object with this uid.
    DoesNotExist = Status::DOES_NOT_EXIST.0,
    /// The store is full, or the caller would exceed its quota.
    InsufficientStorage = Status::INSUFFICIENT_STORAGE.0,
    /// The flash failed, or holds something that this store must not overwrite.
    StorageFailure = Status::STORAGE_FAILURE.0,
    /// The object is damaged.
    DataCorrupt = Status::DATA_CORRUPT.0,
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        Self(error as i32)
    }
}

impl From<flash::Error> for Error {
    fn from(_: flash::Error) -> Self {
        Self::StorageFailure
    }
}
