// SPDX-License-Identifier: Apache-2.0
//! SHA-256 (FIPS 180-4), sized for a small flash and a 32-bit core without cache.
//!
//! The compression is a loop over eight unrolled rounds: after eight rounds the working
//! variables are back in the registers where they started, so nothing is moved. The message
//! schedule is kept in sixteen words and extended while it is consumed. Whole blocks of the
//! input are compressed where they lie; only a tail shorter than a block is copied.

mod compression;

use core::hint::black_box;
use core::marker::PhantomData;

pub use compression::{Portable, ROUND_CONSTANTS};

use crate::clear;
use crate::hash::{Algorithm, Hash};

/// Size of a digest in bytes.
pub const DIGEST_BYTES: usize = 32;
/// Size of the block that the compression consumes, in bytes.
pub const BLOCK_BYTES: usize = 64;

/// Where the length of the message stands in the last block.
const LENGTH_OFFSET_BYTES: usize = BLOCK_BYTES - 8;

/// First 32 bits of the fractional parts of the square roots of the first eight primes
/// (FIPS 180-4, 5.3.3).
const INITIAL_STATE: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// The same of SHA-224: second 32 bits, of the ninth to the sixteenth prime (FIPS 180-4, 5.3.2).
const INITIAL_STATE_224: [u32; 8] = [
    0xc105_9ed8,
    0x367c_d507,
    0x3070_dd17,
    0xf70e_5939,
    0xffc0_0b31,
    0x6858_1511,
    0x64f9_8fa7,
    0xbefa_4fa4,
];

/// The compression function. A board may have a faster one than [`Portable`].
pub trait Compression {
    /// Mixes one block of the message into `state`.
    fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]);
}

/// A digest in progress, with the portable compression by default.
///
/// # Examples
/// ```
/// use primitives::sha256::Sha256;
///
/// let mut hash = Sha256::new();
/// hash.update(b"a");
/// hash.update(b"bc");
/// let digest = hash.finish();
/// assert_eq!(digest[..4], [0xBA, 0x78, 0x16, 0xBF]);
/// assert_eq!(digest, Sha256::digest(b"abc"));
/// ```
pub struct Sha256<C = Portable> {
    state: [u32; 8],
    /// The tail of the message that does not fill a block yet: the first
    /// `length_bytes % BLOCK_BYTES` bytes.
    block: [u8; BLOCK_BYTES],
    length_bytes: u64,
    compression: PhantomData<C>,
}

impl Sha256 {
    /// A digest of nothing so far, by the portable compression.
    #[must_use]
    pub const fn new() -> Self {
        Self::begin()
    }

    /// The digest of one contiguous message, by the portable compression.
    #[must_use]
    pub fn digest(data: &[u8]) -> [u8; DIGEST_BYTES] {
        Self::digest_of(data)
    }
}

impl<C: Compression> Sha256<C> {
    /// All zero: room for a digest that [`Self::restart`] begins.
    pub const BLANK: Self = Self::with_state([0; 8]);

    /// Begins a digest of nothing so far in this place.
    pub fn restart(&mut self) {
        begin(&mut self.state);
        self.length_bytes = 0;
    }

    /// Begins a digest of SHA-224 in this place: the first 28 bytes of what it gives.
    pub(crate) fn restart_224(&mut self) {
        self.state = INITIAL_STATE_224;
        self.length_bytes = 0;
    }

    /// A digest of nothing so far.
    #[must_use]
    pub const fn begin() -> Self {
        Self::with_state(INITIAL_STATE)
    }

    /// The digest of one contiguous message.
    #[must_use]
    #[inline(never)] // once in an image is enough
    pub fn digest_of(data: &[u8]) -> [u8; DIGEST_BYTES] {
        let mut hash = Self::BLANK;
        hash.restart();
        hash.update(data);
        hash.finish()
    }

    /// Appends `data` to the message.
    pub fn update(&mut self, data: &[u8]) {
        let filled = self.filled_bytes();
        self.length_bytes = self.length_bytes.wrapping_add(data.len() as u64);
        let mut rest = data;
        if filled != 0 {
            let room = self.block.get_mut(filled..).unwrap_or_default();
            let Some((now, after)) = rest.split_at_checked(room.len()) else {
                copy(room, rest);
                return;
            };
            copy(room, now);
            C::compress(&mut self.state, &self.block);
            rest = after;
        }
        while let Some((block, after)) = rest.split_first_chunk() {
            C::compress(&mut self.state, block);
            rest = after;
        }
        // Less than a block, always: the compiler, which knows, must not leave that to the loop,
        // for a loop that a fault ends early would then have the message overrun the stack.
        let tail = rest.get(..black_box(rest.len()) % BLOCK_BYTES);
        copy(&mut self.block, tail.unwrap_or_default());
    }

    /// Ends the message and returns its digest; the state is left as for a new message, so
    /// that no trace of the message stays behind.
    #[must_use]
    #[inline(never)]
    pub fn finish(&mut self) -> [u8; DIGEST_BYTES] {
        let filled = self.filled_bytes();
        let padding = self.block.get_mut(filled..).unwrap_or_default();
        if let Some((first, others)) = padding.split_first_mut() {
            *first = 0x80;
            others.fill(0);
        }
        if filled >= LENGTH_OFFSET_BYTES {
            C::compress(&mut self.state, &self.block);
            self.block = [0; BLOCK_BYTES];
        }
        let length_bits = self.length_bytes.wrapping_mul(8).to_be_bytes();
        if let Some(field) = self.block.last_chunk_mut() {
            *field = length_bits;
        }
        C::compress(&mut self.state, &self.block);

        let mut digest = [0; DIGEST_BYTES];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(&self.state) {
            *bytes = word.to_be_bytes();
        }
        // Field by field: the compiler would make a new value on the stack and copy it.
        begin(&mut self.state);
        self.block = [0; BLOCK_BYTES];
        self.length_bytes = 0;
        digest
    }

    /// Digests the first `MESSAGE_BYTES` of `block`, which becomes the digest, and zeros behind
    /// it: one compression, and no further context on the stack.
    #[inline(always)]
    pub fn digest_in_place<const MESSAGE_BYTES: usize>(block: &mut [u8; BLOCK_BYTES]) {
        const { assert!(MESSAGE_BYTES < LENGTH_OFFSET_BYTES) };
        Self::pad_and_digest(block, MESSAGE_BYTES);
    }

    #[inline(never)]
    fn pad_and_digest(block: &mut [u8; BLOCK_BYTES], message_bytes: usize) {
        let padding = block.get_mut(message_bytes..).unwrap_or_default();
        if let Some((first, others)) = padding.split_first_mut() {
            *first = 0x80;
            others.fill(0);
        }
        if let Some(field) = block.last_chunk_mut() {
            *field = (8 * message_bytes as u32).to_be_bytes();
        }
        let mut state = [0; 8];
        Self::chain(block, &mut state);
        clear::bytes(block);
        for (bytes, word) in block.as_chunks_mut().0.iter_mut().zip(&state) {
            *bytes = word.to_be_bytes();
        }
        clear::replace(&mut state, [0; 8]);
    }

    /// Writes the chaining value after a first block.
    pub(crate) fn chain(block: &[u8; BLOCK_BYTES], state: &mut [u32; 8]) {
        begin(state);
        C::compress(state, block);
    }

    /// The chaining value so far.
    pub(crate) const fn state(&self) -> [u32; 8] {
        self.state
    }

    /// Goes on in this place from the chaining value after a message of whole blocks; for HMAC.
    pub(crate) fn resume_at(&mut self, state: [u32; 8], length_bytes: u64) {
        self.state = state;
        self.length_bytes = length_bytes;
    }

    const fn with_state(state: [u32; 8]) -> Self {
        Self {
            state,
            block: [0; BLOCK_BYTES],
            length_bytes: 0,
            compression: PhantomData,
        }
    }

    fn filled_bytes(&self) -> usize {
        (self.length_bytes % BLOCK_BYTES as u64) as usize
    }
}

/// Writes the chaining value before a first block: in one place, for it is done in many.
#[inline(never)]
fn begin(state: &mut [u32; 8]) {
    *state = INITIAL_STATE;
}

/// Copies `from` to the beginning of `to`, which is at least as long.
#[inline]
fn copy(to: &mut [u8], from: &[u8]) {
    if let Some(to) = to.get_mut(..from.len()) {
        to.copy_from_slice(from);
    }
}

impl<C> Clone for Sha256<C> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }

    /// Copies directly to this place: a context is large and often secret.
    fn clone_from(&mut self, source: &Self) {
        self.state = source.state;
        self.block = source.block;
        self.length_bytes = source.length_bytes;
    }
}

impl<C: Compression> Hash for Sha256<C> {
    type Algorithm = ();
    type Block = [u8; BLOCK_BYTES];
    type Digest = [u8; DIGEST_BYTES];
    type Chain = [u32; 8];
    const BLANK: Self = Self::BLANK;
    const BLANK_ALGORITHM: () = ();
    const BLANK_BLOCK: Self::Block = [0; BLOCK_BYTES];
    const BLANK_DIGEST: Self::Digest = [0; DIGEST_BYTES];
    const BLANK_CHAIN: Self::Chain = [0; 8];

    fn algorithm(_: Algorithm) {}

    fn block_bytes((): ()) -> usize {
        BLOCK_BYTES
    }

    fn digest_bytes((): ()) -> usize {
        DIGEST_BYTES
    }

    fn restart(&mut self, (): ()) {
        Self::restart(self);
    }

    fn update(&mut self, data: &[u8]) {
        Self::update(self, data);
    }

    fn finish(&mut self) -> Self::Digest {
        Self::finish(self)
    }

    fn chain((): (), block: &Self::Block, chain: &mut Self::Chain) {
        Self::chain(block, chain);
    }

    fn resume(&mut self, chain: &Self::Chain) {
        self.resume_at(*chain, BLOCK_BYTES as u64);
    }
}

impl<C: Compression> Default for Sha256<C> {
    fn default() -> Self {
        Self::begin()
    }
}

#[cfg(test)]
mod tests;
