// SPDX-License-Identifier: Apache-2.0
//! HMAC (FIPS 198-1, RFC 2104), at once or in parts.
//!
//! The key is not kept. Two states replace it: the hash of the inner padded key, which continues with
//! the message, and the chaining value after the outer padded key. That takes 136 bytes with
//! SHA-256 and saves two compressions at the end.

use crate::clear;
use crate::constant_time;
use crate::hash::Hash;
use crate::sha256::{Compression, DIGEST_BYTES, Portable, Sha256};

/// Size of a complete MAC with SHA-256 in bytes.
pub const MAC_BYTES: usize = DIGEST_BYTES;

const INNER_PAD: u32 = 0x3636_3636;
const OUTER_PAD: u32 = 0x5c5c_5c5c;

/// HMAC with SHA-256.
///
/// # Examples
/// ```
/// use primitives::hmac::HmacSha256;
///
/// let mac = HmacSha256::mac(b"key", b"a message in two parts");
///
/// let mut hmac = HmacSha256::new(b"key");
/// hmac.update(b"a message ");
/// hmac.update(b"in two parts");
/// assert!(hmac.verify(&mac));
/// ```
pub type HmacSha256<C = Portable> = Hmac<Sha256<C>>;

/// HMAC with the hash `H`, in progress.
pub struct Hmac<H: Hash> {
    inner: H,
    /// Chaining value after the block of the outer padded key.
    outer: H::Chain,
    algorithm: H::Algorithm,
}

impl HmacSha256 {
    /// Starts a MAC under `key`, which may have any length, by the portable compression.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self::begin((), key)
    }

    /// The MAC of one contiguous message, by the portable compression.
    #[must_use]
    pub fn mac(key: &[u8], message: &[u8]) -> [u8; MAC_BYTES] {
        Self::mac_of((), key, &[message])
    }
}

impl<C: Compression> HmacSha256<C> {
    /// Ends the message. True if `expected` is its MAC or the beginning of it, and not empty. The
    /// caller must check the minimum length for its algorithm.
    #[must_use]
    pub fn verify(&mut self, expected: &[u8]) -> bool {
        let mut mac = self.finish();
        let is_equal = !expected.is_empty()
            && mac
                .get(..expected.len())
                .is_some_and(|mac| constant_time::equal(mac, expected));
        clear::bytes(&mut mac);
        is_equal
    }
}

impl<H: Hash> Hmac<H> {
    /// All zero: room for a MAC that [`Self::restart`] begins.
    pub const BLANK: Self = Self {
        inner: H::BLANK,
        outer: H::BLANK_CHAIN,
        algorithm: H::BLANK_ALGORITHM,
    };

    /// Starts a MAC under `key`, which may have any length.
    #[must_use]
    pub fn begin(algorithm: H::Algorithm, key: &[u8]) -> Self {
        let mut hmac = Self::BLANK;
        hmac.restart(algorithm, key);
        hmac
    }

    /// Starts a MAC under `key` in this place.
    pub fn restart(&mut self, algorithm: H::Algorithm, key: &[u8]) {
        let mut block = H::BLANK_BLOCK;
        if key.len() <= H::block_bytes(algorithm) {
            put(block.as_mut(), key);
        } else {
            self.inner.restart(algorithm);
            self.inner.update(key);
            let mut digest = self.inner.finish();
            put(block.as_mut(), meant::<H>(&digest, algorithm));
            clear::bytes(digest.as_mut());
        }
        self.restart_with_block(algorithm, &mut block);
        clear::bytes(block.as_mut());
    }

    /// Starts a MAC in this place under a key that lies in several parts.
    pub fn restart_of(&mut self, algorithm: H::Algorithm, parts: &[&[u8]]) {
        let mut block = H::BLANK_BLOCK;
        let bytes = parts.iter().map(|part| part.len()).sum::<usize>();
        if bytes <= H::block_bytes(algorithm) {
            let key = parts.iter().copied().flatten();
            let places = block.as_mut().iter_mut();
            places.zip(key).for_each(|(place, byte)| *place = *byte);
        } else {
            self.inner.restart(algorithm);
            parts.iter().for_each(|part| self.inner.update(part));
            let mut digest = self.inner.finish();
            put(block.as_mut(), meant::<H>(&digest, algorithm));
            clear::bytes(digest.as_mut());
        }
        self.restart_with_block(algorithm, &mut block);
        clear::bytes(block.as_mut());
    }

    /// Starts a MAC in this place under a key that fills the block, with zeros behind it. The
    /// block is used up.
    fn restart_with_block(&mut self, algorithm: H::Algorithm, block: &mut H::Block) {
        self.algorithm = algorithm;
        add(block.as_mut(), INNER_PAD);
        self.inner.restart(algorithm);
        let whole = block.as_ref().get(..H::block_bytes(algorithm));
        self.inner.update(whole.unwrap_or_default());
        add(block.as_mut(), INNER_PAD ^ OUTER_PAD);
        H::chain(algorithm, block, &mut self.outer);
    }

    /// The hash of the message. What begins it anew makes the MAC a hash without a key.
    pub fn message(&mut self) -> &mut H {
        &mut self.inner
    }

    /// The MAC of a message that lies in several parts.
    #[must_use]
    pub fn mac_of(algorithm: H::Algorithm, key: &[u8], parts: &[&[u8]]) -> H::Digest {
        let mut hmac = Self::begin(algorithm, key);
        parts.iter().for_each(|part| hmac.update(part));
        hmac.finish()
    }

    /// Appends `data` to the message.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// Ends the message and returns its MAC, of which as many bytes count as the digest has;
    /// nothing secret stays behind, and what is added afterwards is under no key.
    #[must_use]
    pub fn finish(&mut self) -> H::Digest {
        let mac = self.finish_and_keep_key();
        clear::replace(&mut self.outer, H::BLANK_CHAIN);
        mac
    }

    /// The same for one MAC of several: the outer key stays, and the inner one is for the caller
    /// to bring back, from a copy that was made before the message.
    fn finish_and_keep_key(&mut self) -> H::Digest {
        let digest = self.inner.finish();
        self.inner.resume(&self.outer);
        self.inner.update(meant::<H>(&digest, self.algorithm));
        self.inner.finish()
    }

    /// Wipes key and message.
    pub fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }
}

impl<H: Hash> Clone for Hmac<H> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            outer: self.outer,
            algorithm: self.algorithm,
        }
    }

    /// Copies straight into this place.
    fn clone_from(&mut self, source: &Self) {
        self.inner.clone_from(&source.inner);
        self.outer = source.outer;
        self.algorithm = source.algorithm;
    }
}

/// What of a digest counts.
fn meant<H: Hash>(digest: &H::Digest, algorithm: H::Algorithm) -> &[u8] {
    let bytes = digest.as_ref().get(..H::digest_bytes(algorithm));
    bytes.unwrap_or_default()
}

/// Puts a key at the beginning of the block.
fn put(block: &mut [u8], key: &[u8]) {
    if let Some(place) = block.get_mut(..key.len()) {
        place.copy_from_slice(key);
    }
}

/// Adds a pad to all words of `block`, bit by bit.
#[inline]
fn add(block: &mut [u8], pad: u32) {
    for word in block.as_chunks_mut().0 {
        *word = (u32::from_ne_bytes(*word) ^ pad).to_ne_bytes();
    }
}

#[cfg(test)]
mod tests;
