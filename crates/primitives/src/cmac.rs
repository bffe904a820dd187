// SPDX-License-Identifier: Apache-2.0
//! CMAC (NIST SP 800-38B), in parts.
//!
//! Each block depends on the one before, so half of each call of the cipher is unused.

use crate::aes::{BLOCK_BYTES, Block, BlockPair, BlockPairCipher, KeyLengthError};
use crate::clear;

/// Size of a complete MAC in bytes.
pub const MAC_BYTES: usize = BLOCK_BYTES;

/// A MAC computation in progress over the cipher `C`.
#[derive(Clone)]
pub struct Cmac<C> {
    cipher: C,
    sum: Block,
    /// Bytes that were added to the sum since it was encrypted. A full block is encrypted when
    /// more follows.
    filled_bytes: u8,
}

impl<C: BlockPairCipher> Cmac<C> {
    /// Room for a MAC, without a key.
    pub const BLANK: Self = Self {
        cipher: C::WITHOUT_KEY,
        sum: [0; BLOCK_BYTES],
        filled_bytes: 0,
    };

    /// Begins a MAC under `key`.
    ///
    /// # Errors
    /// [`KeyLengthError`]: no MAC has begun.
    pub fn start(&mut self, key: &C::Key) -> Result<(), KeyLengthError> {
        self.cipher.set_key(key)?;
        self.sum = [0; BLOCK_BYTES];
        self.filled_bytes = 0;
        Ok(())
    }

    /// Processes data.
    pub fn update(&mut self, data: &[u8]) {
        for byte in data {
            if usize::from(self.filled_bytes) >= BLOCK_BYTES {
                let [next, _] = self.encrypt([self.sum, [0; BLOCK_BYTES]]);
                self.sum = next;
                self.filled_bytes = 0;
            }
            if let Some(place) = self.sum.get_mut(usize::from(self.filled_bytes)) {
                *place ^= byte;
            }
            self.filled_bytes = self.filled_bytes.wrapping_add(1);
        }
    }

    /// Ends the message and returns its MAC. Key and message are wiped.
    #[must_use]
    pub fn finish(&mut self) -> [u8; MAC_BYTES] {
        let mac = self.end_message();
        self.clear();
        mac
    }

    /// Ends the message and returns its MAC; the next message is under the same key.
    #[must_use]
    pub fn end_message(&mut self) -> [u8; MAC_BYTES] {
        let [mut subkey, _] = self.encrypt([[0; BLOCK_BYTES]; 2]);
        double(&mut subkey);
        if usize::from(self.filled_bytes) < BLOCK_BYTES {
            if let Some(place) = self.sum.get_mut(usize::from(self.filled_bytes)) {
                *place ^= 0x80;
            }
            double(&mut subkey);
        }
        for (sum, key) in self.sum.iter_mut().zip(subkey) {
            *sum ^= key;
        }
        clear::bytes(&mut subkey);
        let [mac, _] = self.encrypt([self.sum, [0; BLOCK_BYTES]]);
        self.sum = [0; BLOCK_BYTES];
        self.filled_bytes = 0;
        mac
    }

    /// Wipes key and message.
    pub fn clear(&mut self) {
        self.cipher.clear();
        clear::replace(self, Self::BLANK);
    }

    fn encrypt(&self, blocks: [Block; 2]) -> [Block; 2] {
        let mut pair = BlockPair(blocks);
        self.cipher.encrypt(&mut pair);
        pair.0
    }
}

/// Multiplies by the variable in the field of 2^128 elements, whatever falls out at the top.
fn double(block: &mut Block) {
    let number = u128::from_be_bytes(*block);
    let reduction = 0x87 & (number >> 127).wrapping_neg();
    *block = (number << 1 ^ reduction).to_be_bytes();
}

#[cfg(test)]
mod tests;
