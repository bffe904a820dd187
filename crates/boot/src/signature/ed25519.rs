// SPDX-License-Identifier: Apache-2.0
//! Ed25519 (RFC 8032) with the hash of the image as its message; the key is a
//! `SubjectPublicKeyInfo` (RFC 8410) in DER.
//!
//! So signs `imgtool` what it does not sign "pure". The scheme hashes its message once more, by
//! SHA-512.

use primitives::comparison::Comparison;
use primitives::ed25519::{self, PUBLIC_KEY_BYTES};
use primitives::sha256::{Compression, DIGEST_BYTES};

use super::Scheme;
use crate::tlv::kind;

/// Ed25519.
#[derive(Clone, Copy, Debug)]
pub struct Ed25519;

/// Up to the key: two sequences, the identifier of such keys, a bit string.
const BEFORE_KEY: [u8; 12] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
];

impl Scheme for Ed25519 {
    type Key<'a> = &'a [u8; PUBLIC_KEY_BYTES];

    const TLV_KIND: u16 = kind::ED25519;

    fn key(encoded: &[u8]) -> Option<Self::Key<'_>> {
        encoded.strip_prefix(&BEFORE_KEY)?.try_into().ok()
    }

    fn verify<C: Compression>(
        key: Self::Key<'_>,
        digest: &[u8; DIGEST_BYTES],
        signature: &[u8],
    ) -> Option<Comparison> {
        ed25519::open(key, digest, signature.try_into().ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ed25519, Scheme};
    use primitives::sha256::{Portable, Sha256};

    /// Made by OpenSSL, of the digest of `image`.
    const KEY: &str = "302a300506032b6570032100\
                       a99d3455137ce60fee403047466472528c17d7c08f8b9f96080ceeba4ff3c634";
    const SIGNATURE: &str = "ee8eaa4cb92eac0cc3d5dc5652b204d6fec0299edc3caffceb83a27e2f40394e\
                             8b46c24c11349ac8ce11322324bc6643d92879d9f4bdd34c432fe8a60a00dd0e";

    fn verify(message: &[u8], signature: &[u8]) -> bool {
        let key = hex::decode(KEY).unwrap();
        let key = Ed25519::key(&key).unwrap();
        let comparison = Ed25519::verify::<Portable>(key, &Sha256::digest(message), signature);
        comparison.is_some_and(|comparison| comparison.holds())
    }

    #[test]
    fn the_message_is_the_digest() {
        let signature = hex::decode(SIGNATURE).unwrap();
        assert!(verify(b"image", &signature));
        assert!(!verify(b"Image", &signature));
        for length in 0..signature.len() {
            assert!(!verify(b"image", &signature[..length]));
        }
        assert!(!verify(b"image", &[&signature[..], &[0]].concat()));
    }

    #[test]
    fn a_public_key_has_one_encoding() {
        let key = hex::decode(KEY).unwrap();
        for bit in 0..12 * 8 {
            let mut changed = key.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(Ed25519::key(&changed).is_none(), "bit {bit}");
        }
        for length in 0..key.len() {
            assert!(Ed25519::key(&key[..length]).is_none());
        }
        assert!(Ed25519::key(&[&key[..], &[0]].concat()).is_none());
    }
}
