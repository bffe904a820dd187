// SPDX-License-Identifier: Apache-2.0
//! AES (FIPS 197) in constant time, two blocks at a time.
//!
//! A table of the S-box would leak the key through a cache or a shared bus. Here the cipher is
//! bitsliced: bit `k` of all bytes of two blocks is in one word, and the S-box is a circuit of
//! logical operations on such words. Eight words hold exactly two blocks, so a mode of operation
//! is fastest if it always encrypts two.
//!
//! Modes are written against [`BlockPairCipher`], so that a board can replace this portable
//! kernel by one in assembly, a table or an accelerator. They encrypt only: CCM, GCM, CTR, CMAC
//! need nothing else. [`Aes128`] is the portable one; [`Aes`] takes keys of all three lengths and
//! decrypts as well.

mod any_key;
mod bitslice;
mod inverse;
mod key_schedule;
mod sbox;
pub mod table;

pub use any_key::Aes;

use bitslice::{State, pack, unpack};

use crate::clear;

/// Size of a key in bytes.
pub const KEY_BYTES: usize = 16;
/// Size of a block in bytes.
pub const BLOCK_BYTES: usize = 16;

/// Rounds of AES-128.
const ROUNDS: usize = 10;

/// One block of the cipher.
pub type Block = [u8; BLOCK_BYTES];

/// Two independent blocks that are encrypted at once, aligned for word accesses.
#[derive(Clone, Copy)]
#[repr(C, align(4))]
pub struct BlockPair(pub [Block; 2]);

impl BlockPair {
    /// Two blocks of zeros.
    pub const ZERO: Self = Self([[0; BLOCK_BYTES]; 2]);
}

/// The key has a length that the cipher does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyLengthError;

/// A block cipher with one key, with the expanded key inside, that encrypts two blocks in one
/// step. Implementations run in constant time with respect to key and blocks, or say that they
/// do not.
pub trait BlockPairCipher {
    /// The type of the key.
    type Key: ?Sized;

    /// The cipher without a key, before [`Self::set_key`] and after it is cleared. No mode encrypts
    /// with it.
    const WITHOUT_KEY: Self;

    /// Expands `key`, in place of the key used before.
    ///
    /// # Errors
    /// [`KeyLengthError`]; the key is undefined then.
    fn set_key(&mut self, key: &Self::Key) -> Result<(), KeyLengthError>;

    /// Encrypts both blocks in place.
    fn encrypt(&self, blocks: &mut BlockPair);

    /// Wipes what an assignment of [`Self::WITHOUT_KEY`] would leave of a key, in a cipher with
    /// several variants of different sizes.
    fn clear(&mut self) {}
}

/// AES-128 in portable Rust: 352 bytes of expanded key.
#[derive(Clone)]
pub struct Aes128 {
    round_keys: [State; ROUNDS + 1],
}

impl BlockPairCipher for Aes128 {
    type Key = [u8; KEY_BYTES];

    const WITHOUT_KEY: Self = Self {
        round_keys: [[0; 8]; ROUNDS + 1],
    };

    fn set_key(&mut self, key: &Self::Key) -> Result<(), KeyLengthError> {
        key_schedule::expand(key, &mut self.round_keys);
        Ok(())
    }

    fn encrypt(&self, blocks: &mut BlockPair) {
        encrypt(&self.round_keys, blocks);
    }
}

/// As many rounds as there are keys for.
fn encrypt(round_keys: &[State], blocks: &mut BlockPair) {
    let [first, middle @ .., last] = round_keys else {
        return;
    };
    let mut state = pack(blocks);
    bitslice::add_round_key(&mut state, first);
    for round_key in middle {
        sbox::substitute(&mut state);
        bitslice::shift_rows(&mut state);
        bitslice::mix_columns(&mut state);
        bitslice::add_round_key(&mut state, round_key);
    }
    sbox::substitute(&mut state);
    bitslice::shift_rows(&mut state);
    bitslice::add_round_key(&mut state, last);
    unpack(&mut state, blocks);
    clear::replace(&mut state, [0; 8]);
}

#[cfg(test)]
mod tests;
