// SPDX-License-Identifier: Apache-2.0
//! A hash function as HMAC and the services see it: SHA-256 alone, or one of a family.
//!
//! An image with SHA-256 alone names [`Sha256`](crate::sha256::Sha256), whose
//! [`Hash::Algorithm`] has one value: which algorithm it is costs nothing then. An image with more
//! of the family names [`Sha2`](crate::sha2::Sha2).

/// A hash function, or a family of them: a computation in progress.
pub trait Hash: Clone {
    /// Identifies a function of the family.
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

    /// The function of this name, which must be in the image.
    fn algorithm(name: Algorithm) -> Self::Algorithm;

    /// Size of the block that the function consumes, in bytes.
    fn block_bytes(algorithm: Self::Algorithm) -> usize;

    /// Size of the digest in bytes.
    fn digest_bytes(algorithm: Self::Algorithm) -> usize;

    /// Begins a digest of nothing so far in this place.
    fn restart(&mut self, algorithm: Self::Algorithm);

    /// Appends `data` to the message.
    fn update(&mut self, data: &[u8]);

    /// Ends the message and returns its digest, of which the first [`Self::digest_bytes`] count;
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

    /// Whether the words have 64 bits.
    pub(crate) const fn is_wide(self) -> bool {
        matches!(self, Self::Sha384 | Self::Sha512)
    }
}
