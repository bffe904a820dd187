// SPDX-License-Identifier: Apache-2.0
//! SHA-224, SHA-256, SHA-384 and SHA-512 as one type (FIPS 180-4).

use crate::hash::{Algorithm, Hash};
use crate::sha256::{self, Compression, Sha256};
use crate::sha512::{self, Wide};

/// A hash computation in progress by any function of the family: those with 32-bit words by the
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
