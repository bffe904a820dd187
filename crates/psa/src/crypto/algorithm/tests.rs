// SPDX-License-Identifier: Apache-2.0
use super::*;

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);

const COMBINED: Algorithm = Algorithm::ECDH.with_derivation(Algorithm::hkdf(Algorithm::SHA_256));

#[test]
fn values_are_those_of_the_specification() {
    for (algorithm, value) in [
        (HMAC, 0x0380_0009),
        (Algorithm::hmac(Algorithm::ANY_HASH), 0x0380_00FF),
        (HMAC.truncated_mac(16), 0x0390_0009),
        (HMAC.at_least_this_length_mac(16), 0x0390_8009),
        (HMAC.truncated_mac(10).full_length_mac(), 0x0380_0009),
        (Algorithm::CMAC.truncated_mac(8), 0x03C8_0200),
        (Algorithm::ecdsa(Algorithm::SHA_384), 0x0600_060A),
        (Algorithm::ecdsa(Algorithm::ANY_HASH), 0x0600_06FF),
        (
            Algorithm::deterministic_ecdsa(Algorithm::SHA_256),
            0x0600_0709,
        ),
        (Algorithm::hkdf(Algorithm::SHA_256), 0x0800_0109),
        (Algorithm::hkdf_extract(Algorithm::SHA_512), 0x0800_040B),
        (Algorithm::hkdf_expand(Algorithm::SHA_512), 0x0800_050B),
        (Algorithm::tls12_prf(Algorithm::SHA_256), 0x0800_0209),
        (Algorithm::tls12_psk_to_ms(Algorithm::SHA_384), 0x0800_030A),
        (
            Algorithm::sp800_108_counter_hmac(Algorithm::SHA_224),
            0x0800_0708,
        ),
        (Algorithm::pbkdf2_hmac(Algorithm::SHA_256), 0x0880_0109),
        (Algorithm::PBKDF2_AES_CMAC_PRF_128.derivation(), 0x0880_0200),
        (COMBINED, 0x0902_0109),
        (COMBINED.derivation(), 0x0800_0109),
        (COMBINED.agreement(), 0x0902_0000),
        (COMBINED.derivation().without_hash(), 0x0800_0100),
        (COMBINED.hash(), 0x0200_0009),
        (Algorithm::CCM.aead_with_shortened_tag(4), 0x0544_0100),
        (Algorithm::CCM.aead_with_shortened_tag(16), 0x0550_0100),
        (
            Algorithm::CCM.aead_with_at_least_this_length_tag(8),
            0x0548_8100,
        ),
        (
            Algorithm(0x0544_8200).aead_with_default_length_tag(),
            0x0550_0200,
        ),
    ] {
        assert_eq!(algorithm.0, value, "{value:#010x}");
    }
}

#[test]
fn lengths_that_were_put_in_come_out() {
    for bytes in 0..64 {
        let aead = Algorithm::CCM.aead_with_shortened_tag(bytes);
        assert_eq!(aead.tag_bytes(), bytes as usize);
        assert_eq!(aead.aead_with_default_length_tag(), Algorithm::CCM);
        let mac = HMAC.at_least_this_length_mac(bytes);
        assert_eq!(mac.tag_bytes(), bytes as usize);
        assert_eq!(mac.without_tag_length(), HMAC);
    }
    assert_eq!(HMAC.tag_bytes(), 0);
}

#[test]
fn kinds_exclude_each_other() {
    let kinds = |algorithm: Algorithm| {
        [
            algorithm.is_hash(),
            algorithm.is_mac(),
            algorithm.is_hmac(),
            algorithm.is_aead(),
        ]
    };
    assert_eq!(kinds(Algorithm::SHA_256), [true, false, false, false]);
    assert_eq!(kinds(Algorithm(0x0200_00FF)), [true, false, false, false]);
    assert_eq!(kinds(HMAC), [false, true, true, false]);
    assert_eq!(kinds(Algorithm::CMAC), [false, true, false, false]);
    assert_eq!(kinds(Algorithm::CCM), [false, false, false, true]);
    assert_eq!(kinds(Algorithm(0x0510_0500)), [false, false, false, true]);
    assert_eq!(kinds(Algorithm::CBC_NO_PADDING), [false; 4]);
    assert!(Algorithm::CBC_NO_PADDING.is_cipher() && Algorithm::STREAM_CIPHER.is_cipher());
    assert!(!Algorithm::CCM.is_cipher() && !Algorithm::CMAC.is_cipher());
    assert_eq!(kinds(Algorithm::NONE), [false; 4]);
}

#[test]
fn wildcards_are_known() {
    assert!(Algorithm::ANY_HASH.is_wildcard());
    assert!(HMAC.at_least_this_length_mac(4).is_wildcard());
    assert!(
        Algorithm::CCM
            .aead_with_at_least_this_length_tag(4)
            .is_wildcard()
    );
    assert!(Algorithm(0x0600_06FF).is_wildcard()); // ECDSA with any hash
    assert!(Algorithm::CCM_STAR_ANY_TAG.is_wildcard());
    for algorithm in [
        Algorithm::NONE,
        Algorithm::SHA_256,
        HMAC,
        HMAC.truncated_mac(4),
        Algorithm::CCM,
        Algorithm::GCM,
        Algorithm::CCM_STAR_NO_TAG,
        Algorithm(0x0600_0609),
    ] {
        assert!(!algorithm.is_wildcard(), "{algorithm:?}");
    }
}
