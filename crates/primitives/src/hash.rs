// SPDX-License-Identifier: Apache-2.0
//! What HMAC and those that stand on it ask of a hash function, and the SHA-2 family behind it.
//!
//! An image with SHA-256 alone names [`Sha256`], whose [`Hash::Algorithm`] has one value: which
//! algorithm it is costs nothing then. An image with more of the family names [`Sha2`].

use crate::sha256::{self, Compression, Sha256};
use crate::sha512::{self, Wide};

/// A hash function, or a family of them: a digest in the making.
pub trait Hash: Clone {
    /// Which function of the family.
    type Algorithm: Copy;
    /// Room for the block of any of them.
    type Block: AsRef<[u8]> + AsMut<[u8]>;
    /// Room for the digest of any of them.
    type Digest: AsRef<[u8]> + AsMut<[u8]>;
    /// The chaining value.
    type Chain: Copy;
    /// All zero: room for a digest that [`Self::restart`] begins.
    const BLANK: Self;
    /// Any of them.
    const BLANK_ALGORITHM: Self::Algorithm;
    /// All zero.
    const BLANK_BLOCK: Self::Block;
    /// All zero.
    const BLANK_DIGEST: Self::Digest;
    /// All zero.
    const BLANK_CHAIN: Self::Chain;

    /// The function of this name, of those that there are here.
    fn algorithm(name: Algorithm) -> Self::Algorithm;

    /// Size of the block that the function consumes, in bytes.
    fn block_bytes(algorithm: Self::Algorithm) -> usize;

    /// Size of the digest in bytes.
    fn digest_bytes(algorithm: Self::Algorithm) -> usize;

    /// Begins a digest of nothing so far in this place.
    fn restart(&mut self, algorithm: Self::Algorithm);

    /// Appends `data` to the message.
    fn update(&mut self, data: &[u8]);

    /// Ends the message and gives its digest, of which the first [`Self::digest_bytes`] count;
    /// no trace of the message stays behind.
    fn finish(&mut self) -> Self::Digest;

    /// Writes the chaining value after a first block.
    fn chain(algorithm: Self::Algorithm, block: &Self::Block, chain: &mut Self::Chain);

    /// Goes on in this place from the chaining value after one block.
    fn resume(&mut self, chain: &Self::Chain);
}

/// A function of the SHA-2 family (FIPS 180-4).
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// 32-bit words, 28 bytes.
    Sha224,
    /// 32-bit words, 32 bytes.
    Sha256,
    /// 64-bit words, 48 bytes.
    Sha384,
    /// 64-bit words, 64 bytes.
    Sha512,
}

impl Algorithm {
    /// Size of the digest in bytes.
    #[must_use]
    pub const fn digest_bytes(self) -> usize {
        match self {
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    const fn is_wide(self) -> bool {
        matches!(self, Self::Sha384 | Self::Sha512)
    }
}

/// A digest in the making by any function of the family: those with 32-bit words by the
/// compression `C`, those with 64-bit words by `W`, which is [`sha512::NoWide`] where they are
/// not wanted.
#[repr(u8)]
pub enum Sha2<C, W> {
    /// SHA-224 or SHA-256.
    Narrow(Sha256<C>),
    /// SHA-384 or SHA-512.
    Wide(W),
}

impl<C: Compression, W: Wide> Clone for Sha2<C, W> {
    fn clone(&self) -> Self {
        match self {
            Self::Narrow(hash) => Self::Narrow(hash.clone()),
            Self::Wide(hash) => Self::Wide(hash.clone()),
        }
    }
}

impl<C: Compression, W: Wide> Hash for Sha2<C, W> {
    type Algorithm = Algorithm;
    type Block = [u8; sha512::BLOCK_BYTES];
    type Digest = [u8; sha512::DIGEST_BYTES];
    type Chain = [u64; 8];
    const BLANK: Self = Self::Narrow(Sha256::BLANK);
    const BLANK_ALGORITHM: Algorithm = Algorithm::Sha224;
    const BLANK_BLOCK: Self::Block = [0; sha512::BLOCK_BYTES];
    const BLANK_DIGEST: Self::Digest = [0; sha512::DIGEST_BYTES];
    const BLANK_CHAIN: Self::Chain = [0; 8];

    fn algorithm(name: Algorithm) -> Algorithm {
        name
    }

    fn block_bytes(algorithm: Algorithm) -> usize {
        if algorithm.is_wide() {
            sha512::BLOCK_BYTES
        } else {
            sha256::BLOCK_BYTES
        }
    }

    fn digest_bytes(algorithm: Algorithm) -> usize {
        algorithm.digest_bytes()
    }

    fn restart(&mut self, algorithm: Algorithm) {
        match algorithm {
            Algorithm::Sha384 | Algorithm::Sha512 => {
                let mut hash = W::BLANK;
                hash.restart(algorithm == Algorithm::Sha384);
                *self = Self::Wide(hash);
            }
            Algorithm::Sha224 | Algorithm::Sha256 => {
                let mut hash = Sha256::begin();
                if algorithm == Algorithm::Sha224 {
                    hash.restart_224();
                }
                *self = Self::Narrow(hash);
            }
        }
    }

    fn update(&mut self, data: &[u8]) {
        match self {
            Self::Narrow(hash) => hash.update(data),
            Self::Wide(hash) => hash.update(data),
        }
    }

    fn finish(&mut self) -> Self::Digest {
        let mut digest = Self::BLANK_DIGEST;
        match self {
            Self::Narrow(hash) => {
                if let Some(place) = digest.first_chunk_mut() {
                    *place = hash.finish();
                }
            }
            Self::Wide(hash) => digest = hash.finish(),
        }
        digest
    }

    fn chain(algorithm: Algorithm, block: &Self::Block, chain: &mut Self::Chain) {
        let mut hash = Self::BLANK;
        hash.restart(algorithm);
        *chain = match &mut hash {
            Self::Narrow(hash) => {
                hash.update(block.get(..sha256::BLOCK_BYTES).unwrap_or_default());
                hash.state().map(u64::from)
            }
            Self::Wide(hash) => hash.chain(block),
        };
    }

    fn resume(&mut self, chain: &Self::Chain) {
        match self {
            Self::Narrow(hash) => {
                hash.resume_at(chain.map(|word| word as u32), sha256::BLOCK_BYTES as u64);
            }
            Self::Wide(hash) => hash.resume(chain),
        }
    }
}

#[cfg(test)]
mod tests;
