// SPDX-License-Identifier: Apache-2.0
//! AES-128 in assembly: two blocks at once, in constant time (FIPS 197).
//!
//! The portable kernel of `primitives::aes` does the same in 4,108 instructions for two blocks;
//! this one takes 2,337 and 1.8 KB of code. Rust does not reach that: the S-box of a bitsliced AES
//! has more live values than there are registers, and the compiler spills four times as often as
//! necessary.
//!
//! Principles:
//! * The state is bitsliced as in `primitives::aes`: slice `k` holds bit `k` of 32 bytes, the byte
//!   in row `r`, column `c` of block `b` at bit `8 r + 2 c + b`. A slice has one register in all
//!   functions here: slices 0 to 7 are r0, r2, r4, r3, r9, r8, r12, r11 at the entry of each
//!   function, and before and after each round.
//! * ShiftRows is left out of every odd round ("fixslicing", Adomnicai and Peyrin, 2020). The bytes
//!   stay in place, so MixColumns of such a round adds along diagonals instead of columns, and the
//!   round key is stored with its rows shifted back. After the next S-box two ShiftRows are applied
//!   together, which only exchanges halves of the odd rows. Leaving out more than one would save 70
//!   instructions and cost 1.4 KB.
//! * The constant 0x63 of the S-box is in the round keys.
//! * The only branches are loops that count rounds: no branch and no address depends on key or
//!   data. Stack words that held secrets are overwritten before return.
//!
//! An expanded key is 11 round keys of eight words, each in the order of the slices' registers
//! by number.

mod encrypt;
mod expand;
mod substitute;
mod transpose;

use primitives::aes::{BlockPair, BlockPairCipher, KEY_BYTES, KeyLengthError};

/// Words of an expanded key: a slice each, for the key itself and ten rounds.
const EXPANDED_WORDS: usize = 8 * 11;

/// AES-128 with one key.
pub struct Aes128 {
    round_keys: [u32; EXPANDED_WORDS],
}

impl BlockPairCipher for Aes128 {
    type Key = [u8; KEY_BYTES];

    const WITHOUT_KEY: Self = Self {
        round_keys: [0; EXPANDED_WORDS],
    };

    fn set_key(&mut self, key: &Self::Key) -> Result<(), KeyLengthError> {
        // SAFETY: both are valid for the lengths that their types state, and only the words of
        // the first are written.
        unsafe { expand::expand(&mut self.round_keys, key) }
        Ok(())
    }

    fn encrypt(&self, blocks: &mut BlockPair) {
        // SAFETY: both are valid for the lengths that their types state; the second, which alone
        // is written, is aligned for words by its type.
        unsafe { encrypt::encrypt(&self.round_keys, blocks) }
    }
}
