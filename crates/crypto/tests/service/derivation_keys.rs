// SPDX-License-Identifier: Apache-2.0
//! Key derivation: the keys that come out.

use psa::{
    Status,
    crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Lifetime, Step, Usage},
};

use crate::{calls::*, derivation::*};

#[test]
fn keys_come_out_of_keys_alone() {
    let device = device();
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 64, ALL_USES, Algorithm::NONE);
    let handle = device.derivation(HKDF);
    device
        .input(handle, &bytes(Step::SECRET, b"secret"))
        .unwrap();
    device.input(handle, &bytes(Step::INFO, b"")).unwrap();
    assert!(device.output_bytes(handle, 8).is_ok());
    assert_eq!(device.output_key(handle, &raw), Err(Status::NOT_PERMITTED));
    ended(&device, handle);

    // A key that may only be compared with, which no function does.
    let verify = Usage::VERIFY_DERIVATION;
    let attributes = KeyAttributes::new(KeyType::DERIVE, 0, verify, HKDF);
    let refused = Err(Status::NOT_SUPPORTED);
    assert_eq!(device.import(&attributes, b"secret"), refused);
    let hash = KeyAttributes::new(KeyType::PASSWORD_HASH, 256, verify, PBKDF2);
    assert_eq!(device.import(&hash, &[1; 32]), refused, "a password hash");
    let both = KeyAttributes {
        usage: verify.with(Usage::DERIVE),
        ..attributes
    };
    assert!(device.import(&both, b"secret").is_ok());
}

#[test]
fn derived_keys_are_like_others() {
    let device = device();
    let refused = |attributes: &KeyAttributes| {
        let handle = complete(&device, HKDF);
        let status = device.output_key(handle, attributes).unwrap_err();
        ended(&device, handle);
        status
    };
    let aes = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CCM);
    for (attributes, status) in [
        (KeyAttributes::NONE, Status::NOT_SUPPORTED),
        (KeyAttributes { bits: 0, ..aes }, Status::INVALID_ARGUMENT),
        (KeyAttributes { bits: 129, ..aes }, Status::INVALID_ARGUMENT),
        (
            KeyAttributes {
                usage: Usage(8),
                ..aes
            },
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes {
                id: KeyId(1),
                ..aes
            },
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes::new(KeyType::ECC_PUBLIC_KEY_SECP_R1, 256, ALL_USES, CCM),
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes::new(KeyType(0x7001), 2048, ALL_USES, CCM),
            Status::NOT_SUPPORTED,
        ),
        (
            KeyAttributes {
                lifetime: Lifetime::PERSISTENT,
                id: KeyId(1),
                ..aes
            },
            Status::NOT_SUPPORTED,
        ),
    ] {
        assert_eq!(refused(&attributes), status, "{attributes:?}");
    }
    let handle = complete(&device, HKDF);
    let key = device.output_key(handle, &aes).unwrap();
    assert_eq!(device.attributes(key).unwrap().bits, 128);
    let pair = KeyAttributes::new(
        KeyType::ECC_KEY_PAIR_SECP_R1,
        256,
        ALL_USES,
        Algorithm::ECDH,
    );
    let before = device.capacity(handle).unwrap();
    let pair = device.output_key(handle, &pair).unwrap();
    assert_eq!(before - device.capacity(handle).unwrap(), 32);
    // The private key is the number that was drawn, and one.
    let again = complete(&device, HKDF);
    device.output_bytes(again, 16).unwrap();
    let mut drawn = device.output_bytes(again, 32).unwrap();
    drawn[31] += 1;
    assert_eq!(device.export(pair, 32).unwrap(), drawn);
}
