// SPDX-License-Identifier: Apache-2.0
//! The 440-bit numbers of Hash_DRBG (SP 800-90A, table 2: `seedlen` for SHA-256).

use crate::clear;
use crate::sha256::{Compression, DIGEST_BYTES, Sha256};

/// Bytes of a number.
const SEED_BYTES: usize = 55;
/// A number in bytes behind the one that tells uses of the hash apart.
pub(super) type Prefixed = [u8; 1 + SEED_BYTES];

/// A number modulo 2^440: words from the most significant, the first of 24 bits.
#[derive(Clone)]
pub(super) struct Seed {
    words: [u32; 14],
}

impl Seed {
    pub(super) const ZERO: Self = Self { words: [0; 14] };

    /// Hash_df (10.3.1): a number from the concatenated `material`.
    #[inline]
    pub(super) fn derive<C: Compression>(material: &[&[u8]]) -> Self {
        const SEED_BITS: u32 = 8 * SEED_BYTES as u32;
        let mut bytes: Prefixed = [0; 1 + SEED_BYTES];
        let [_, number @ ..] = &mut bytes;
        for (part, counter) in number.chunks_mut(DIGEST_BYTES).zip(1u8..) {
            let mut hash = Sha256::<C>::begin();
            hash.update(&[counter]);
            hash.update(&SEED_BITS.to_be_bytes());
            for piece in material {
                hash.update(piece);
            }
            let mut digest = hash.finish();
            if let Some(digest) = digest.get(..part.len()) {
                part.copy_from_slice(digest);
            }
            clear::bytes(&mut digest);
        }
        let mut seed = Self::ZERO;
        for (word, bytes) in seed.words.iter_mut().zip(bytes.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        clear::bytes(&mut bytes);
        seed
    }

    /// The number in big-endian bytes after `prefix`.
    #[inline]
    pub(super) fn prefixed(&self, prefix: u8) -> Prefixed {
        let mut bytes = [0; 1 + SEED_BYTES];
        for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(self.words) {
            *bytes = word.to_be_bytes();
        }
        bytes[0] = prefix;
        bytes
    }

    /// Adds one.
    #[inline]
    pub(super) fn increment(&mut self) {
        let mut carry = 1;
        for word in self.words.iter_mut().rev() {
            let sum = u64::from(*word) + carry;
            *word = sum as u32;
            carry = sum >> 32;
        }
    }

    /// Adds another number, a digest and a counter.
    #[inline]
    pub(super) fn add(&mut self, other: &Self, digest: &[u8; DIGEST_BYTES], counter: u32) {
        let mut digest = digest.as_chunks().0.iter().rev();
        let mut carry = u64::from(counter);
        for (word, other) in self.words.iter_mut().zip(&other.words).rev() {
            let digest = digest.next().map_or(0, |bytes| u32::from_be_bytes(*bytes));
            let sum = carry + u64::from(*word) + u64::from(*other) + u64::from(digest);
            *word = sum as u32;
            carry = sum >> 32;
        }
    }
}
