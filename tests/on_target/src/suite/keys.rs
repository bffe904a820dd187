// SPDX-License-Identifier: Apache-2.0
//! Keys, MACs, authenticated encryption and random numbers through the safe client.

use client::aead::{self, Aead, Parameters};
use client::mac::{self, Mac};
use client::veneers::Veneers;
use client::{Status, key, random};
use nonsecure::config::crypto::KEY_SLOTS;
use nonsecure::{print_line, semihosting};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Lifetime, Usage};

use super::faults;

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);

const PERSISTENT_ID: KeyId = KeyId(0x1234_5678);
const OTHER_ID: KeyId = KeyId(0x3FFF_FFFF);
/// A name that [`faults::commit`] knows.
const RESETTING_FAULT: &str = "read-otp";

/// RFC 4231, case 2.
const MAC_KEY: &[u8] = b"Jefe";
const MAC_MESSAGE: &[u8] = b"what do ya want for nothing?";
const MAC: [u8; 32] = [
    0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
    0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43,
];

/// RFC 3610, packet vector 1: a tag of 8 bytes.
const CCM: Algorithm = Algorithm::CCM.aead_with_shortened_tag(8);
const NONCE: [u8; 13] = [
    0x00, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5,
];
const ADDITIONAL: [u8; 8] = [0, 1, 2, 3, 4, 5, 6, 7];
const SEALED: [u8; 31] = [
    0x58, 0x8c, 0x97, 0x9a, 0x61, 0xc6, 0x63, 0xd2, 0xf0, 0x66, 0xd0, 0xc2, 0xc0, 0xf9, 0x89, 0x80,
    0x6d, 0x5f, 0x6b, 0x61, 0xda, 0xc3, 0x84, 0x17, 0xe8, 0xd1, 0x2c, 0xfd, 0xf9, 0x26, 0xe0,
];

fn plaintext() -> [u8; 23] {
    core::array::from_fn(|index| index as u8 + 8)
}

fn mac_key() -> KeyId {
    let uses = Usage::SIGN_MESSAGE.with(Usage::VERIFY_MESSAGE);
    let attributes = KeyAttributes::new(KeyType::HMAC, 0, uses, HMAC);
    key::import(&Veneers, &attributes, MAC_KEY).unwrap()
}

fn aes_key() -> KeyId {
    let uses = Usage::ENCRYPT.with(Usage::DECRYPT);
    let attributes = KeyAttributes::new(KeyType::AES, 128, uses, CCM);
    let data: [u8; 16] = core::array::from_fn(|index| index as u8 + 0xc0);
    key::import(&Veneers, &attributes, &data).unwrap()
}

fn parameters(key: KeyId) -> Parameters<'static> {
    Parameters {
        key,
        algorithm: CCM,
        nonce: &NONCE,
    }
}

pub fn a_key_lives_from_import_to_destruction() {
    let attributes = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
    let key = key::import(&Veneers, &attributes, &[1, 2, 3]).unwrap();
    let known = KeyAttributes {
        bits: 24,
        id: key,
        ..attributes
    };
    assert_eq!(key::attributes(&Veneers, key), Ok(known));
    let mut data = [0; 8];
    assert_eq!(key::export(&Veneers, key, &mut data), Ok(3));
    assert_eq!(data, [1, 2, 3, 0, 0, 0, 0, 0]);
    assert_eq!(key::destroy(&Veneers, key), Ok(()));
    assert_eq!(
        key::export(&Veneers, key, &mut data),
        Err(Status::INVALID_HANDLE)
    );
}

pub fn macs_match_published_vectors() {
    let key = mac_key();
    let mut code = [0; 40];
    assert_eq!(
        mac::compute(&Veneers, key, HMAC, MAC_MESSAGE, &mut code),
        Ok(32)
    );
    assert_eq!(code[..32], MAC);
    assert_eq!(mac::verify(&Veneers, key, HMAC, MAC_MESSAGE, &MAC), Ok(()));
    for split in 0..=MAC_MESSAGE.len() {
        let mut operation = Mac::verify_setup(&Veneers, key, HMAC).unwrap();
        operation.update(&MAC_MESSAGE[..split]).unwrap();
        operation.update(&MAC_MESSAGE[split..]).unwrap();
        assert_eq!(operation.verify_finish(&MAC), Ok(()), "split {split}");
    }
    key::destroy(&Veneers, key).unwrap();
}

pub fn ccm_matches_published_vectors() {
    let key = aes_key();
    let mut sealed = [0; 40];
    let length = aead::encrypt(
        &Veneers,
        &parameters(key),
        &ADDITIONAL,
        &plaintext(),
        &mut sealed,
    );
    assert_eq!(length, Ok(SEALED.len()));
    assert_eq!(sealed[..31], SEALED);
    for split in 0..=23 {
        let mut opened = [0; 23];
        let (first, second) = opened.split_at_mut(split);
        let mut operation = Aead::decrypt_setup(&Veneers, key, CCM).unwrap();
        operation.set_lengths(8, 23).unwrap();
        operation.set_nonce(&NONCE).unwrap();
        operation.update_ad(&ADDITIONAL).unwrap();
        operation.update(&SEALED[..split], first).unwrap();
        operation.update(&SEALED[split..23], second).unwrap();
        assert_eq!(operation.verify(&SEALED[23..]), Ok(()), "split {split}");
        assert_eq!(opened, plaintext());
    }
    key::destroy(&Veneers, key).unwrap();
}

pub fn a_message_that_is_not_authentic_is_not_revealed() {
    let key = aes_key();
    for byte in 0..SEALED.len() {
        let mut wrong = SEALED;
        wrong[byte] ^= 0x10;
        let mut opened = [0xEE; 31];
        let refused = aead::decrypt(&Veneers, &parameters(key), &ADDITIONAL, &wrong, &mut opened);
        assert_eq!(refused, Err(Status::INVALID_SIGNATURE), "byte {byte}");
        assert_eq!(opened[..23], [0; 23]);
    }
    key::destroy(&Veneers, key).unwrap();
}

pub fn keys_are_limited_and_reusable() {
    let mut keys = [KeyId::NULL; KEY_SLOTS];
    let mut count = 0;
    let attributes = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
    let refused = loop {
        match key::import(&Veneers, &attributes, &[5; 16]) {
            Ok(key) => keys[count] = key,
            Err(refused) => break refused,
        }
        count += 1;
    };
    assert_eq!(refused, Status::INSUFFICIENT_MEMORY);
    assert!(count >= 2, "{count} keys");
    for key in &keys[..count] {
        assert_eq!(key::destroy(&Veneers, *key), Ok(()));
    }
    a_key_lives_from_import_to_destruction();
}

/// Keys of 192 and 256 bits, which no algorithm has to use.
fn an_aes_key_is_imported<const BYTES: usize>() {
    let attributes = KeyAttributes::new(KeyType::AES, 0, Usage::EXPORT, Algorithm::NONE);
    let key = key::import(&Veneers, &attributes, &[0x5a; BYTES]).unwrap();
    let bits = key::attributes(&Veneers, key).map(|attributes| attributes.bits);
    assert_eq!(bits, Ok(8 * BYTES as u16));
    key::destroy(&Veneers, key).unwrap();
}

pub fn an_aes_key_may_have_192_bits() {
    an_aes_key_is_imported::<24>();
}

pub fn an_aes_key_may_have_256_bits() {
    an_aes_key_is_imported::<32>();
}

fn persistent(lifetime: Lifetime, id: KeyId) -> KeyAttributes {
    let uses = Usage::SIGN_MESSAGE.with(Usage::COPY).with(Usage::EXPORT);
    KeyAttributes {
        lifetime,
        id,
        ..KeyAttributes::new(KeyType::HMAC, 32, uses, HMAC)
    }
}

pub fn a_persistent_key_lives_from_import_to_destruction() {
    let wanted = persistent(Lifetime::PERSISTENT, PERSISTENT_ID);
    assert_eq!(key::import(&Veneers, &wanted, MAC_KEY), Ok(PERSISTENT_ID));
    assert_eq!(
        key::import(&Veneers, &wanted, MAC_KEY),
        Err(Status::ALREADY_EXISTS)
    );
    assert_eq!(key::attributes(&Veneers, PERSISTENT_ID), Ok(wanted));
    assert_eq!(key::purge(&Veneers, PERSISTENT_ID), Ok(()));
    let mut code = [0; 32];
    let signed = mac::compute(&Veneers, PERSISTENT_ID, HMAC, MAC_MESSAGE, &mut code);
    assert_eq!((signed, code), (Ok(32), MAC));
    // A copy in storage of a key in storage.
    let other = persistent(Lifetime::PERSISTENT, OTHER_ID);
    assert_eq!(key::copy(&Veneers, PERSISTENT_ID, &other), Ok(OTHER_ID));
    assert_eq!(key::destroy(&Veneers, PERSISTENT_ID), Ok(()));
    let mut data = [0; 8];
    assert_eq!(key::export(&Veneers, OTHER_ID, &mut data), Ok(4));
    assert_eq!(&data[..4], MAC_KEY);
    assert_eq!(key::destroy(&Veneers, OTHER_ID), Ok(()));
    for id in [PERSISTENT_ID, OTHER_ID] {
        assert_eq!(key::destroy(&Veneers, id), Err(Status::INVALID_HANDLE));
    }
}

pub fn builtin_keys_are_not_for_applications() {
    for id in [KeyId::INITIAL_ATTESTATION_KEY, KeyId::HARDWARE_UNIQUE_KEY] {
        let mut data = [0; 32];
        assert!(key::export(&Veneers, id, &mut data).is_err());
        assert!(key::attributes(&Veneers, id).is_err());
        assert!(key::destroy(&Veneers, id).is_err());
        // Whether the image has the algorithm or not.
        let signed = mac::compute(&Veneers, id, HMAC, MAC_MESSAGE, &mut data);
        assert!(signed.is_err());
        assert_eq!(data, [0; 32]);
    }
}

/// Creates a persistent key if there is none, and checks that it is the first one that was created.
/// Returns whether it was created now.
pub fn keep_one() -> bool {
    let kept = persistent(Lifetime::PERSISTENT, PERSISTENT_ID);
    let made = key::import(&Veneers, &kept, MAC_KEY);
    assert!(made.is_ok() || made == Err(Status::ALREADY_EXISTS));
    let mut code = [0; 32];
    let signed = mac::compute(&Veneers, PERSISTENT_ID, HMAC, MAC_MESSAGE, &mut code);
    assert_eq!(signed, Ok(32));
    assert_eq!(code, MAC, "the key is another one");
    made.is_ok()
}

/// Creates keys and resets the device; after the reset, checks which keys exist.
pub fn outlive_a_reset() -> ! {
    let ids = [PERSISTENT_ID, OTHER_ID];
    let kept = persistent(Lifetime::PERSISTENT, PERSISTENT_ID);
    let fixed = persistent(Lifetime::READ_ONLY, OTHER_ID);
    match key::import(&Veneers, &kept, MAC_KEY) {
        Ok(_) => {
            assert_eq!(key::generate(&Veneers, &fixed), Ok(OTHER_ID));
            let volatile = mac_key();
            print_line!("keys: {volatile:?} is volatile");
            // What is forbidden resets the device.
            faults::commit(RESETTING_FAULT)
        }
        Err(error) => assert_eq!(error, Status::ALREADY_EXISTS),
    }
    let mut code = [0; 32];
    for id in ids {
        assert_eq!(
            mac::compute(&Veneers, id, HMAC, MAC_MESSAGE, &mut code),
            Ok(32)
        );
    }
    assert_ne!(code, MAC);
    let destroyed = ids.map(|id| key::destroy(&Veneers, id));
    assert_eq!(destroyed, [Ok(()), Err(Status::NOT_PERMITTED)]);
    assert_eq!(key::attributes(&Veneers, OTHER_ID), Ok(fixed));
    let volatile = key::attributes(&Veneers, KeyId(0x4000_0001));
    assert_eq!(volatile, Err(Status::INVALID_HANDLE));
    print_line!("keys: the persistent ones outlived the reset, the volatile one did not");
    semihosting::exit(0)
}

pub fn random_numbers_differ() {
    let mut parts = [[0; 32]; 8];
    for part in &mut parts {
        assert_eq!(random::generate(&Veneers, part), Ok(()));
    }
    for (index, part) in parts.iter().enumerate() {
        assert!(!parts[..index].contains(part));
    }
}
