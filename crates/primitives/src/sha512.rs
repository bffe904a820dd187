// SPDX-License-Identifier: Apache-2.0
//! SHA-512 and SHA-384 (FIPS 180-4), sized for a small flash and a 32-bit core.
//!
//! Profile Small does not need them. The compression is a loop over the rounds: a round of 64-bit
//! words needs more registers than a 32-bit core has, so unrolling saves little and costs much.

mod compression;

/// Size of a digest of SHA-512 in bytes; SHA-384 has the first 48 of as many.
pub const DIGEST_BYTES: usize = 64;
/// Size of the block that the compression consumes, in bytes.
pub const BLOCK_BYTES: usize = 128;

/// Where the length of the message stands in the last block.
const LENGTH_OFFSET_BYTES: usize = BLOCK_BYTES - 16;

/// First 64 bits of the fractional parts of the square roots of the first eight primes
/// (FIPS 180-4, 5.3.5).
const INITIAL_STATE_512: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// The same of the ninth to the sixteenth prime (FIPS 180-4, 5.3.4).
const INITIAL_STATE_384: [u64; 8] = [
    0xcbbb_9d5d_c105_9ed8,
    0x629a_292a_367c_d507,
    0x9159_015a_3070_dd17,
    0x152f_ecd8_f70e_5939,
    0x6733_2667_ffc0_0b31,
    0x8eb4_4a87_6858_1511,
    0xdb0c_2e0d_64f9_8fa7,
    0x47b5_481d_befa_4fa4,
];

/// The functions with 64-bit words, as the family takes them in (`sha2::Sha2`), or their absence.
pub trait Wide: Clone {
    /// All zero: room for a digest.
    const BLANK: Self;

    /// Begins a digest of nothing so far, of SHA-384 or of SHA-512.
    fn restart(&mut self, is_384: bool);

    /// Appends `data` to the message.
    fn update(&mut self, data: &[u8]);

    /// Ends the message and returns its digest.
    fn finish(&mut self) -> [u8; DIGEST_BYTES];

    /// The chaining value after a first block, of a digest that was just begun.
    fn chain(&mut self, block: &[u8; BLOCK_BYTES]) -> [u64; 8];

    /// Goes on from the chaining value after one block.
    fn resume(&mut self, chain: &[u64; 8]);
}

/// An image without them: takes no room, and nothing ever calls it.
#[derive(Clone)]
pub struct NoWide;

impl Wide for NoWide {
    const BLANK: Self = Self;

    fn restart(&mut self, _: bool) {}

    fn update(&mut self, _: &[u8]) {}

    fn finish(&mut self) -> [u8; DIGEST_BYTES] {
        [0; DIGEST_BYTES]
    }

    fn chain(&mut self, _: &[u8; BLOCK_BYTES]) -> [u64; 8] {
        [0; 8]
    }

    fn resume(&mut self, _: &[u64; 8]) {}
}

/// A hash computation in progress.
#[derive(Clone)]
pub struct Sha512 {
    state: [u64; 8],
    /// The tail of the message that does not fill a block yet: the first
    /// `length_bytes % BLOCK_BYTES` bytes.
    block: [u8; BLOCK_BYTES],
    length_bytes: u64,
}

impl Sha512 {
    /// The digest of SHA-512 of one message, which lies in several parts.
    #[must_use]
    pub fn digest(parts: &[&[u8]]) -> [u8; DIGEST_BYTES] {
        let mut hash = Self::BLANK;
        hash.restart(false);
        parts.iter().for_each(|part| hash.update(part));
        hash.finish()
    }

    fn filled_bytes(&self) -> usize {
        (self.length_bytes % BLOCK_BYTES as u64) as usize
    }
}

impl Wide for Sha512 {
    const BLANK: Self = Self {
        state: [0; 8],
        block: [0; BLOCK_BYTES],
        length_bytes: 0,
    };

    fn restart(&mut self, is_384: bool) {
        self.state = if is_384 {
            INITIAL_STATE_384
        } else {
            INITIAL_STATE_512
        };
        self.length_bytes = 0;
    }

    fn update(&mut self, data: &[u8]) {
        let mut rest = data;
        while !rest.is_empty() {
            let filled = self.filled_bytes();
            let room = self.block.get_mut(filled..).unwrap_or_default();
            let bytes = room.len().min(rest.len());
            let (now, after) = rest.split_at_checked(bytes).unwrap_or_default();
            room.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
            if bytes == room.len() {
                compression::compress(&mut self.state, &self.block);
            }
            self.length_bytes = self.length_bytes.wrapping_add(bytes as u64);
            rest = after;
        }
    }

    fn finish(&mut self) -> [u8; DIGEST_BYTES] {
        let filled = self.filled_bytes();
        let padding = self.block.get_mut(filled..).unwrap_or_default();
        if let Some((first, others)) = padding.split_first_mut() {
            *first = 0x80;
            others.fill(0);
        }
        if filled >= LENGTH_OFFSET_BYTES {
            compression::compress(&mut self.state, &self.block);
            self.block = [0; BLOCK_BYTES];
        }
        let length_bits = (u128::from(self.length_bytes) << 3).to_be_bytes();
        if let Some(field) = self.block.last_chunk_mut() {
            *field = length_bits;
        }
        compression::compress(&mut self.state, &self.block);
        let mut digest = [0; DIGEST_BYTES];
        for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(&self.state) {
            *bytes = word.to_be_bytes();
        }
        *self = Self::BLANK;
        digest
    }

    fn chain(&mut self, block: &[u8; BLOCK_BYTES]) -> [u64; 8] {
        compression::compress(&mut self.state, block);
        self.state
    }

    fn resume(&mut self, chain: &[u64; 8]) {
        self.state = *chain;
        self.length_bytes = BLOCK_BYTES as u64;
    }
}

#[cfg(test)]
mod tests;
