// SPDX-License-Identifier: Apache-2.0
//! CCM (NIST SP 800-38C, RFC 3610): encryption with authentication, in parts.
//!
//! CBC-MAC over the plaintext and counter mode run in parallel with one key. Each call of the
//! cipher encrypts two blocks: the full block of the MAC and the counter block for the next data.
//! So n blocks of data cost n + 1 calls. For this, the encryption of a full block is delayed until
//! more data follow or the message ends.
//!
//! Order of calls: [`Ccm::start`]; [`Ccm::set_nonce`] and [`Ccm::set_lengths`], whichever first;
//! [`Ccm::update_additional`]; [`Ccm::update`]; [`Ccm::finish`] or [`Ccm::verify`]. A call that
//! returns an error changes nothing; only a start that fails ends the operation before it. Decrypted
//! data are not authentic until the tag is verified: do not use them earlier, and discard them
//! after a failure.

mod format;
mod lockstep;

use lockstep::Lockstep;

pub use crate::aead::{Direction, Error, MAXIMUM_TAG_BYTES, Tag};

use crate::aes::BlockPairCipher;
use crate::{clear, constant_time};

/// The longest nonce in bytes.
pub const MAXIMUM_NONCE_BYTES: usize = 13;
/// The shortest nonce in bytes.
pub const MINIMUM_NONCE_BYTES: usize = 7;

/// Where an operation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// No key.
    Idle,
    /// Key and tag length are known; nonce or lengths are missing.
    Started,
    /// Nonce and lengths are known, the MAC has begun.
    Running,
}

/// An operation over the cipher `C`: its expanded key and 64 bytes.
///
/// # Examples
/// ```
/// use primitives::aes::Aes128;
/// use primitives::ccm::{Ccm, Direction, Error};
///
/// # fn main() -> Result<(), Error> {
/// let (key, nonce, additional) = ([0x42; 16], [7; 13], b"header");
/// let mut data = *b"plaintext";
///
/// let mut ccm = Ccm::<Aes128>::new();
/// ccm.start(Direction::Encrypt, &key, 16)?;
/// ccm.set_nonce(&nonce)?;
/// ccm.set_lengths(additional.len() as u32, data.len() as u32)?;
/// ccm.update_additional(additional)?;
/// ccm.update(&mut data)?;
/// let tag = ccm.finish()?;
/// assert_ne!(&data, b"plaintext");
///
/// ccm.start(Direction::Decrypt, &key, 16)?;
/// ccm.set_nonce(&nonce)?;
/// ccm.set_lengths(additional.len() as u32, data.len() as u32)?;
/// ccm.update_additional(additional)?;
/// ccm.update(&mut data)?;
/// ccm.verify(tag.as_bytes())?;
/// assert_eq!(&data, b"plaintext");
/// # Ok(())
/// # }
/// ```
pub struct Ccm<C> {
    cipher: C,
    modes: Lockstep,
    phase: Phase,
    direction: Direction,
    tag_bytes: u8,
    /// 0 until the nonce is set.
    nonce_bytes: u8,
    has_lengths: bool,
    additional_left_bytes: u32,
    data_left_bytes: u32,
}

impl<C: BlockPairCipher> Ccm<C> {
    /// No operation; [`Ccm::start`] begins one.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            cipher: C::WITHOUT_KEY,
            modes: Lockstep::IDLE,
            phase: Phase::Idle,
            direction: Direction::Encrypt,
            tag_bytes: 0,
            nonce_bytes: 0,
            has_lengths: false,
            additional_left_bytes: 0,
            data_left_bytes: 0,
        }
    }

    /// Starts an operation and ends the one before.
    ///
    /// # Errors
    /// [`Error::TagLength`] unless the tag has 4, 6, 8, 10, 12, 14 or 16 bytes;
    /// [`Error::KeyLength`]. There is no operation then.
    pub fn start(
        &mut self,
        direction: Direction,
        key: &C::Key,
        tag_bytes: usize,
    ) -> Result<(), Error> {
        self.phase = Phase::Idle;
        if !matches!(tag_bytes, 4 | 6 | 8 | 10 | 12 | 14 | 16) {
            return Err(Error::TagLength);
        }
        self.cipher.set_key(key)?;
        self.phase = Phase::Started;
        self.direction = direction;
        self.tag_bytes = tag_bytes as u8;
        self.nonce_bytes = 0;
        self.has_lengths = false;
        self.data_left_bytes = 0;
        Ok(())
    }

    /// Length of the longest nonce that leaves room for the length of the message; before the
    /// lengths are set, for a length of two bytes.
    #[must_use]
    pub fn suitable_nonce_bytes(&self) -> usize {
        format::longest_nonce_bytes(self.data_left_bytes)
    }

    /// Sets the nonce, which must never be used twice under a key.
    ///
    /// # Errors
    /// [`Error::State`] if there is a nonce or no operation, [`Error::NonceLength`] unless it has 7
    /// to 13 bytes, [`Error::MessageTooLong`]: a nonce of 15 - q bytes leaves q bytes to the length
    /// of the message.
    pub fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), Error> {
        if self.phase != Phase::Started || self.nonce_bytes != 0 {
            return Err(Error::State);
        }
        if !(MINIMUM_NONCE_BYTES..=MAXIMUM_NONCE_BYTES).contains(&nonce.len()) {
            return Err(Error::NonceLength);
        }
        let nonce_bytes = nonce.len() as u8;
        if self.has_lengths && !format::fits(self.data_left_bytes, nonce_bytes) {
            return Err(Error::MessageTooLong);
        }
        self.nonce_bytes = nonce_bytes;
        self.modes
            .set_counter(format::counter_block(nonce, nonce_bytes));
        self.begin_if_complete();
        Ok(())
    }

    /// Sets the lengths of additional data and data in bytes.
    ///
    /// # Errors
    /// [`Error::State`] if the lengths are known or there is no operation,
    /// [`Error::MessageTooLong`].
    pub fn set_lengths(&mut self, additional_bytes: u32, data_bytes: u32) -> Result<(), Error> {
        if self.phase != Phase::Started || self.has_lengths {
            return Err(Error::State);
        }
        if self.nonce_bytes != 0 && !format::fits(data_bytes, self.nonce_bytes) {
            return Err(Error::MessageTooLong);
        }
        self.additional_left_bytes = additional_bytes;
        self.data_left_bytes = data_bytes;
        self.has_lengths = true;
        self.begin_if_complete();
        Ok(())
    }

    /// Authenticates `additional` data that are not encrypted; all of them before the first data.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`] if they are more than announced.
    pub fn update_additional(&mut self, additional: &[u8]) -> Result<(), Error> {
        if self.phase != Phase::Running {
            return Err(Error::State);
        }
        self.additional_left_bytes = take(self.additional_left_bytes, additional.len())?;
        self.modes.authenticate(&self.cipher, additional);
        if self.additional_left_bytes == 0 && !additional.is_empty() {
            // The rest of the block counts as zeros: data start a block of their own.
            self.modes.end_block();
        }
        Ok(())
    }

    /// Encrypts or decrypts `data` in place.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`] if additional data are missing or the data are
    /// more than announced.
    pub fn update(&mut self, data: &mut [u8]) -> Result<(), Error> {
        if self.phase != Phase::Running {
            return Err(Error::State);
        }
        if self.additional_left_bytes != 0 {
            return Err(Error::LengthNotKept);
        }
        self.data_left_bytes = take(self.data_left_bytes, data.len())?;
        let mask = match self.direction {
            Direction::Encrypt => 0,
            Direction::Decrypt => u32::MAX,
        };
        self.modes.crypt(&self.cipher, mask, data);
        Ok(())
    }

    /// Ends the message and returns its tag. The operation is over and wiped.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`] if less came than was announced.
    pub fn finish(&mut self) -> Result<Tag, Error> {
        if self.phase != Phase::Running {
            return Err(Error::State);
        }
        if self.additional_left_bytes != 0 || self.data_left_bytes != 0 {
            return Err(Error::LengthNotKept);
        }
        let tag = Tag {
            bytes: self.modes.tag(&self.cipher, self.nonce_bytes),
            length_bytes: self.tag_bytes,
        };
        self.clear();
        Ok(tag)
    }

    /// Ends the message and compares its tag in constant time with the `expected` one, which has
    /// to have the length that the operation was started with. The operation is over and its
    /// secrets are gone.
    ///
    /// # Errors
    /// Those of [`Ccm::finish`], and [`Error::Tag`].
    pub fn verify(&mut self, expected: &[u8]) -> Result<(), Error> {
        let mut tag = self.finish()?;
        let is_equal = constant_time::equal(tag.as_bytes(), expected);
        clear::bytes(&mut tag.bytes);
        if is_equal { Ok(()) } else { Err(Error::Tag) }
    }

    /// Wipes the operation, which is over.
    pub fn clear(&mut self) {
        self.cipher.clear();
        clear::replace(self, Self::new());
    }

    /// Begins the MAC when nonce and lengths are there.
    fn begin_if_complete(&mut self) {
        if self.nonce_bytes == 0 || !self.has_lengths {
            return;
        }
        let has_additional = self.additional_left_bytes != 0;
        self.modes
            .begin(has_additional, self.data_left_bytes, self.tag_bytes);
        if has_additional {
            let (prefix, length) = format::additional_prefix(self.additional_left_bytes);
            let prefix = prefix.get(..length).unwrap_or_default();
            self.modes.authenticate(&self.cipher, prefix);
        }
        self.phase = Phase::Running;
    }
}

impl<C: BlockPairCipher> Default for Ccm<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// What is left of an announced length after `length` more bytes.
fn take(left_bytes: u32, length: usize) -> Result<u32, Error> {
    u32::try_from(length)
        .ok()
        .and_then(|length| left_bytes.checked_sub(length))
        .ok_or(Error::LengthNotKept)
}

#[cfg(test)]
mod tests;
