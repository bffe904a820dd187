// SPDX-License-Identifier: Apache-2.0
//! RSASSA-PSS with SHA-256; the public key is an `RSAPublicKey` (RFC 8017, A.1.1) in DER.
//!
//! DER has one encoding for each value. With the size of the modulus and the exponent fixed,
//! all but the bytes of the modulus are fixed too, so comparing them is the strictest parser.

use primitives::rsa::verify_pss_sha256;
use primitives::sha256::{Compression, DIGEST_BYTES};

use super::Scheme;
use crate::tlv::kind;

/// The public exponent.
const EXPONENT: u32 = 65537;
/// The integer 65537.
const AFTER_MODULUS: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// RSA with 3072 bits.
#[derive(Clone, Copy, Debug)]
pub struct Rsa3072;

impl Rsa3072 {
    const MODULUS_BYTES: usize = 3072 / 8;
    /// A sequence of 394 bytes; an integer of 385 bytes, whose first is the sign.
    const BEFORE_MODULUS: [u8; 9] = [0x30, 0x82, 0x01, 0x8A, 0x02, 0x82, 0x01, 0x81, 0x00];
}

impl Scheme for Rsa3072 {
    type Key<'a> = &'a [u8; Self::MODULUS_BYTES];

    const TLV_KIND: u16 = kind::RSA3072;

    fn key(encoded: &[u8]) -> Option<Self::Key<'_>> {
        let modulus = encoded
            .strip_prefix(&Self::BEFORE_MODULUS)?
            .strip_suffix(&AFTER_MODULUS)?;
        // An integer whose highest bit is clear would not have a byte for the sign.
        let is_minimal = modulus.first().is_some_and(|byte| byte & 0x80 != 0);
        modulus.try_into().ok().filter(|_| is_minimal)
    }

    fn verify<C: Compression>(
        modulus: Self::Key<'_>,
        digest: &[u8; DIGEST_BYTES],
        signature: &[u8],
    ) -> bool {
        verify_pss_sha256::<C>(modulus, EXPONENT, digest, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rsa3072, Scheme};

    #[test]
    fn a_public_key_has_one_encoding() {
        let mut key = vec![0x30, 0x82, 0x01, 0x8A, 0x02, 0x82, 0x01, 0x81, 0x00];
        key.extend([0xC5; 384]);
        key.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
        assert_eq!(Rsa3072::key(&key), Some(&[0xC5; 384]));
        for index in (0..9).chain(393..398) {
            for bit in 0..8 {
                let mut changed = key.clone();
                changed[index] ^= 1 << bit;
                assert_eq!(Rsa3072::key(&changed), None, "byte {index}, bit {bit}");
            }
        }
        for length in 0..key.len() {
            assert_eq!(Rsa3072::key(&key[..length]), None);
        }
        let mut longer = key.clone();
        longer.push(0);
        assert_eq!(Rsa3072::key(&longer), None);
        key[9] = 0x7F;
        assert_eq!(Rsa3072::key(&key), None);
    }
}
