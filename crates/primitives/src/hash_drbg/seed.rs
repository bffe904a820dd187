// SPDX-License-Identifier: Apache-2.0
//! The 440-bit numbers of Hash_DRBG (SP 800-90A, table 2: `seedlen` for SHA-256), and how they
//! are hashed.

use crate::clear;
use crate::sha256::{BLOCK_BYTES, Compression, DIGEST_BYTES, Sha256};

/// Bytes of a number.
pub(super) const SEED_BYTES: usize = 55;
/// A number behind the byte that tells uses of the hash apart: fourteen words.
const PREFIXED_BYTES: usize = 1 + SEED_BYTES;

/// The digest of a message, in the words of the compression.
pub(super) type DigestWords = [u32; DIGEST_BYTES / 4];

/// A number modulo 2^440 in big-endian bytes, behind a byte in which sums may leave anything.
#[derive(Clone)]
#[repr(C, align(4))]
pub(super) struct Seed {
    bytes: [u8; PREFIXED_BYTES],
}

impl Seed {
    pub(super) const ZERO: Self = Self {
        bytes: [0; PREFIXED_BYTES],
    };

    /// Becomes a number derived from the concatenated `material`.
    pub(super) fn derive<C: Compression>(&mut self, material: &[&[u8]]) {
        let [_, number @ ..] = &mut self.bytes;
        derive::<C>(number, material);
    }

    fn words(&self) -> &[[u8; 4]] {
        self.bytes.as_chunks().0
    }
}

/// Hash_df (10.3.1): a number from the concatenated `material`.
#[inline(never)]
fn derive<C: Compression>(number: &mut [u8; SEED_BYTES], material: &[&[u8]]) {
    const SEED_BITS: u32 = 8 * SEED_BYTES as u32;
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
}

/// Where the padding of SHA-256 ends the number, and behind it the length of that message in
/// bits: a block that begins with the number. With the prefix, the message is a byte too long for
/// its length to be in the block.
const END_OFFSET: usize = PREFIXED_BYTES;
const LENGTH_OFFSET: usize = BLOCK_BYTES - 1;
const NUMBER_BITS: [u8; 2] = (8 * SEED_BYTES as u16).to_be_bytes();
/// The block behind that of a number with its prefix: the length in bits.
const LAST_BLOCK: [u8; BLOCK_BYTES] = {
    let mut block = [0; BLOCK_BYTES];
    let [high, low] = (8 * PREFIXED_BYTES as u16).to_be_bytes();
    block[BLOCK_BYTES - 2] = high;
    block[BLOCK_BYTES - 1] = low;
    block
};

/// A number that is hashed again and again. It stands in the block that is hashed, so that nothing
/// is moved.
#[derive(Clone)]
#[repr(C, align(4))]
pub(super) struct Value {
    bytes: [u8; 1 + BLOCK_BYTES],
}

impl Value {
    /// All zero, so that a generator which was never used costs RAM only.
    pub(super) const ZERO: Self = Self {
        bytes: [0; 1 + BLOCK_BYTES],
    };

    /// Becomes a number derived from the concatenated `material`, and if `again`, from itself
    /// before.
    #[inline(never)] // not in the stack below which entropy is taken
    pub(super) fn derive<C: Compression>(&mut self, again: bool, material: [&[u8]; 2]) {
        let mut next = Seed::ZERO;
        let own: &[u8] = if again { self.with_prefix(1) } else { &[] };
        let [first, second] = material;
        next.derive::<C>(&[own, first, second]);
        if let Some(own) = self.bytes.first_chunk_mut() {
            *own = next.bytes;
        }
        clear::replace(&mut next, Seed::ZERO);
        self.bytes[END_OFFSET] = 0x80;
        self.bytes[BLOCK_BYTES] = NUMBER_BITS[1];
    }

    /// The number in bytes behind `prefix`.
    pub(super) fn with_prefix(&mut self, prefix: u8) -> &[u8; PREFIXED_BYTES] {
        self.bytes[0] = prefix;
        let [bytes @ .., _, _, _, _, _, _, _, _, _] = &self.bytes;
        bytes
    }

    /// Fills `output` with the beginning of the digest of the number.
    #[inline]
    pub(super) fn digest<C: Compression>(&mut self, output: &mut [u8]) {
        self.bytes[LENGTH_OFFSET] = NUMBER_BITS[0];
        let [_, block @ ..] = &self.bytes;
        let mut digest = [0; 8];
        Sha256::<C>::chain(block, &mut digest);
        let mut bytes = digest.map(u32::to_be_bytes);
        clear::replace(&mut digest, [0; 8]);
        if let Some(part) = bytes.as_flattened().get(..output.len()) {
            output.copy_from_slice(part);
        }
        clear::bytes(bytes.as_flattened_mut());
    }

    /// Writes the digest of the number behind `prefix`.
    #[inline]
    pub(super) fn digest_with_prefix<C: Compression>(
        &mut self,
        prefix: u8,
        digest: &mut DigestWords,
    ) {
        self.bytes[0] = prefix;
        self.bytes[LENGTH_OFFSET] = 0;
        let [block @ .., _] = &self.bytes;
        Sha256::<C>::chain(block, digest);
        C::compress(digest, &LAST_BLOCK);
    }

    fn words_mut(&mut self) -> &mut [[u8; 4]] {
        let words = self.bytes.as_chunks_mut().0;
        words.get_mut(..PREFIXED_BYTES / 4).unwrap_or_default()
    }

    /// Adds one.
    #[inline]
    pub(super) fn increment(&mut self) {
        let mut carry = 1;
        for bytes in self.words_mut().iter_mut().rev() {
            let sum = u64::from(u32::from_be_bytes(*bytes)) + carry;
            *bytes = (sum as u32).to_be_bytes();
            carry = sum >> 32;
        }
    }

    /// Adds another number, a digest and a counter, which may be negative.
    #[inline]
    pub(super) fn add(&mut self, other: &Seed, digest: &DigestWords, counter: i64) {
        let mut digest = digest.iter().rev();
        let mut carry = counter;
        for (bytes, other) in self.words_mut().iter_mut().zip(other.words()).rev() {
            let digest = digest.next().map_or(0, |word| i64::from(*word));
            let own = i64::from(u32::from_be_bytes(*bytes));
            let sum = carry + own + i64::from(u32::from_be_bytes(*other)) + digest;
            *bytes = (sum as u32).to_be_bytes();
            carry = sum >> 32;
        }
    }
}
