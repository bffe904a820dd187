// SPDX-License-Identifier: Apache-2.0
//! How images are signed: what the public key of an image looks like, and when a signature is one
//! of its key. Both come from the image and may be anything.
//!
//! A scheme does not judge a signature. It goes through the verification up to the last comparison,
//! and gives the two values that are equal when the signature is right: [`crate::hardened`] tells
//! why, and who compares them. Every scheme that there is ends in a comparison of 32 bytes.

mod ecdsa;
mod ed25519;
mod rsa;

use primitives::comparison::Comparison;
use primitives::sha256::{Compression, DIGEST_BYTES};

pub use ecdsa::EcdsaP256;
pub use ed25519::Ed25519;
pub use rsa::{Rsa, Rsa2048, Rsa3072};

/// A type of signatures over the SHA-256 hash of an image.
pub trait Scheme {
    /// A public key that is whole.
    type Key<'a>;

    /// The type of the entry that holds the signature ([`crate::tlv::kind`]).
    const TLV_KIND: u16;

    /// The key that stands in an image; nothing if it is not exactly one as signers write it.
    fn key(encoded: &[u8]) -> Option<Self::Key<'_>>;

    /// The two values whose equality makes the signature one of the key over the hash; `None` when
    /// it is none whatever they are.
    fn verify<C: Compression>(
        key: Self::Key<'_>,
        digest: &[u8; DIGEST_BYTES],
        signature: &[u8],
    ) -> Option<Comparison>;
}
