// SPDX-License-Identifier: Apache-2.0
//! Why a crypto function fails (PSA Crypto API 1.2, "Status codes").

use primitives::{aead, aes::KeyLengthError, chacha20::KeyStreamEnd, hash_drbg};
use psa::Status;

/// The error of a crypto function. The numbers are those of [`Status`], so that the
/// conversion costs no instruction.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// The message does not have the form of a crypto call; no client library sends such a message.
    Programmer = Status::PROGRAMMER_ERROR.0,
    /// The key's policy forbids it.
    NotPermitted = Status::NOT_PERMITTED.0,
    /// Unknown function or algorithm.
    NotSupported = Status::NOT_SUPPORTED.0,
    /// A parameter is invalid, alone or in combination.
    InvalidArgument = Status::INVALID_ARGUMENT.0,
    /// There is no such key for this client.
    InvalidHandle = Status::INVALID_HANDLE.0,
    /// The operation is not active, or is active where it must not be.
    BadState = Status::BAD_STATE.0,
    /// The result does not fit the caller's buffer.
    BufferTooSmall = Status::BUFFER_TOO_SMALL.0,
    /// The client has a key of this id already.
    AlreadyExists = Status::ALREADY_EXISTS.0,
    /// A key derivation has not enough capacity left.
    InsufficientData = Status::INSUFFICIENT_DATA.0,
    /// All operations or keys are in use, or there is no room for a key's material.
    InsufficientMemory = Status::INSUFFICIENT_MEMORY.0,
    /// There is no room for a persistent key.
    InsufficientStorage = Status::INSUFFICIENT_STORAGE.0,
    /// The storage of persistent keys has failed.
    StorageFailure = Status::STORAGE_FAILURE.0,
    /// A stored key is damaged.
    DataCorrupt = Status::DATA_CORRUPT.0,
    /// A stored object is undamaged, but not a key that this firmware supports.
    DataInvalid = Status::DATA_INVALID.0,
    /// The source of entropy failed.
    InsufficientEntropy = Status::INSUFFICIENT_ENTROPY.0,
    /// The padding of the decrypted data is wrong.
    InvalidPadding = Status::INVALID_PADDING.0,
    /// The hash, code or tag is not the expected one.
    InvalidSignature = Status::INVALID_SIGNATURE.0,
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        Self(error as i32)
    }
}

impl From<aead::Error> for Error {
    fn from(error: aead::Error) -> Self {
        match error {
            aead::Error::State => Self::BadState,
            aead::Error::Tag => Self::InvalidSignature,
            aead::Error::KeyLength
            | aead::Error::TagLength
            | aead::Error::NonceLength
            | aead::Error::MessageTooLong
            | aead::Error::LengthNotKept => Self::InvalidArgument,
        }
    }
}

/// No key that can be created has such a length.
impl From<KeyLengthError> for Error {
    fn from(_: KeyLengthError) -> Self {
        Self::InvalidArgument
    }
}

impl From<KeyStreamEnd> for Error {
    fn from(_: KeyStreamEnd) -> Self {
        Self::InvalidArgument
    }
}

/// Requests are never too long here, and the generator is instantiated before: what is left is
/// the source.
impl From<hash_drbg::Error> for Error {
    fn from(_: hash_drbg::Error) -> Self {
        Self::InsufficientEntropy
    }
}
