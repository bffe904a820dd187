// SPDX-License-Identifier: Apache-2.0
//! Persistent keys that another image has stored, or somebody who can write to the flash: they
//! are judged when they are loaded as if they were imported.

use crypto::{AllContexts, Configuration, Fixed, LEAST_KEY_OBJECT_BYTES, SmallContexts, Wanted};
use primitives::{
    aes::Aes128,
    sha2::Sha2,
    sha256::{Portable as Sha256Compression, Sha256},
    sha512::Sha512,
};
use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Usage},
};

use crate::{calls::*, client::*, storage::Storage};

const ID: KeyId = KeyId(7);
/// Its object for client -1.
const UID: u64 = 0xFFFF_FFFF_0000_0007;

macro_rules! image {
    ($name:ident, $wanted:expr, $contexts:ty, $hash:ty, $object_bytes:expr) => {
        struct $name;

        impl Configuration for $name {
            const WANTED: Wanted = $wanted;
            type Contexts = $contexts;
            type Operations = Fixed<OPERATIONS>;
            type Keys = Fixed<KEYS>;
            type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
            type Hash = $hash;
            type Compression = Sha256Compression;
            type Cipher = Aes128;
            type Entropy = Source;
            const KEY_OBJECT_BYTES: Option<usize> = Some($object_bytes);
        }
    };
}

type OneHash = Sha256<Sha256Compression>;
type AllHashes = Sha2<Sha256Compression, Sha512>;

image!(Small, Wanted::SMALL, SmallContexts, OneHash, 512);
image!(Symmetric, Wanted::SYMMETRIC, AllContexts, AllHashes, 512);
image!(Everything, Wanted::ALL, AllContexts, AllHashes, 512);
image!(
    LongKeys,
    Wanted {
        aes_256: true,
        cbc_no_padding: true,
        cmac: true,
        gcm: true,
        ..Wanted::SMALL
    },
    AllContexts,
    OneHash,
    512
);
image!(
    Hashes,
    Wanted {
        sha_512: true,
        hmac: true,
        ..Wanted::NONE
    },
    SmallContexts,
    AllHashes,
    512
);
image!(
    Tight,
    Wanted::SMALL,
    SmallContexts,
    OneHash,
    LEAST_KEY_OBJECT_BYTES
);
image!(Vast, Wanted::SMALL, SmallContexts, OneHash, 0x1_0000);

fn persistent(key_type: KeyType, bits: u16, algorithm: Algorithm) -> KeyAttributes {
    KeyAttributes {
        lifetime: Lifetime::PERSISTENT,
        id: ID,
        ..KeyAttributes::new(key_type, bits, ALL_USES, algorithm)
    }
}

/// A private key, or the beginning of one.
fn material(bytes: usize) -> Vec<u8> {
    (1..=bytes).map(|index| index as u8).collect()
}

/// The public key of `material(32)`.
fn public_key() -> Vec<u8> {
    let private = material(32).try_into().unwrap();
    primitives::p256::public_key(&private).unwrap().to_vec()
}

fn storage_with(attributes: &KeyAttributes, material: &[u8]) -> Storage {
    let object = [material, &attributes.encode(), b"CmK\x01"].concat();
    let storage = Storage::default();
    storage.with(|state| state.objects.insert(UID, (0, object)));
    storage
}

/// An image loads an object exactly if it would import the key; returns whether it does.
fn judge<C: Configuration<Entropy = Source>>(attributes: &KeyAttributes, material: &[u8]) -> bool {
    let imported = Device::<C>::with_backend().import(attributes, material);
    let device = Device::<C>::with_storage(storage_with(attributes, material));
    if imported.is_ok() && attributes.bits != 0 {
        assert_eq!(imported, Ok(ID));
        let expected = KeyAttributes {
            usage: attributes.usage.complete(),
            ..*attributes
        };
        assert_eq!(device.attributes(ID), Ok(expected));
        let exported = device.export(ID, material.len());
        if attributes.usage.includes(Usage::EXPORT) {
            assert_eq!(exported, Ok(material.to_vec()));
        }
        return true;
    }
    let refused = Status::DATA_INVALID;
    assert_eq!(device.attributes(ID), Err(refused), "{attributes:?}");
    assert_eq!(device.export(ID, 512), Err(refused));
    let copy = KeyAttributes {
        lifetime: Lifetime::VOLATILE,
        id: KeyId::NULL,
        ..*attributes
    };
    assert_eq!(device.copy(ID, &copy), Err(refused));
    let cipher = Function::CIPHER_ENCRYPT_SETUP;
    for function in [
        Function::MAC_SIGN_SETUP,
        Function::AEAD_ENCRYPT_SETUP,
        cipher,
    ] {
        let setup = device.setup_with(function, ID, attributes.algorithm);
        assert!(setup == Err(refused) || setup == Err(Status::NOT_SUPPORTED));
    }
    // It is in the way of no other key, and can be destroyed.
    assert_eq!(device.destroy(ID), Ok(()));
    false
}

/// Keys of each type and size of each algorithm, stored by the image that has everything.
fn keys_of_all_images() -> Vec<(KeyAttributes, Vec<u8>)> {
    let storing = Device::<Everything>::with_backend();
    let mut keys = Vec::new();
    let types = [
        (KeyType::AES, [16, 24, 32].as_slice()),
        (KeyType::CHACHA20, &[32]),
        (KeyType::HMAC, &[1, 32, 65, 100]),
        (KeyType::DERIVE, &[16, 32]),
        (KeyType::PASSWORD, &[9]),
        (KeyType::PEPPER, &[9]),
        (KeyType::RAW_DATA, &[1, 32]),
        (KeyType::ECC_KEY_PAIR_SECP_R1, &[32]),
        (KeyType::ECC_PUBLIC_KEY_SECP_R1, &[65]),
    ];
    for (key_type, sizes) in types {
        for &bytes in sizes {
            for algorithm in ALGORITHMS {
                let (bits, data) = match key_type {
                    KeyType::ECC_PUBLIC_KEY_SECP_R1 => (256, public_key()),
                    _ => (bytes as u16 * 8, material(bytes)),
                };
                let attributes = persistent(key_type, bits, algorithm);
                assert_eq!(storing.import(&attributes, &data), Ok(ID));
                let object = storing.storage.with(|state| state.objects[&UID].1.clone());
                assert_eq!(object[..data.len()], data);
                storing.destroy(ID).unwrap();
                keys.push((attributes, data));
            }
        }
    }
    keys
}

/// An algorithm of each service that takes keys.
const ALGORITHMS: [Algorithm; 12] = [
    Algorithm::NONE,
    HMAC,
    Algorithm::hmac(Algorithm::SHA_512),
    Algorithm::CMAC,
    CCM,
    Algorithm::GCM,
    Algorithm::CHACHA20_POLY1305,
    Algorithm::CTR,
    Algorithm::CBC_NO_PADDING,
    Algorithm::ECDSA_ANY,
    Algorithm::ECDH,
    Algorithm::hkdf(Algorithm::SHA_256),
];

#[test]
fn an_image_takes_the_keys_of_another_that_it_would_import() {
    let keys = keys_of_all_images();
    let taken = |judge: fn(&KeyAttributes, &[u8]) -> bool| {
        let taken = keys
            .iter()
            .filter(|(attributes, data)| judge(attributes, data));
        taken.count()
    };
    let numbers = [
        taken(judge::<Small>),
        taken(judge::<LongKeys>),
        taken(judge::<Hashes>),
        taken(judge::<Symmetric>),
        taken(judge::<Everything>),
    ];
    assert_eq!(numbers[4], keys.len());
    // Types with their sizes, times the algorithms that there are.
    assert_eq!(numbers[..4], [9 * 6, 10 * 7, 9 * 5, 14 * 10]);
}

/// A block of zeros that comes out unencrypted, or the same as under no key.
#[test]
fn nothing_is_encrypted_under_a_key_that_the_image_has_no_room_for() {
    for bytes in [24, 32] {
        let attributes = persistent(KeyType::AES, bytes as u16 * 8, CCM);
        let device = Device::<Small>::with_storage(storage_with(&attributes, &material(bytes)));
        let encrypt = Function::AEAD_ENCRYPT;
        let output = device.aead(encrypt, (ID, CCM), &[1; 13], &[&[0; 32]], Output::New(48));
        assert_eq!(output, Err(Status::DATA_INVALID));
    }
}

/// Whoever writes the flash chooses each field.
#[test]
fn hostile_objects_are_judged_as_imports_are() {
    let mut accepted = 0;
    for key_type in [
        0, 0x1001, 0x1100, 0x1200, 0x1203, 0x2002, 0x2004, 0x2400, 0x4112, 0x7112,
    ] {
        for bytes in [0, 1, 15, 16, 17, 24, 28, 31, 32, 33, 48, 64, 65] {
            for bits in [0, 1, 8 * bytes as u16, 8 * bytes as u16 + 1, 256, 0xFFF8] {
                let attributes = persistent(KeyType(key_type), bits, HMAC);
                let data = match bytes {
                    65 => public_key(),
                    _ => material(bytes),
                };
                accepted += usize::from(judge::<Everything>(&attributes, &data));
                judge::<Small>(&attributes, &data);
            }
        }
    }
    assert!(accepted > 40, "{accepted}");
    let right = persistent(KeyType::AES, 128, CCM);
    for lifetime in [0, 1, 2, 0xFE, 0xFF, 0x101, 0x1FF, 0x8000_0001, u32::MAX] {
        let lifetime = Lifetime(lifetime);
        let is_taken = judge::<Small>(&KeyAttributes { lifetime, ..right }, &material(16));
        assert_eq!(is_taken, lifetime.is_stored());
    }
    for bit in 0..32 {
        let usage = Usage(right.usage.0 ^ 1 << bit);
        let is_taken = judge::<Small>(&KeyAttributes { usage, ..right }, &material(16));
        assert_eq!(is_taken, usage.is_valid());
        let algorithm = Algorithm(CCM.0 ^ 1 << bit);
        judge::<Small>(&KeyAttributes { algorithm, ..right }, &material(16));
        let second_algorithm = Algorithm(1 << bit);
        let two = KeyAttributes {
            second_algorithm,
            ..right
        };
        judge::<Small>(&two, &material(16));
    }
}

/// Numbers that are no private key, and points that are not on the curve.
#[test]
fn hostile_keys_of_the_curve_are_refused() {
    let algorithm = Algorithm::ECDSA_ANY;
    let pair = persistent(KeyType::ECC_KEY_PAIR_SECP_R1, 256, algorithm);
    let public = persistent(KeyType::ECC_PUBLIC_KEY_SECP_R1, 256, algorithm);
    assert!(judge::<Everything>(&pair, &material(32)));
    assert!(!judge::<Everything>(&pair, &[0; 32]));
    assert!(!judge::<Everything>(&pair, &[0xFF; 32]));
    assert!(judge::<Everything>(&public, &public_key()));
    let mut other = public_key();
    other[64] ^= 1;
    assert!(!judge::<Everything>(&public, &other));
}

/// The most material: an object has room for it and its attributes, and so has the memory for keys.
#[test]
fn a_persistent_key_is_as_large_as_storage_and_memory_allow() {
    let most_in_memory = KEY_MATERIAL_BYTES - 28;
    largest::<Tight>(LEAST_KEY_OBJECT_BYTES - 28);
    largest::<Portable>(OBJECT_BYTES - 28);
    largest::<Vast>(most_in_memory);
}

fn largest<C: Configuration<Entropy = Source>>(most_bytes: usize) {
    let device = Device::<C>::with_backend();
    let sized = |bytes: usize| {
        let attributes = persistent(KeyType::RAW_DATA, bytes as u16 * 8, Algorithm::NONE);
        device.import(&attributes, &material(bytes))
    };
    assert_eq!(sized(most_bytes + 1), Err(Status::NOT_SUPPORTED));
    assert_eq!(sized(KEY_MATERIAL_BYTES), Err(Status::NOT_SUPPORTED));
    assert_eq!(sized(most_bytes), Ok(ID));
    assert_eq!(device.export(ID, most_bytes), Ok(material(most_bytes)));
    let larger = persistent(
        KeyType::RAW_DATA,
        most_bytes as u16 * 8 + 8,
        Algorithm::NONE,
    );
    assert_eq!(device.destroy(ID), Ok(()));
    assert_eq!(device.generate(&larger), Err(Status::NOT_SUPPORTED));
}
