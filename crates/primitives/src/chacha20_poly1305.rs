// SPDX-License-Identifier: Apache-2.0
//! ChaCha20-Poly1305 (RFC 8439, 2.8), in parts. Calls and errors are those of `gcm`.

use crate::aead::{Direction, Error, MAXIMUM_TAG_BYTES, Progress, Tag};
use crate::chacha20::{self, ChaCha20, KeyStreamEnd, NONCE_BYTES};
use crate::clear;
use crate::poly1305::{self, Poly1305};

/// What a counter of 32 bits can encrypt, after the block that gives the key of the code.
const MAXIMUM_DATA_BYTES: u64 = ((1 << 32) - 1) * 64;

/// An operation.
pub struct ChaCha20Poly1305 {
    stream: ChaCha20,
    code: Poly1305,
    direction: Direction,
    progress: Progress,
}

impl ChaCha20Poly1305 {
    /// No operation; [`ChaCha20Poly1305::start`] begins one.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            stream: ChaCha20::BLANK,
            code: Poly1305::BLANK,
            direction: Direction::Encrypt,
            progress: Progress::IDLE,
        }
    }

    /// Starts an operation and ends the one before. Tags have 16 bytes.
    ///
    /// # Errors
    /// [`Error::TagLength`].
    pub fn start(
        &mut self,
        direction: Direction,
        key: &[u8; chacha20::KEY_BYTES],
        tag_bytes: usize,
    ) -> Result<(), Error> {
        if tag_bytes != MAXIMUM_TAG_BYTES {
            return Err(Error::TagLength);
        }
        self.stream.set_key(key);
        self.direction = direction;
        self.progress.start();
        Ok(())
    }

    /// Sets the nonce of 12 bytes, which must never be used twice under a key.
    ///
    /// # Errors
    /// [`Error::State`] if there is a nonce or no operation, [`Error::NonceLength`].
    pub fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), Error> {
        self.progress.require_no_nonce()?;
        let nonce: &[u8; NONCE_BYTES] = nonce.try_into().map_err(|_| Error::NonceLength)?;
        self.stream.start(nonce, 0);
        let mut key = [0; poly1305::KEY_BYTES];
        self.stream.apply(&mut key)?;
        self.stream.skip();
        self.code.start(&key);
        clear::bytes(&mut key);
        self.progress.begin();
        Ok(())
    }

    /// Sets the lengths of additional data and data in bytes.
    ///
    /// # Errors
    /// [`Error::State`].
    pub fn set_lengths(&mut self, additional_bytes: u32, data_bytes: u32) -> Result<(), Error> {
        self.progress.announce(additional_bytes, data_bytes)
    }

    /// Authenticates `additional` data that are not encrypted; all of them before the first data.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`].
    pub fn update_additional(&mut self, additional: &[u8]) -> Result<(), Error> {
        self.progress.add_additional(additional.len())?;
        self.code.update(additional);
        Ok(())
    }

    /// Encrypts or decrypts `data` in place.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`], [`Error::MessageTooLong`].
    pub fn update(&mut self, data: &mut [u8]) -> Result<(), Error> {
        if self.progress.add_data(data.len(), MAXIMUM_DATA_BYTES)? {
            self.code.end_block();
        }
        match self.direction {
            Direction::Encrypt => {
                self.stream.apply(data)?;
                self.code.update(data);
            }
            Direction::Decrypt => {
                self.code.update(data);
                self.stream.apply(data)?;
            }
        }
        Ok(())
    }

    /// Ends the message and returns its tag. The operation is over and wiped.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`] if less came than was announced.
    pub fn finish(&mut self) -> Result<Tag, Error> {
        let (additional_bytes, data_bytes, _) = self.progress.finish()?;
        self.code.end_block();
        self.code.update(&additional_bytes.to_le_bytes());
        self.code.update(&data_bytes.to_le_bytes());
        let bytes = self.code.finish();
        self.clear();
        Ok(Tag {
            bytes,
            length_bytes: MAXIMUM_TAG_BYTES as u8,
        })
    }

    /// Wipes the operation, which is over.
    pub fn clear(&mut self) {
        clear::replace(self, Self::new());
    }
}

/// It is never met: `MAXIMUM_DATA_BYTES` end before.
impl From<KeyStreamEnd> for Error {
    fn from(_: KeyStreamEnd) -> Self {
        Self::MessageTooLong
    }
}

impl Default for ChaCha20Poly1305 {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
