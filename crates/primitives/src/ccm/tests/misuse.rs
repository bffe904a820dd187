// SPDX-License-Identifier: Apache-2.0
//! Wrong orders, wrong sizes, promises not kept: an error each, and nothing changed by it.

use super::super::{Ccm, Direction, Error};
use super::{Case, KEY};
use crate::aes::{Aes, Aes128};

const NONCE: [u8; 12] = [7; 12];

fn started(tag_bytes: usize) -> Ccm<Aes128> {
    let mut ccm = Ccm::new();
    ccm.start(Direction::Encrypt, &KEY, tag_bytes).unwrap();
    ccm
}

fn running(additional_bytes: u32, data_bytes: u32) -> Ccm<Aes128> {
    let mut ccm = started(16);
    ccm.set_nonce(&NONCE).unwrap();
    ccm.set_lengths(additional_bytes, data_bytes).unwrap();
    ccm
}

#[test]
fn tag_lengths() {
    let mut ccm = Ccm::<Aes128>::new();
    for tag_bytes in (0..40).chain([usize::MAX, 256 + 16, 65536 + 16]) {
        let is_valid = (4..=16).contains(&tag_bytes) && tag_bytes % 2 == 0;
        let result = ccm.start(Direction::Encrypt, &KEY, tag_bytes);
        let expected = if is_valid {
            Ok(())
        } else {
            Err(Error::TagLength)
        };
        assert_eq!(result, expected, "{tag_bytes}");
    }
}

#[test]
fn nonce_lengths() {
    for length in (0..30).chain([256 + 12, 65536 + 12]) {
        let result = started(16).set_nonce(&vec![0; length]);
        let is_valid = (7..=13).contains(&length);
        let expected = if is_valid {
            Ok(())
        } else {
            Err(Error::NonceLength)
        };
        assert_eq!(result, expected, "{length}");
    }
}

#[test]
fn a_long_nonce_leaves_little_room_for_the_length() {
    let limits = [(13, 1u64 << 16), (12, 1 << 24), (11, 1 << 32), (7, 1 << 32)];
    for (nonce_bytes, limit) in limits {
        let nonce = vec![1; nonce_bytes];
        let fitting = (limit - 1) as u32;
        assert_eq!(started(4).set_lengths(0, fitting), Ok(()));
        let mut nonce_first = started(4);
        nonce_first.set_nonce(&nonce).unwrap();
        let mut lengths_first = started(4);
        if let Ok(excessive) = u32::try_from(limit) {
            assert_eq!(
                nonce_first.set_lengths(0, excessive),
                Err(Error::MessageTooLong)
            );
            lengths_first.set_lengths(0, excessive).unwrap();
            assert_eq!(lengths_first.set_nonce(&nonce), Err(Error::MessageTooLong));
            let mut lengths_first = started(4);
            lengths_first.set_lengths(0, fitting).unwrap();
            assert_eq!(lengths_first.set_nonce(&nonce), Ok(()));
        }
        assert_eq!(nonce_first.set_lengths(0, fitting), Ok(()));
    }
}

#[test]
fn the_longest_message_of_the_longest_nonce() {
    let nonce = [3; 13];
    let case = Case {
        key: &KEY,
        nonce: &nonce,
        additional: &[],
    };
    let plain = vec![0x11; 65535];
    let (cipher, tag) = case.encrypt(&plain, 8).unwrap();
    let expected = super::reference(&case, 8, &plain).unwrap();
    assert!((cipher.clone(), tag.clone()) == expected);
    assert!(case.decrypt(&cipher, &tag).unwrap() == plain);
}

#[test]
fn nothing_works_without_a_key() {
    let mut ccm = Ccm::<Aes128>::new();
    for _ in 0..2 {
        assert_eq!(ccm.set_nonce(&NONCE), Err(Error::State));
        assert_eq!(ccm.set_lengths(0, 0), Err(Error::State));
        assert_eq!(ccm.update_additional(&[]), Err(Error::State));
        assert_eq!(ccm.update(&mut []), Err(Error::State));
        assert_eq!(ccm.finish().err(), Some(Error::State));
        assert_eq!(ccm.verify(&[0; 16]), Err(Error::State));
        // The same after an operation has ended.
        ccm = running(0, 0);
        ccm.finish().unwrap();
    }
}

#[test]
fn no_data_before_nonce_and_lengths() {
    let mut with_nonce = started(16);
    with_nonce.set_nonce(&NONCE).unwrap();
    let mut with_lengths = started(16);
    with_lengths.set_lengths(1, 1).unwrap();
    for mut ccm in [started(16), with_nonce, with_lengths] {
        assert_eq!(ccm.update_additional(&[0]), Err(Error::State));
        assert_eq!(ccm.update(&mut [0]), Err(Error::State));
        assert_eq!(ccm.finish().err(), Some(Error::State));
    }
}

#[test]
fn nonce_and_lengths_are_set_once() {
    let mut ccm = started(16);
    ccm.set_nonce(&NONCE).unwrap();
    assert_eq!(ccm.set_nonce(&NONCE), Err(Error::State));
    ccm.set_lengths(0, 1).unwrap();
    assert_eq!(ccm.set_lengths(0, 1), Err(Error::State));
    assert_eq!(ccm.set_nonce(&NONCE), Err(Error::State));
    let mut ccm = started(16);
    ccm.set_lengths(0, 1).unwrap();
    assert_eq!(ccm.set_lengths(0, 1), Err(Error::State));
}

#[test]
fn more_than_announced() {
    let mut ccm = running(5, 5);
    assert_eq!(ccm.update_additional(&[0; 6]), Err(Error::LengthNotKept));
    ccm.update_additional(&[0; 5]).unwrap();
    assert_eq!(ccm.update_additional(&[0]), Err(Error::LengthNotKept));
    let mut data = [9; 6];
    assert_eq!(ccm.update(&mut data), Err(Error::LengthNotKept));
    assert_eq!(data, [9; 6]);
    ccm.update(&mut data[..5]).unwrap();
    assert_eq!(ccm.update(&mut data), Err(Error::LengthNotKept));
    assert_eq!(ccm.update_additional(&[0]), Err(Error::LengthNotKept));
    ccm.update(&mut []).unwrap();
    ccm.update_additional(&[]).unwrap();
    let case = Case {
        key: &KEY,
        nonce: &NONCE,
        additional: &[0; 5],
    };
    let (cipher, tag) = case.encrypt(&[9; 5], 16).unwrap();
    assert_eq!(data[..5], cipher);
    assert_eq!(ccm.finish().unwrap().as_bytes(), tag);
}

#[test]
fn less_than_announced() {
    let mut ccm = running(2, 2);
    assert_eq!(ccm.finish().err(), Some(Error::LengthNotKept));
    assert_eq!(ccm.update(&mut [0]), Err(Error::LengthNotKept));
    ccm.update_additional(&[0]).unwrap();
    assert_eq!(ccm.update(&mut [0]), Err(Error::LengthNotKept));
    ccm.update_additional(&[0]).unwrap();
    assert_eq!(ccm.finish().err(), Some(Error::LengthNotKept));
    ccm.update(&mut [0]).unwrap();
    assert_eq!(ccm.finish().err(), Some(Error::LengthNotKept));
    assert_eq!(ccm.verify(&[0; 16]), Err(Error::LengthNotKept));
    ccm.update(&mut [0]).unwrap();
    assert!(ccm.finish().is_ok());
}

/// An empty piece in the middle of a block must not end the block.
#[test]
fn empty_pieces_change_nothing() {
    let mut ccm = running(20, 20);
    let mut data = [0; 20];
    let (head, tail) = data.split_at_mut(3);
    for additional in [&[][..], &[1; 7], &[], &[1; 13], &[]] {
        ccm.update_additional(additional).unwrap();
    }
    ccm.update(&mut []).unwrap();
    ccm.update(head).unwrap();
    ccm.update(&mut []).unwrap();
    ccm.update_additional(&[]).unwrap();
    ccm.update(tail).unwrap();
    let case = Case {
        key: &KEY,
        nonce: &NONCE,
        additional: &[1; 20],
    };
    let (cipher, tag) = case.encrypt(&[0; 20], 16).unwrap();
    assert_eq!(data[..], cipher);
    assert_eq!(ccm.finish().unwrap().as_bytes(), tag);
}

#[test]
fn every_bit_of_the_message_counts() {
    let additional = [1; 17];
    let case = Case {
        key: &KEY,
        nonce: &NONCE,
        additional: &additional,
    };
    let (cipher, tag) = case.encrypt(&[2; 17], 4).unwrap();
    for bit in 0..17 * 8 {
        let flip = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        assert_eq!(case.decrypt(&flip(&cipher), &tag), Err(Error::Tag));
        let other = Case {
            additional: &flip(&additional),
            ..case
        };
        assert_eq!(other.decrypt(&cipher, &tag), Err(Error::Tag));
        if bit < 32 {
            assert_eq!(case.decrypt(&cipher, &flip(&tag)), Err(Error::Tag));
        }
    }
    // A tag of another length never passes, not even the beginning of the right one.
    let mut ccm = case.begin(Direction::Decrypt, 17, 16).unwrap();
    let mut data = cipher.clone();
    ccm.update(&mut data).unwrap();
    assert_eq!(ccm.verify(&tag), Err(Error::Tag));
}

#[test]
fn a_new_start_forgets_the_operation_before() {
    let mut ccm = running(3, 40);
    ccm.update_additional(&[1; 3]).unwrap();
    ccm.update(&mut [5; 21]).unwrap();
    ccm.start(Direction::Encrypt, &KEY, 16).unwrap();
    assert_eq!(ccm.update(&mut []), Err(Error::State));
    ccm.set_nonce(&NONCE).unwrap();
    ccm.set_lengths(0, 16).unwrap();
    let mut data = [2; 16];
    ccm.update(&mut data).unwrap();
    let case = Case {
        key: &KEY,
        nonce: &NONCE,
        additional: &[],
    };
    let (cipher, tag) = case.encrypt(&[2; 16], 16).unwrap();
    assert_eq!(data[..], cipher);
    assert_eq!(ccm.finish().unwrap().as_bytes(), tag);
}

#[test]
fn a_start_that_fails_leaves_no_operation() {
    for (key_bytes, tag_bytes, error) in [(20, 16, Error::KeyLength), (16, 5, Error::TagLength)] {
        let mut ccm = Ccm::<Aes>::new();
        for length_known in [false, true] {
            ccm.start(Direction::Encrypt, &KEY, 16).unwrap();
            if length_known {
                ccm.set_nonce(&NONCE).unwrap();
                ccm.set_lengths(0, 16).unwrap();
            }
            let result = ccm.start(Direction::Encrypt, &vec![1; key_bytes], tag_bytes);
            assert_eq!(result, Err(error));
            assert_eq!(ccm.update(&mut [0; 16]), Err(Error::State));
            assert_eq!(ccm.set_nonce(&NONCE), Err(Error::State));
            assert_eq!(ccm.set_lengths(0, 16), Err(Error::State));
            assert!(ccm.finish().is_err());
        }
    }
}

/// RFC 3610, 2: with the smallest L of at least 2 that holds the length, 15 - L bytes are left.
#[test]
fn the_suitable_nonce_leaves_room_for_the_length() {
    assert_eq!(started(16).suitable_nonce_bytes(), 13, "no length is known");
    for (data_bytes, expected) in [
        (0, 13),
        (0xFFFF, 13),
        (0x1_0000, 12),
        (0xFF_FFFF, 12),
        (0x100_0000, 11),
        (u32::MAX, 11),
    ] {
        let mut ccm = started(16);
        ccm.set_lengths(3, data_bytes).unwrap();
        assert_eq!(ccm.suitable_nonce_bytes(), expected, "{data_bytes}");
        assert_eq!(ccm.set_nonce(&vec![0; expected]), Ok(()));
        ccm.start(Direction::Encrypt, &KEY, 16).unwrap();
        assert_eq!(ccm.suitable_nonce_bytes(), 13, "that was another message");
    }
}
