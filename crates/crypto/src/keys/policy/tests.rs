// SPDX-License-Identifier: Apache-2.0
use psa::crypto::KeyType;

use super::*;
use crate::fake::{Fake, Full};

/// The policies of Profile Small.
fn permits(policy: Algorithm, algorithm: Algorithm) -> bool {
    super::permits::<Fake>(policy, algorithm)
}

/// Those of an image that has everything.
fn permits_in_full(policy: Algorithm, algorithm: Algorithm) -> bool {
    super::permits::<Full>(policy, algorithm)
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
    let permits = permits_in_full;
    assert!(permits(SIGN_ANY, SIGN));
    assert!(!permits(SIGN, SIGN_ANY));
    assert!(!permits(SIGN_ANY, Algorithm(0x0600_0709)));
    assert!(!permits(Algorithm::ANY_HASH, Algorithm::SHA_256));
    assert!(!permits(Algorithm::hmac(Algorithm::ANY_HASH), HMAC));
}

/// What the client made the digest with is not known, and may be no hash at all.
#[test]
fn any_hash_is_not_no_hash() {
    let deterministic = Algorithm::deterministic_ecdsa;
    assert!(permits_in_full(
        deterministic(Algorithm::ANY_HASH),
        deterministic(Algorithm::SHA_384)
    ));
    for scheme in [Algorithm::ecdsa, deterministic] {
        let any_hash = scheme(Algorithm::ANY_HASH);
        let no_hash = scheme(Algorithm::NONE);
        assert!(!permits_in_full(any_hash, no_hash));
        assert!(!permits_in_full(no_hash, any_hash));
        assert!(permits_in_full(no_hash, no_hash));
        assert!(intersection::<Full>(any_hash, no_hash).is_err());
    }
}

/// PSA Crypto API 1.2, `PSA_ALG_CCM_STAR_ANY_TAG`.
#[test]
fn any_tag_permits_ccm_with_each_and_without() {
    let policy = Algorithm::CCM_STAR_ANY_TAG;
    for bytes in [4, 8, 16] {
        assert!(permits(policy, CCM.aead_with_shortened_tag(bytes)));
        let least = CCM.aead_with_at_least_this_length_tag(bytes);
        assert_eq!(intersection::<Fake>(policy, least).ok(), Some(least));
    }
    // No image has it.
    assert!(!permits(policy, Algorithm::CCM_STAR_NO_TAG));
    assert!(!is_served::<Full>(Algorithm::CCM_STAR_NO_TAG));
    for other in [Algorithm::GCM, Algorithm::CTR, Algorithm::NONE, HMAC] {
        assert!(!permits(policy, other), "{other:?}");
    }
    assert!(!permits(CCM, policy));
    assert!(!permits(CCM.aead_with_at_least_this_length_tag(4), policy));
    assert!(!permits(CCM, Algorithm::CCM_STAR_NO_TAG));
}

/// Every algorithm of the specification whose family some image has, by the images that have it:
/// Profile Small, and all.
#[test]
fn keys_are_created_for_what_an_image_has() {
    let agreed = |derivation| Algorithm::ECDH.with_derivation(derivation);
    let in_both = [
        Algorithm::NONE,
        HMAC,
        HMAC.truncated_mac(16),
        HMAC.at_least_this_length_mac(1),
        CCM,
        CCM.aead_with_shortened_tag(4),
        CCM.aead_with_at_least_this_length_tag(8),
        Algorithm::CCM_STAR_ANY_TAG,
        // Hash and length are judged when the key is used, as the conformance suite wants it.
        Algorithm::hmac(Algorithm::NONE),
        HMAC.truncated_mac(1),
        HMAC.truncated_mac(33),
        CCM.aead_with_shortened_tag(0),
        // No image of Profile Small has a cipher.
        Algorithm::CFB,
        // No algorithms.
        Algorithm(0x0BFF_FFFF),
        Algorithm(0x1234_5678),
        Algorithm(u32::MAX),
    ];
    let in_full = [
        Algorithm::CMAC,
        Algorithm::CMAC.truncated_mac(8),
        Algorithm::GCM,
        Algorithm::CHACHA20_POLY1305,
        SIGN,
        SIGN_ANY,
        Algorithm::ECDSA_ANY,
        Algorithm::deterministic_ecdsa(Algorithm::ANY_HASH),
        Algorithm::ECDH,
        Algorithm::hkdf(Algorithm::SHA_256),
        agreed(Algorithm::hkdf(Algorithm::SHA_256)),
        agreed(Algorithm::PBKDF2_AES_CMAC_PRF_128),
        // The derivation is judged when the key is used, as the conformance suite wants it.
        agreed(Algorithm(0x0800_0900)),
        Algorithm::PBKDF2_AES_CMAC_PRF_128,
        Algorithm::SP800_108_COUNTER_CMAC,
        Algorithm::tls12_psk_to_ms(Algorithm::SHA_384),
    ];
    let in_none = [
        Algorithm::SHA_256,
        Algorithm::ANY_HASH,
        Algorithm(0x03C0_0100), // CBC-MAC
        Algorithm(0x0550_0300), // an unknown AEAD
        Algorithm(0x0600_0200), // RSA with PKCS #1 1.5
        Algorithm(0x0700_0200), // RSA encryption
        Algorithm(0x0901_0000), // FFDH
        Algorithm(0x0800_0900),
        Algorithm(0x8380_0009), // of a vendor
    ];
    let served = |algorithm| (is_served::<Fake>(algorithm), is_served::<Full>(algorithm));
    for algorithm in in_both {
        assert_eq!(served(algorithm), (true, true), "{algorithm:?}");
    }
    for algorithm in in_full {
        assert_eq!(served(algorithm), (false, true), "{algorithm:?}");
    }
    for algorithm in in_none {
        assert_eq!(served(algorithm), (false, false), "{algorithm:?}");
    }
}

#[test]
fn what_two_policies_have_in_common() {
    let least = |bytes| CCM.aead_with_at_least_this_length_tag(bytes);
    for (left, right, common) in [
        (CCM, CCM, Some(CCM)),
        (least(8), CCM, Some(CCM)),
        (least(8), least(12), Some(least(12))),
        (least(12), CCM.aead_with_shortened_tag(8), None),
        (Algorithm::NONE, CCM, Some(Algorithm::NONE)),
        (CCM, Algorithm::GCM, None),
        (HMAC, CCM, None),
    ] {
        assert_eq!(intersection::<Fake>(left, right).ok(), common);
        assert_eq!(intersection::<Fake>(right, left).ok(), common);
    }
    assert_eq!(intersection::<Full>(SIGN_ANY, SIGN).ok(), Some(SIGN));
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
