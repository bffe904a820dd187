// SPDX-License-Identifier: Apache-2.0
//! GCM (NIST SP 800-38D): counter mode, and GHASH over the ciphertext, in parts.
//!
//! Order of calls: [`Gcm::start`]; [`Gcm::set_nonce`]; [`Gcm::update_additional`];
//! [`Gcm::update`]; [`Gcm::finish`]. Lengths may be announced before the first data and are to
//! be kept then. A call that returns an error has changed nothing, but a start, which ends the
//! operation before. Decrypted data are not authentic before the tag has been verified.

use crate::aead::{Direction, Error, Progress, Tag};
use crate::aes::{BLOCK_BYTES, Block, BlockPair, BlockPairCipher};
use crate::clear;
use crate::counter::Counter;
use crate::ghash::Ghash;

/// The usual nonce, to which a counter of 32 bits is appended. Any other is hashed.
pub const USUAL_NONCE_BYTES: usize = 12;
/// Maximum of data with a counter of 32 bits, of which two values have other uses.
const MAXIMUM_DATA_BYTES: u64 = ((1 << 32) - 2) * BLOCK_BYTES as u64;

/// An operation over the cipher `C`.
pub struct Gcm<C> {
    cipher: C,
    hash: Ghash,
    counter: Counter<4>,
    /// The block that is added to the hash for the tag.
    mask: Block,
    /// An incomplete block for the hash.
    block: Block,
    filled_bytes: u8,
    direction: Direction,
    tag_bytes: u8,
    progress: Progress,
}

impl<C: BlockPairCipher> Gcm<C> {
    /// No operation; [`Gcm::start`] begins one.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            cipher: C::WITHOUT_KEY,
            hash: Ghash::BLANK,
            counter: Counter::BLANK,
            mask: [0; BLOCK_BYTES],
            block: [0; BLOCK_BYTES],
            filled_bytes: 0,
            direction: Direction::Encrypt,
            tag_bytes: 0,
            progress: Progress::IDLE,
        }
    }

    /// Starts an operation and ends the one before. Tags have 4, 8 or 12 to 16 bytes.
    ///
    /// # Errors
    /// [`Error::TagLength`], [`Error::KeyLength`]. There is no operation then.
    pub fn start(
        &mut self,
        direction: Direction,
        key: &C::Key,
        tag_bytes: usize,
    ) -> Result<(), Error> {
        self.progress = Progress::IDLE;
        if !matches!(tag_bytes, 4 | 8 | 12..=16) {
            return Err(Error::TagLength);
        }
        self.cipher.set_key(key)?;
        let mut pair = BlockPair::ZERO;
        self.cipher.encrypt(&mut pair);
        let [hash_key, _] = &pair.0;
        self.hash.start(hash_key);
        clear::replace(&mut pair, BlockPair::ZERO);
        self.filled_bytes = 0;
        self.direction = direction;
        self.tag_bytes = tag_bytes as u8;
        self.progress.start();
        Ok(())
    }

    /// Sets the nonce, which must never be used twice under a key and has at least one byte.
    ///
    /// # Errors
    /// [`Error::State`] if there is a nonce or no operation, [`Error::NonceLength`].
    pub fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), Error> {
        self.progress.require_no_nonce()?;
        let mut first = [0; BLOCK_BYTES];
        if nonce.is_empty() {
            return Err(Error::NonceLength);
        } else if nonce.len() == USUAL_NONCE_BYTES {
            for (place, byte) in first.iter_mut().zip(nonce) {
                *place = *byte;
            }
            let [.., last] = &mut first;
            *last = 1;
        } else {
            self.absorb(nonce);
            first = self.finish_hash(0, nonce.len() as u64);
            self.hash.restart();
        }
        self.counter.start(&first);
        self.mask = [0; BLOCK_BYTES];
        self.counter.apply(&self.cipher, &mut self.mask);
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
        self.absorb(additional);
        Ok(())
    }

    /// Encrypts or decrypts `data` in place.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`], [`Error::MessageTooLong`].
    pub fn update(&mut self, data: &mut [u8]) -> Result<(), Error> {
        if self.progress.add_data(data.len(), MAXIMUM_DATA_BYTES)? {
            self.end_block();
        }
        match self.direction {
            Direction::Encrypt => {
                self.counter.apply(&self.cipher, data);
                self.absorb(data);
            }
            Direction::Decrypt => {
                self.absorb(data);
                self.counter.apply(&self.cipher, data);
            }
        }
        Ok(())
    }

    /// Ends the message and returns its tag. The operation is over and wiped.
    ///
    /// # Errors
    /// [`Error::State`], [`Error::LengthNotKept`] if less came than was announced.
    pub fn finish(&mut self) -> Result<Tag, Error> {
        let (additional_bytes, data_bytes, has_no_data) = self.progress.finish()?;
        if has_no_data {
            self.end_block();
        }
        let mut bytes = self.finish_hash(additional_bytes, data_bytes);
        for (byte, mask) in bytes.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        let length_bytes = self.tag_bytes;
        self.clear();
        Ok(Tag {
            bytes,
            length_bytes,
        })
    }

    /// Wipes the operation, which is over.
    pub fn clear(&mut self) {
        self.cipher.clear();
        clear::replace(self, Self::new());
    }

    /// Ends the data, appends the block with both lengths, and returns the hash.
    fn finish_hash(&mut self, additional_bytes: u64, data_bytes: u64) -> Block {
        self.end_block();
        let lengths = [additional_bytes, data_bytes].map(|bytes| bytes.wrapping_mul(8));
        let mut block = [0; BLOCK_BYTES];
        for (place, length_bits) in block.as_chunks_mut().0.iter_mut().zip(lengths) {
            *place = length_bits.to_be_bytes();
        }
        self.hash.update(&block);
        self.hash.value()
    }

    fn absorb(&mut self, data: &[u8]) {
        for byte in data {
            if let Some(place) = self.block.get_mut(usize::from(self.filled_bytes)) {
                *place = *byte;
            }
            self.filled_bytes = self.filled_bytes.wrapping_add(1);
            if usize::from(self.filled_bytes) >= BLOCK_BYTES {
                self.hash.update(&self.block);
                self.filled_bytes = 0;
            }
        }
    }

    /// Fills an incomplete block with zeros.
    fn end_block(&mut self) {
        if self.filled_bytes != 0 {
            let rest = self.block.iter_mut().skip(usize::from(self.filled_bytes));
            rest.for_each(|byte| *byte = 0);
            self.hash.update(&self.block);
            self.filled_bytes = 0;
        }
    }
}

impl<C: BlockPairCipher> Default for Gcm<C> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
