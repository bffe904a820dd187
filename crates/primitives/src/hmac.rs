// SPDX-License-Identifier: Apache-2.0
//! HMAC-SHA-256 (FIPS 198-1, RFC 2104), at once or in parts.
//!
//! The key is used up at the start: what is kept are the hash of the inner padded key, which
//! goes on over the message, and the chaining value after the outer padded key. That takes 136
//! bytes and saves the two compressions a kept key would cost at the end.

use crate::clear;
use crate::constant_time;
use crate::sha256::{BLOCK_BYTES, Compression, DIGEST_BYTES, Portable, Sha256};

/// Size of a complete MAC in bytes.
pub const MAC_BYTES: usize = DIGEST_BYTES;

const INNER_PAD: u32 = 0x3636_3636;
const OUTER_PAD: u32 = 0x5c5c_5c5c;

/// A MAC in the making.
pub struct HmacSha256<C = Portable> {
    inner: Sha256<C>,
    /// Chaining value after the block of the outer padded key.
    outer: [u32; 8],
}

impl HmacSha256 {
    /// Starts a MAC under `key`, which may have any length, by the portable compression.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self::begin(key)
    }

    /// The MAC of one contiguous message, by the portable compression.
    #[must_use]
    pub fn mac(key: &[u8], message: &[u8]) -> [u8; MAC_BYTES] {
        Self::mac_of(key, message)
    }
}

impl<C: Compression> HmacSha256<C> {
    /// All zero: room for a MAC that [`Self::restart`] begins.
    pub const BLANK: Self = Self {
        inner: Sha256::BLANK,
        outer: [0; 8],
    };

    /// Starts a MAC under `key`, which may have any length.
    #[must_use]
    pub fn begin(key: &[u8]) -> Self {
        let mut hmac = Self::BLANK;
        hmac.restart(key);
        hmac
    }

    /// Starts a MAC under `key` in this place.
    pub fn restart(&mut self, key: &[u8]) {
        let mut block = [0; BLOCK_BYTES];
        if let Some(place) = block.get_mut(..key.len()) {
            place.copy_from_slice(key);
        } else {
            let mut digest = Sha256::<C>::digest_of(key);
            if let Some(place) = block.first_chunk_mut() {
                *place = digest;
            }
            clear::bytes(&mut digest);
        }
        add(&mut block, INNER_PAD);
        self.inner
            .resume_at(Sha256::<C>::chain(&block), BLOCK_BYTES as u64);
        add(&mut block, INNER_PAD ^ OUTER_PAD);
        self.outer = Sha256::<C>::chain(&block);
        clear::bytes(&mut block);
    }

    /// The hash of the message. What begins it anew makes the MAC a hash without a key.
    pub fn message(&mut self) -> &mut Sha256<C> {
        &mut self.inner
    }

    /// The MAC of one contiguous message.
    #[must_use]
    pub fn mac_of(key: &[u8], message: &[u8]) -> [u8; MAC_BYTES] {
        let mut hmac = Self::begin(key);
        hmac.update(message);
        hmac.finish()
    }

    /// Appends `data` to the message.
    pub fn update(&mut self, data: &[u8]) {
        self.inner.update(data);
    }

    /// Ends the message and gives its MAC; nothing secret stays behind, and what is added
    /// afterwards is under no key.
    #[must_use]
    pub fn finish(&mut self) -> [u8; MAC_BYTES] {
        let digest = self.inner.finish();
        self.inner.resume_at(self.outer, BLOCK_BYTES as u64);
        self.inner.update(&digest);
        let mac = self.inner.finish();
        clear::replace(&mut self.outer, [0; 8]);
        mac
    }

    /// Ends the message and tells whether `expected` is its MAC or the beginning of it. An empty
    /// one never is; how short it may be is for the caller to say, who knows the algorithm.
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

    /// Forgets key and message.
    pub fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }
}

impl<C> Clone for HmacSha256<C> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            outer: self.outer,
        }
    }

    /// Copies straight into this place.
    fn clone_from(&mut self, source: &Self) {
        self.inner.clone_from(&source.inner);
        self.outer = source.outer;
    }
}

/// Adds a pad to all words of `block`, bit by bit.
#[inline]
fn add(block: &mut [u8; BLOCK_BYTES], pad: u32) {
    for word in block.as_chunks_mut().0 {
        *word = (u32::from_ne_bytes(*word) ^ pad).to_ne_bytes();
    }
}

#[cfg(test)]
mod tests;
