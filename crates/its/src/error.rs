// SPDX-License-Identifier: Apache-2.0
//! Why a request fails, in the words of PSA Secure Storage API 1.0.

use psa::Status;

/// The error of a request. The numbers are those of [`Status`], so that the conversion costs no
/// instruction.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The message has not the form of a request; no client library sends such a one.
    Programmer = Status::PROGRAMMER_ERROR.0,
    /// The object was created to be written once.
    NotPermitted = Status::NOT_PERMITTED.0,
    /// Unknown request or creation flag.
    NotSupported = Status::NOT_SUPPORTED.0,
    /// The uid is zero, the object too large, or the offset behind its end.
    InvalidArgument = Status::INVALID_ARGUMENT.0,
    /// The caller owns no object of this uid.
    DoesNotExist = Status::DOES_NOT_EXIST.0,
    /// There are as many objects as may be.
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
