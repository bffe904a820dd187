// SPDX-License-Identifier: Apache-2.0
//! Key management: each status of each function, owners, policies, exhaustion.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Pack, Usage},
};

use crate::{calls::*, client::*};

const UNKNOWN: KeyId = KeyId(0x4000_1234);

fn raw(usage: Usage) -> KeyAttributes {
    KeyAttributes::new(KeyType::RAW_DATA, 0, usage, Algorithm::NONE)
}

#[test]
fn what_was_imported_can_be_exported_and_asked_for() {
    let device = Device::new();
    for (key_type, bytes) in [
        (KeyType::AES, 16),
        (KeyType::HMAC, 1),
        (KeyType::HMAC, 65),
        (KeyType::DERIVE, 33),
        (KeyType::RAW_DATA, 7),
    ] {
        let data: Vec<u8> = (1..=bytes).collect();
        let bits = u16::from(bytes) * 8;
        for stated in [0, bits] {
            let wanted = KeyAttributes {
                second_algorithm: CCM,
                ..KeyAttributes::new(key_type, stated, Usage::EXPORT, HMAC)
            };
            let key = device.import(&wanted, &data).unwrap();
            assert_eq!(device.export(key, data.len()), Ok(data.clone()));
            assert_eq!(device.export(key, 100), Ok(data.clone()));
            assert_eq!(
                device.attributes(key),
                Ok(KeyAttributes {
                    bits,
                    id: key,
                    ..wanted
                })
            );
            assert_eq!(device.destroy(key), Ok(()));
            assert_eq!(device.export(key, 100), Err(Status::INVALID_HANDLE));
        }
    }
}

#[test]
fn keys_that_can_not_be() {
    let device = Device::new();
    let aes = |bits| KeyAttributes::new(KeyType::AES, bits, Usage::EXPORT, CCM);
    let place = |lifetime, id| KeyAttributes {
        lifetime: Lifetime(lifetime),
        id: KeyId(id),
        ..aes(0)
    };
    let other = |key_type| KeyAttributes::new(KeyType(key_type), 0, Usage::NONE, CCM);
    let usage = |bits| KeyAttributes::new(KeyType::AES, 0, Usage(bits), CCM);
    for (attributes, bytes, status) in [
        (aes(128), 15, Status::INVALID_ARGUMENT),
        (aes(0), 17, Status::INVALID_ARGUMENT),
        (aes(0), 0, Status::INVALID_ARGUMENT),
        (aes(256), 16, Status::INVALID_ARGUMENT),
        (aes(127), 16, Status::INVALID_ARGUMENT),
        (aes(192), 24, Status::NOT_SUPPORTED),
        (aes(0), 32, Status::NOT_SUPPORTED),
        (raw(Usage::NONE), 0, Status::INVALID_ARGUMENT),
        (raw(Usage::NONE), 8192, Status::NOT_SUPPORTED),
        (
            raw(Usage::NONE),
            KEY_MATERIAL_BYTES + 1,
            Status::INSUFFICIENT_MEMORY,
        ),
        (other(0), 16, Status::NOT_SUPPORTED),
        (other(0), 0, Status::NOT_SUPPORTED),
        (other(0x2002), 16, Status::NOT_SUPPORTED), // ARC4
        (other(0x7112), 32, Status::NOT_SUPPORTED), // a key pair
        (usage(0x0008), 16, Status::INVALID_ARGUMENT),
        (usage(0x8000_0000), 16, Status::INVALID_ARGUMENT),
        (place(0, 1), 16, Status::INVALID_ARGUMENT),
        (place(2, 0x3FFF_FFFF), 16, Status::NOT_SUPPORTED),
        (place(1, 0), 16, Status::INVALID_ARGUMENT),
        (place(1, 0x4000_0000), 16, Status::INVALID_ARGUMENT),
        (place(0xFF, 0), 16, Status::INVALID_ARGUMENT),
        (place(0xFF, u32::MAX), 16, Status::INVALID_ARGUMENT),
        (place(0x100, 0), 16, Status::INVALID_ARGUMENT),
        (place(0x8000_0001, 1), 16, Status::INVALID_ARGUMENT),
    ] {
        let refused = device.import(&attributes, &vec![7; bytes]);
        assert_eq!(refused, Err(status), "{attributes:?}, {bytes} bytes");
    }
    // None of them took any room.
    let all = device.import(&raw(Usage::EXPORT), &vec![7; KEY_MATERIAL_BYTES]);
    assert_eq!(
        device.export(all.unwrap(), 0x1000).unwrap().len(),
        KEY_MATERIAL_BYTES
    );
}

#[test]
fn keys_are_generated_by_type_and_size() {
    let device = Device::new();
    let wanted = |key_type, bits| KeyAttributes::new(key_type, bits, Usage::EXPORT, HMAC);
    let mut materials = Vec::new();
    for (key_type, bits) in [
        (KeyType::AES, 128),
        (KeyType::AES, 128),
        (KeyType::HMAC, 256),
        (KeyType::DERIVE, 520),
        (KeyType::RAW_DATA, 64),
    ] {
        let key = device.generate(&wanted(key_type, bits)).unwrap();
        assert_eq!(device.attributes(key).unwrap().bits, bits);
        let material = device.export(key, 100).unwrap();
        assert_eq!(material.len(), usize::from(bits) / 8);
        assert!(!materials.contains(&material));
        materials.push(material);
    }
    for (key_type, bits, status) in [
        (KeyType::AES, 0, Status::INVALID_ARGUMENT),
        (KeyType::AES, 127, Status::INVALID_ARGUMENT),
        (KeyType::AES, 120, Status::INVALID_ARGUMENT),
        (KeyType::AES, 192, Status::NOT_SUPPORTED),
        (KeyType::HMAC, 0, Status::INVALID_ARGUMENT),
        (KeyType::HMAC, 9, Status::INVALID_ARGUMENT),
        (KeyType::NONE, 128, Status::NOT_SUPPORTED),
        (KeyType::NONE, 0, Status::NOT_SUPPORTED),
        (KeyType(0x7112), 256, Status::NOT_SUPPORTED),
        (KeyType::RAW_DATA, 0xFFF8, Status::INSUFFICIENT_MEMORY),
    ] {
        assert_eq!(device.generate(&wanted(key_type, bits)), Err(status));
    }
}

#[test]
fn without_entropy_no_key_is_generated_and_none_stays() {
    let device = Device::new();
    device.source.fails.set(true);
    let wanted = KeyAttributes::new(KeyType::AES, 128, Usage::EXPORT, CCM);
    for _ in 0..2 * KEYS {
        assert_eq!(device.generate(&wanted), Err(Status::INSUFFICIENT_ENTROPY));
    }
    device.source.fails.set(false);
    for _ in 0..KEYS {
        assert!(device.generate(&wanted).is_ok());
    }
}

#[test]
fn slots_and_room_run_out_and_come_back() {
    let device = Device::new();
    let mut keys: Vec<_> = (0..KEYS)
        .map(|index| {
            device
                .import(&raw(Usage::EXPORT), &[index as u8; 3])
                .unwrap()
        })
        .collect();
    let one_more = || device.import(&raw(Usage::EXPORT), &[0xAA; 3]);
    assert_eq!(one_more(), Err(Status::INSUFFICIENT_MEMORY));
    let wanted = KeyAttributes {
        bits: 8,
        ..raw(Usage::NONE)
    };
    assert_eq!(device.generate(&wanted), Err(Status::INSUFFICIENT_MEMORY));
    // One from the middle goes; the others stay what they are.
    assert_eq!(device.destroy(keys.remove(5)), Ok(()));
    keys.push(one_more().unwrap());
    for (key, byte) in keys.iter().zip([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 0xAA]) {
        assert_eq!(device.export(*key, 3), Ok(vec![byte; 3]));
    }
}

#[test]
fn export_needs_the_right_and_the_room() {
    let device = Device::new();
    let secret = device.import(&raw(Usage(0xFF06)), &[1; 16]).unwrap();
    assert_eq!(device.export(secret, 16), Err(Status::NOT_PERMITTED));
    let open = device.import(&raw(Usage::EXPORT), &[1; 16]).unwrap();
    for room in [0, 1, 15] {
        assert_eq!(device.export(open, room), Err(Status::BUFFER_TOO_SMALL));
    }
    for key in [KeyId::NULL, UNKNOWN, KeyId(1), KeyId(u32::MAX)] {
        assert_eq!(device.export(key, 16), Err(Status::INVALID_HANDLE));
    }
}

#[test]
fn functions_on_keys_that_do_not_exist() {
    let device = Device::new();
    let key = device.import(&raw(Usage::EXPORT), &[1; 16]).unwrap();
    let missing = Err(Status::INVALID_HANDLE);
    for id in [UNKNOWN, KeyId(key.0 + 1), KeyId(u32::MAX)] {
        assert_eq!(device.destroy(id), missing);
        assert_eq!(device.attributes(id).map(|_| ()), missing);
        assert_eq!(device.copy(id, &KeyAttributes::NONE).map(|_| ()), missing);
        assert_eq!(device.key_function(Function::PURGE_KEY, id), missing);
        assert_eq!(
            device.key_function(Function::EXPORT_PUBLIC_KEY, id),
            missing
        );
    }
    assert_eq!(device.destroy(KeyId::NULL), Ok(()));
    assert_eq!(
        device.key_function(Function::PURGE_KEY, KeyId::NULL),
        missing
    );
    // A volatile key survives a purge and has no public part.
    assert_eq!(device.key_function(Function::PURGE_KEY, key), Ok(()));
    assert_eq!(
        device.key_function(Function::EXPORT_PUBLIC_KEY, key),
        Err(Status::INVALID_ARGUMENT)
    );
    assert_eq!(device.export(key, 16), Ok(vec![1; 16]));
    assert_eq!(device.destroy(key), Ok(()));
    assert_eq!(device.destroy(key), missing);
}

#[test]
fn a_copy_may_do_what_both_policies_allow() {
    let device = Device::new();
    let least = |bytes| CCM.aead_with_at_least_this_length_tag(bytes);
    let uses = Usage::COPY.with(Usage::EXPORT).with(Usage::ENCRYPT);
    let source = KeyAttributes::new(KeyType::AES, 128, uses, least(8));
    let key = device.import(&source, &[9; 16]).unwrap();
    let wanted = |usage, algorithm| KeyAttributes {
        usage,
        algorithm,
        ..KeyAttributes::NONE
    };
    for (usage, algorithm, expected) in [
        (ALL_USES, least(4), (uses, least(8))),
        (Usage::ENCRYPT, CCM, (Usage::ENCRYPT, CCM)),
        (Usage::EXPORT, least(12), (Usage::EXPORT, least(12))),
        (
            Usage::DECRYPT,
            Algorithm::NONE,
            (Usage::NONE, Algorithm::NONE),
        ),
    ] {
        let copy = device.copy(key, &wanted(usage, algorithm)).unwrap();
        let attributes = device.attributes(copy).unwrap();
        assert_eq!((attributes.usage, attributes.algorithm), expected);
        assert_eq!((attributes.key_type, attributes.bits), (KeyType::AES, 128));
        if attributes.usage.includes(Usage::EXPORT) {
            assert_eq!(device.export(copy, 16), Ok(vec![9; 16]));
        }
        device.destroy(copy).unwrap();
    }
    let invalid = Err(Status::INVALID_ARGUMENT);
    for refused in [
        wanted(ALL_USES, CCM.aead_with_shortened_tag(4)),
        wanted(ALL_USES, HMAC),
        wanted(Usage(0x10), CCM),
        KeyAttributes {
            bits: 256,
            ..wanted(uses, CCM)
        },
        KeyAttributes {
            key_type: KeyType::HMAC,
            ..wanted(uses, CCM)
        },
        KeyAttributes {
            id: KeyId(5),
            ..wanted(uses, CCM)
        },
        KeyAttributes {
            lifetime: Lifetime(0x300),
            ..wanted(uses, CCM)
        },
    ] {
        assert_eq!(device.copy(key, &refused), invalid, "{refused:?}");
    }
    let fixed = device.import(&raw(Usage::EXPORT), &[1; 16]).unwrap();
    assert_eq!(
        device.copy(fixed, &KeyAttributes::NONE),
        Err(Status::NOT_PERMITTED)
    );
    while device.copy(key, &wanted(ALL_USES, CCM)).is_ok() {}
    assert_eq!(
        device.copy(key, &wanted(ALL_USES, CCM)),
        Err(Status::INSUFFICIENT_MEMORY)
    );
}

#[test]
fn the_right_for_hashes_is_a_right_for_messages() {
    let device = Device::new();
    let wanted = KeyAttributes::new(KeyType::HMAC, 0, Usage::SIGN_HASH, HMAC);
    let key = device.import(&wanted, &[1; 16]).unwrap();
    assert_eq!(device.attributes(key).unwrap().usage, Usage(0x1400));
    assert!(device.mac_compute(key, HMAC, b"", 32).is_ok());
    assert_eq!(
        device.mac_verify(key, HMAC, b"", &[0; 32]),
        Err(Status::NOT_PERMITTED)
    );
}

#[test]
fn clients_never_meet() {
    let device = Device::new();
    let mine = device.import(&raw(ALL_USES), b"mine").unwrap();
    for other in [-2, i32::MIN, 0, 259] {
        device.become_client(other);
        assert_eq!(device.export(mine, 16), Err(Status::INVALID_HANDLE));
        assert_eq!(device.destroy(mine), Err(Status::INVALID_HANDLE));
        assert!(device.attributes(mine).is_err());
        assert!(device.copy(mine, &KeyAttributes::NONE).is_err());
        let code = device.mac_compute(mine, HMAC, b"", 32);
        assert_eq!(code, Err(Status::INVALID_HANDLE));
        let setup = device.setup_with(Function::MAC_SIGN_SETUP, mine, HMAC);
        assert_eq!(setup, Err(Status::INVALID_HANDLE));
    }
    device.become_client(-1);
    assert_eq!(device.export(mine, 16), Ok(b"mine".to_vec()));
}

#[test]
fn calls_that_no_library_makes() {
    let device = Device::new();
    let attributes = raw(ALL_USES).encode();
    for (function, inputs) in [
        (Function::IMPORT_KEY, &[&attributes[..23], &[1; 4]][..]),
        (
            Function::IMPORT_KEY,
            &[&[&attributes[..], &[0]].concat(), &[1; 4]],
        ),
        (Function::IMPORT_KEY, &[]),
        (Function::GENERATE_KEY, &[]),
        (Function::COPY_KEY, &[&[]]),
    ] {
        let answer = device.function(Pack::new(function), inputs, &[Output::New(4)]);
        assert_eq!(created(&answer), Err(Status::PROGRAMMER_ERROR));
    }
    let pack = Pack::new(Function::IMPORT_KEY);
    for outputs in [&[][..], &[Output::New(3)], &[Output::New(8)]] {
        let answer = device.function(pack.clone(), &[&attributes, &[1; 4]], outputs);
        assert_eq!(answer.status, Status::PROGRAMMER_ERROR);
    }
    let pack = Pack::new(Function::GET_KEY_ATTRIBUTES);
    for room in [0, 23, 25] {
        let answer = device.function(pack.clone(), &[], &[Output::New(room)]);
        assert_eq!(answer.status, Status::PROGRAMMER_ERROR);
    }
}
