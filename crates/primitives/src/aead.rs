// SPDX-License-Identifier: Apache-2.0
//! Common parts of the modes of authenticated encryption: the tag, the errors, and the order of
//! calls for modes that do not need the lengths in advance.

use crate::aes::{Block, KeyLengthError};

/// The longest tag in bytes.
pub const MAXIMUM_TAG_BYTES: usize = 16;

/// Whether data are encrypted or decrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Plaintext into ciphertext.
    Encrypt,
    /// Ciphertext into plaintext.
    Decrypt,
}

/// Why a call was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The call is not allowed in this state of the operation.
    State,
    /// No key of the cipher has this length.
    KeyLength,
    /// No tag of the mode has this length.
    TagLength,
    /// No nonce of the mode has this length.
    NonceLength,
    /// The message is too long for the mode or the nonce.
    MessageTooLong,
    /// More or less data than announced.
    LengthNotKept,
    /// The tag does not belong to the message.
    Tag,
}

impl From<KeyLengthError> for Error {
    fn from(_: KeyLengthError) -> Self {
        Self::KeyLength
    }
}

/// A tag: [`MAXIMUM_TAG_BYTES`] or fewer.
#[derive(Clone, Copy)]
pub struct Tag {
    pub(crate) bytes: Block,
    pub(crate) length_bytes: u8,
}

impl Tag {
    /// The bytes of the tag, with the length of the start of the operation.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes
            .get(..usize::from(self.length_bytes))
            .unwrap_or_default()
    }

    /// The bytes of the tag, to wipe a secret one.
    #[must_use]
    pub fn as_bytes_mut(&mut self) -> &mut [u8] {
        self.bytes
            .get_mut(..usize::from(self.length_bytes))
            .unwrap_or_default()
    }
}

/// Where an operation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No key.
    Idle,
    /// The nonce is missing.
    Started,
    /// Additional data may come.
    Additional,
    /// Data may come.
    Data,
}

/// Checks of the order of calls and of lengths.
pub(crate) struct Progress {
    phase: Phase,
    is_announced: bool,
    /// Additional data or data were given, even if empty.
    has_begun: bool,
    announced_additional_bytes: u32,
    announced_data_bytes: u32,
    additional_bytes: u64,
    data_bytes: u64,
}

impl Progress {
    pub(crate) const IDLE: Self = Self {
        phase: Phase::Idle,
        is_announced: false,
        has_begun: false,
        announced_additional_bytes: 0,
        announced_data_bytes: 0,
        additional_bytes: 0,
        data_bytes: 0,
    };

    /// There is a key.
    pub(crate) fn start(&mut self) {
        *self = Self::IDLE;
        self.phase = Phase::Started;
    }

    /// Whether a nonce may come.
    pub(crate) fn require_no_nonce(&self) -> Result<(), Error> {
        require(self.phase == Phase::Started)
    }

    /// There is a nonce.
    pub(crate) fn begin(&mut self) {
        self.phase = Phase::Additional;
    }

    pub(crate) fn announce(&mut self, additional_bytes: u32, data_bytes: u32) -> Result<(), Error> {
        require(self.phase != Phase::Idle && !self.is_announced && !self.has_begun)?;
        self.is_announced = true;
        self.announced_additional_bytes = additional_bytes;
        self.announced_data_bytes = data_bytes;
        Ok(())
    }

    pub(crate) fn add_additional(&mut self, bytes: usize) -> Result<(), Error> {
        require(self.phase == Phase::Additional)?;
        let limit = match self.is_announced {
            true => u64::from(self.announced_additional_bytes),
            false => u64::MAX / 8,
        };
        self.additional_bytes = add(self.additional_bytes, bytes, limit)?;
        self.has_begun = true;
        Ok(())
    }

    /// Takes data of a mode that has room for `most_bytes`; tells whether they are the first.
    pub(crate) fn add_data(&mut self, bytes: usize, most_bytes: u64) -> Result<bool, Error> {
        require(matches!(self.phase, Phase::Additional | Phase::Data))?;
        let is_first = self.phase == Phase::Additional;
        let limit = match self.is_announced {
            true if self.additional_bytes != u64::from(self.announced_additional_bytes) => {
                return Err(Error::LengthNotKept);
            }
            true => u64::from(self.announced_data_bytes),
            false => most_bytes,
        };
        self.data_bytes = match add(self.data_bytes, bytes, limit) {
            Err(_) if !self.is_announced => return Err(Error::MessageTooLong),
            result => result?,
        };
        self.has_begun = true;
        self.phase = Phase::Data;
        Ok(is_first)
    }

    /// Ends the message; tells how many bytes of additional data and of data there were, and
    /// whether data never came.
    pub(crate) fn finish(&mut self) -> Result<(u64, u64, bool), Error> {
        let is_first = self.add_data(0, u64::MAX)?;
        if self.is_announced && self.data_bytes != u64::from(self.announced_data_bytes) {
            return Err(Error::LengthNotKept);
        }
        Ok((self.additional_bytes, self.data_bytes, is_first))
    }
}

fn require(condition: bool) -> Result<(), Error> {
    if condition { Ok(()) } else { Err(Error::State) }
}

fn add(sum: u64, bytes: usize, limit: u64) -> Result<u64, Error> {
    let sum = sum.saturating_add(bytes as u64);
    if sum <= limit {
        Ok(sum)
    } else {
        Err(Error::LengthNotKept)
    }
}
