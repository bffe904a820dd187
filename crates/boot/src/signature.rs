// SPDX-License-Identifier: Apache-2.0
//! How images are signed: what the public key of an image looks like, and when a signature is one
//! of its key. Both come from the image and may be anything.

mod rsa;

use primitives::sha256::{Compression, DIGEST_BYTES};

pub use rsa::Rsa3072;

/// A type of signatures over the SHA-256 hash of an image.
pub trait Scheme {
    /// A public key that is whole.
    type Key<'a>;

    /// The type of the entry that holds the signature ([`crate::tlv::kind`]).
    const TLV_KIND: u16;

    /// The key that stands in an image; nothing if it is not exactly one as signers write it.
    fn key(encoded: &[u8]) -> Option<Self::Key<'_>>;

    /// Tells whether the signature is one of the key over the hash.
    fn verify<C: Compression>(
        key: Self::Key<'_>,
        digest: &[u8; DIGEST_BYTES],
        signature: &[u8],
    ) -> bool;
}
