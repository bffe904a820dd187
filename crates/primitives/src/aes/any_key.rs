// SPDX-License-Identifier: Apache-2.0
//! AES with keys of 128, 192 and 256 bits, encryption and decryption.
//!
//! The expansion of a key is the textbook one, word by word, for all lengths alike; only the
//! S-box is the circuit, with one word to substitute in room for eight.

use super::bitslice::{State, pack, transpose};
use super::{BlockPair, BlockPairCipher, KeyLengthError, encrypt, inverse, sbox};
use crate::clear;

/// Round keys for a key of 256 bits.
const MAXIMUM_ROUND_KEYS: usize = 15;
/// Rounds are as many as the words of the key and six, round keys one more.
const MORE_ROUND_KEYS_THAN_WORDS: usize = 7;
/// Words of a block, and of a round key before it is sliced.
const BLOCK_WORDS: usize = 4;

/// AES in portable Rust: 480 bytes of expanded key.
#[derive(Clone)]
pub struct Aes {
    round_keys: [State; MAXIMUM_ROUND_KEYS],
    /// Of them; 0 without a key.
    count: u8,
}

impl Aes {
    /// Decrypts both blocks in place.
    pub fn decrypt(&self, blocks: &mut BlockPair) {
        inverse::decrypt(self.round_keys(), blocks);
    }

    fn round_keys(&self) -> &[State] {
        let count = usize::from(self.count);
        self.round_keys.get(..count).unwrap_or_default()
    }
}

impl BlockPairCipher for Aes {
    /// 16, 24 or 32 bytes.
    type Key = [u8];

    const WITHOUT_KEY: Self = Self {
        round_keys: [[0; 8]; MAXIMUM_ROUND_KEYS],
        count: 0,
    };

    fn set_key(&mut self, key: &[u8]) -> Result<(), KeyLengthError> {
        let key = match key.len() {
            16 | 24 | 32 => key.as_chunks().0,
            _ => return Err(KeyLengthError),
        };
        let count = key.len().saturating_add(MORE_ROUND_KEYS_THAN_WORDS);
        let round_keys = self.round_keys.get_mut(..count).ok_or(KeyLengthError)?;
        expand(key, round_keys);
        slice(round_keys);
        self.count = count as u8;
        Ok(())
    }

    fn encrypt(&self, blocks: &mut BlockPair) {
        encrypt(self.round_keys(), blocks);
    }
}

/// The words of all round keys, each in the first half of its place.
fn expand(key: &[[u8; 4]], round_keys: &mut [State]) {
    let mut round_constant = 1u32;
    let mut last = 0u32;
    // Where the words before stand in a sequence of as many as the key has.
    let mut position = 0;
    for index in 0..round_keys.len() * BLOCK_WORDS {
        let word = if let Some(word) = key.get(index) {
            u32::from_le_bytes(*word)
        } else {
            if position == 0 {
                last = substitute(last.rotate_right(8)) ^ round_constant;
                round_constant <<= 1;
                if round_constant > 0xff {
                    round_constant ^= 0x11b;
                }
            } else if position == 4 && key.len() > 6 {
                last = substitute(last);
            }
            let before = index.checked_sub(key.len());
            last ^ before.map_or(0, |index| place(round_keys, index).map_or(0, |word| *word))
        };
        position = if position + 1 == key.len() {
            0
        } else {
            position + 1
        };
        if let Some(place) = place(round_keys, index) {
            *place = word;
        }
        last = word;
    }
    clear::replace(&mut last, 0);
}

fn place(round_keys: &mut [State], index: usize) -> Option<&mut u32> {
    let round_key = round_keys.get_mut(index / BLOCK_WORDS)?;
    round_key.get_mut(index % BLOCK_WORDS)
}

/// The S-box on four bytes.
fn substitute(word: u32) -> u32 {
    let mut state = [word, 0, 0, 0, 0, 0, 0, 0];
    transpose(&mut state);
    sbox::substitute(&mut state);
    transpose(&mut state);
    let [word, ..] = state;
    clear::replace(&mut state, [0; 8]);
    word
}

/// Brings words into slices, the same for both blocks.
fn slice(round_keys: &mut [State]) {
    let mut pair = BlockPair::ZERO;
    for round_key in round_keys {
        for block in &mut pair.0 {
            for (bytes, word) in block.as_chunks_mut().0.iter_mut().zip(&*round_key) {
                *bytes = word.to_le_bytes();
            }
        }
        *round_key = pack(&pair);
    }
    clear::replace(&mut pair, BlockPair::ZERO);
}
