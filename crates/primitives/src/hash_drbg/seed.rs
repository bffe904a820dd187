// SPDX-License-Identifier: Apache-2.0
//! The 440-bit numbers of Hash_DRBG (SP 800-90A, table 2: `seedlen` for SHA-256).

use crate::clear;
use crate::sha256::{Compression, DIGEST_BYTES, Sha256};

/// Bytes of a number.
const SEED_BYTES: usize = 55;

/// A number modulo 2^440 in big-endian bytes, kept as it is hashed. The byte before it, which
/// tells uses of the hash apart, makes it fourteen words; sums may leave anything there.
#[derive(Clone)]
#[repr(C, align(4))]
pub(super) struct Seed {
    bytes: [u8; 1 + SEED_BYTES],
}

impl Seed {
    pub(super) const ZERO: Self = Self {
        bytes: [0; 1 + SEED_BYTES],
    };

    /// Hash_df (10.3.1): a number from the concatenated `material`.
    pub(super) fn derive<C: Compression>(material: &[&[u8]]) -> Self {
        const SEED_BITS: u32 = 8 * SEED_BYTES as u32;
        let mut seed = Self::ZERO;
        let [_, number @ ..] = &mut seed.bytes;
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
        seed
    }

    /// The number in bytes.
    #[inline]
    pub(super) fn number(&self) -> &[u8; SEED_BYTES] {
        let [_, number @ ..] = &self.bytes;
        number
    }

    /// The number in bytes after `prefix`.
    #[inline]
    pub(super) fn with_prefix(&mut self, prefix: u8) -> &[u8] {
        self.bytes[0] = prefix;
        &self.bytes
    }

    /// Adds one.
    #[inline]
    pub(super) fn increment(&mut self) {
        let mut carry = 1;
        for bytes in self.bytes.as_chunks_mut().0.iter_mut().rev() {
            let sum = u64::from(u32::from_be_bytes(*bytes)) + carry;
            *bytes = (sum as u32).to_be_bytes();
            carry = sum >> 32;
        }
    }

    /// Adds another number, a digest and a counter.
    #[inline]
    pub(super) fn add(&mut self, other: &Self, digest: &[u8; DIGEST_BYTES], counter: u32) {
        let mut digest = digest.as_chunks().0.iter().rev();
        let others = other.bytes.as_chunks().0;
        let mut carry = u64::from(counter);
        for (bytes, other) in self.bytes.as_chunks_mut().0.iter_mut().zip(others).rev() {
            let digest = digest.next().map_or(0, |bytes| u32::from_be_bytes(*bytes));
            let own = u64::from(u32::from_be_bytes(*bytes));
            let sum = carry + own + u64::from(u32::from_be_bytes(*other)) + u64::from(digest);
            *bytes = (sum as u32).to_be_bytes();
            carry = sum >> 32;
        }
    }
}
