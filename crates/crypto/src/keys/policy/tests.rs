// SPDX-License-Identifier: Apache-2.0
use psa::crypto::KeyType;

use super::*;
use crate::fake::{Fake, Full};

/// The policies of Profile Small.
fn permits(policy: Algorithm, algorithm: Algorithm) -> bool {
    super::permits::<Fake>(policy, algorithm)
}

fn check(key: &KeyAttributes, usage: Usage, algorithm: Algorithm) -> Result<(), Error> {
    super::check::<Fake>(key, usage, algorithm)
}

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
const CCM: Algorithm = Algorithm::CCM;
/// ECDSA with SHA-256, and with any hash.
const SIGN: Algorithm = Algorithm(0x0600_0609);
const SIGN_ANY: Algorithm = Algorithm(0x0600_06FF);

#[test]
fn an_algorithm_permits_itself_alone() {
    let all = [
        HMAC,
        HMAC.truncated_mac(16),
        CCM,
        CCM.aead_with_shortened_tag(8),
        Algorithm::GCM,
        Algorithm::CMAC,
        SIGN,
        Algorithm::SHA_256,
    ];
    for policy in all {
        for algorithm in all {
            assert_eq!(permits(policy, algorithm), policy == algorithm);
        }
    }
}

#[test]
fn a_complete_mac_has_two_names() {
    assert!(permits(HMAC, HMAC.truncated_mac(32)));
    assert!(permits(HMAC.truncated_mac(32), HMAC));
    assert!(!permits(HMAC, HMAC.truncated_mac(31)));
}

#[test]
fn a_complete_mac_is_as_long_as_its_hash() {
    for (hash, bytes) in [
        (Algorithm::SHA_224, 28),
        (Algorithm::SHA_256, 32),
        (Algorithm::SHA_384, 48),
    ] {
        let mac = Algorithm::hmac(hash);
        let permits = super::permits::<Full>;
        assert!(permits(mac, mac.truncated_mac(bytes)));
        assert!(!permits(mac, mac.truncated_mac(bytes - 1)));
        assert!(permits(mac.at_least_this_length_mac(bytes), mac));
        assert!(!permits(mac.at_least_this_length_mac(bytes + 1), mac));
        assert!(!permits(mac, HMAC.truncated_mac(bytes)) || mac == HMAC);
    }
    let longest = Algorithm::hmac(Algorithm::SHA_512);
    assert!(super::permits::<Full>(
        longest.at_least_this_length_mac(63),
        longest
    ));
}

#[test]
fn a_least_length_permits_that_and_longer_ones() {
    for least in 1..40 {
        let mac = HMAC.at_least_this_length_mac(least);
        let aead = CCM.aead_with_at_least_this_length_tag(least);
        for length in 1..40 {
            assert_eq!(permits(mac, HMAC.truncated_mac(length)), least <= length);
            let tag = CCM.aead_with_shortened_tag(length);
            assert_eq!(permits(aead, tag), least <= length);
        }
        assert_eq!(permits(mac, HMAC), least <= 32);
        assert_eq!(permits(aead, CCM), least <= 16);
        assert!(!permits(aead, Algorithm::GCM) && !permits(mac, Algorithm::CMAC));
    }
}

#[test]
fn any_hash_is_for_signatures() {
    assert!(permits(SIGN_ANY, SIGN));
    assert!(!permits(SIGN, SIGN_ANY));
    assert!(!permits(SIGN_ANY, Algorithm(0x0600_0709)));
    assert!(!permits(Algorithm::ANY_HASH, Algorithm::SHA_256));
    assert!(!permits(Algorithm::hmac(Algorithm::ANY_HASH), HMAC));
}

#[test]
fn what_two_policies_have_in_common() {
    let least = |bytes| CCM.aead_with_at_least_this_length_tag(bytes);
    for (left, right, common) in [
        (CCM, CCM, Some(CCM)),
        (least(8), CCM, Some(CCM)),
        (least(8), least(12), Some(least(12))),
        (least(12), CCM.aead_with_shortened_tag(8), None),
        (SIGN_ANY, SIGN, Some(SIGN)),
        (Algorithm::NONE, CCM, Some(Algorithm::NONE)),
        (CCM, Algorithm::GCM, None),
        (HMAC, CCM, None),
    ] {
        assert_eq!(intersection::<Fake>(left, right).ok(), common);
        assert_eq!(intersection::<Fake>(right, left).ok(), common);
    }
}

#[test]
fn usage_and_either_algorithm_count() {
    let attributes = KeyAttributes {
        second_algorithm: CCM,
        ..KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, HMAC)
    };
    for algorithm in [HMAC, CCM] {
        assert_eq!(check(&attributes, Usage::ENCRYPT, algorithm), Ok(()));
        let other = check(&attributes, Usage::DECRYPT, algorithm);
        assert_eq!(other, Err(Error::NotPermitted));
    }
    let other = check(&attributes, Usage::ENCRYPT, Algorithm::GCM);
    assert_eq!(other, Err(Error::NotPermitted));
    let none = check(&attributes, Usage::ENCRYPT, Algorithm::NONE);
    assert_eq!(none, Err(Error::InvalidArgument));
}
