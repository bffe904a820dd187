// SPDX-License-Identifier: Apache-2.0
//! Persistent keys: where they are, how long, and what becomes of them when the storage fails.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Usage},
};

use crate::{
    calls::*,
    client::*,
    storage::{MOST_OBJECTS, Storage, WRITE_ONCE},
};

const ID: KeyId = KeyId(0x0001_2345);
/// Its object for client -1.
const UID: u64 = 0xFFFF_FFFF_0001_2345;
const LAST: KeyId = KeyId(0x3FFF_FFFF);
const TRAILER_BYTES: usize = 28;
const MATERIAL: [u8; 16] = *b"0123456789abcdef";

fn persistent(id: KeyId) -> KeyAttributes {
    KeyAttributes {
        lifetime: Lifetime::PERSISTENT,
        id,
        bits: 128,
        ..hmac_key()
    }
}

fn read_only(id: KeyId) -> KeyAttributes {
    KeyAttributes {
        lifetime: Lifetime::READ_ONLY,
        ..persistent(id)
    }
}

/// A copy may be kept in memory.
fn cached(id: KeyId) -> KeyAttributes {
    let wanted = persistent(id);
    assert!(wanted.usage.includes(Usage::CACHE));
    wanted
}

fn uncached(id: KeyId) -> KeyAttributes {
    KeyAttributes {
        usage: Usage(ALL_USES.0 & !Usage::CACHE.0),
        ..persistent(id)
    }
}

/// The same device after a loss of power.
fn restarted(device: Device) -> Device {
    Device::with_storage(device.storage)
}

#[test]
fn a_key_outlives_a_restart() {
    for wanted in [cached(ID), uncached(ID), cached(LAST), read_only(KeyId(1))] {
        let device = Device::new();
        assert_eq!(device.import(&wanted, &MATERIAL), Ok(wanted.id));
        let code = device.mac_compute(wanted.id, HMAC, b"m", 32);
        let device = restarted(device);
        assert_eq!(device.attributes(wanted.id), Ok(wanted));
        assert_eq!(device.export(wanted.id, 16), Ok(MATERIAL.to_vec()));
        assert!(code.is_ok());
        assert_eq!(device.mac_compute(wanted.id, HMAC, b"m", 32), code);
        let operation = device.setup_with(Function::MAC_SIGN_SETUP, wanted.id, HMAC);
        assert!(operation.is_ok());
    }
}

#[test]
fn generated_keys_and_copies_outlive_it_too() {
    let device = Device::new();
    let generated = device.generate(&cached(ID)).unwrap();
    let material = device.export(generated, 16).unwrap();
    let copy = KeyAttributes {
        bits: 0,
        ..read_only(LAST)
    };
    assert_eq!(device.copy(generated, &copy), Ok(LAST));
    let device = restarted(device);
    assert_eq!(device.export(ID, 16), Ok(material.clone()));
    assert_eq!(device.export(LAST, 16), Ok(material.clone()));
    // And from there into a volatile key.
    let volatile = device.copy(LAST, &KeyAttributes::new(KeyType::NONE, 0, ALL_USES, HMAC));
    assert_eq!(device.export(volatile.unwrap(), 16), Ok(material));
}

#[test]
fn one_request_creates_a_key_in_the_format_of_the_documentation() {
    let device = Device::new();
    device.import(&cached(ID), &MATERIAL).unwrap();
    device.import(&read_only(LAST), b"ro").unwrap_err();
    let ro = KeyAttributes {
        bits: 16,
        ..read_only(LAST)
    };
    device.import(&ro, b"ro").unwrap();
    assert_eq!(device.storage.sets(), 2);
    device.storage.with(|state| {
        let expected = [&MATERIAL[..], &cached(ID).encode(), b"CmK\x01"].concat();
        assert_eq!(state.objects[&UID], (0, expected));
        let (flags, data) = &state.objects[&0xFFFF_FFFF_3FFF_FFFF];
        assert_eq!((*flags, data.len()), (WRITE_ONCE, 2 + TRAILER_BYTES));
    });
}

#[test]
fn owners_never_meet() {
    let device = Device::new();
    for (client, byte) in [(-1, 1), (-2, 2), (259, 3), (1, 4)] {
        device.become_client(client);
        assert_eq!(device.export(ID, 16), Err(Status::INVALID_HANDLE));
        assert_eq!(device.destroy(ID), Err(Status::INVALID_HANDLE));
        assert_eq!(device.import(&cached(ID), &[byte; 16]), Ok(ID));
    }
    let device = restarted(device);
    for (client, byte) in [(259, 3), (1, 4), (-1, 1), (-2, 2)] {
        device.become_client(client);
        assert_eq!(device.export(ID, 16), Ok(vec![byte; 16]));
        assert_eq!(device.destroy(ID), Ok(()));
        assert_eq!(device.destroy(ID), Err(Status::INVALID_HANDLE));
    }
    device
        .storage
        .with(|state| assert!(state.objects.is_empty()));
}

#[test]
fn an_id_is_used_once() {
    let device = Device::new();
    device.import(&cached(ID), &MATERIAL).unwrap();
    let exists = Err(Status::ALREADY_EXISTS);
    for device in [device, Device::new()] {
        let _ = device.import(&uncached(ID), &MATERIAL);
        let before = device.storage.sets();
        assert_eq!(device.import(&cached(ID), &[0; 16]), exists);
        assert_eq!(device.generate(&read_only(ID)), exists);
        assert_eq!(device.copy(ID, &cached(ID)), exists);
        assert_eq!(device.storage.sets(), before);
        assert_eq!(device.export(ID, 16), Ok(MATERIAL.to_vec()));
        assert_eq!(device.destroy(ID), Ok(()));
        assert_eq!(device.import(&cached(ID), &[5; 16]), Ok(ID));
        assert_eq!(device.export(ID, 16), Ok(vec![5; 16]));
    }
}

#[test]
fn a_read_only_key_stays() {
    let device = Device::new();
    device.import(&read_only(ID), &MATERIAL).unwrap();
    let refused = Err(Status::NOT_PERMITTED);
    assert_eq!(device.destroy(ID), refused);
    assert_eq!(device.key_function(Function::PURGE_KEY, ID), Ok(()));
    let device = restarted(device);
    assert_eq!(device.destroy(ID), refused);
    assert_eq!(device.export(ID, 16), Ok(MATERIAL.to_vec()));
    assert_eq!(device.destroy(ID), refused);
}

#[test]
fn no_copy_outlasts_a_call() {
    let device = Device::new();
    for (id, wanted) in [(ID, cached(ID)), (LAST, uncached(LAST))] {
        device.import(&wanted, &MATERIAL).unwrap();
        for _ in 0..2 {
            let before = device.storage.gets();
            device.mac_compute(id, HMAC, b"m", 32).unwrap();
            assert_eq!(device.storage.gets(), before + 1);
            assert_eq!(device.key_function(Function::PURGE_KEY, id), Ok(()));
        }
    }
    let purged = device.key_function(Function::PURGE_KEY, KeyId(7));
    assert_eq!(purged, Err(Status::INVALID_HANDLE));
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
    assert!(device.import(&raw, &[1; KEY_MATERIAL_BYTES]).is_ok());
}

#[test]
fn a_key_that_was_copied_can_be_destroyed() {
    for restart in [false, true] {
        let device = Device::new();
        device.import(&cached(ID), &MATERIAL).unwrap();
        let wanted = KeyAttributes::new(KeyType::NONE, 0, ALL_USES, HMAC);
        let volatile = device.copy(ID, &wanted).unwrap();
        assert_eq!(device.destroy(ID), Ok(()));
        assert_eq!(device.export(volatile, 16), Ok(MATERIAL.to_vec()));
        let device = if restart { restarted(device) } else { device };
        assert_eq!(device.export(ID, 16), Err(Status::INVALID_HANDLE));
    }
}

#[test]
fn a_call_needs_a_row_of_the_table() {
    let device = Device::new();
    device.import(&cached(ID), &MATERIAL).unwrap();
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
    let volatile: Vec<_> = (0..KEYS as u8)
        .map(|byte| device.import(&raw, &[byte; 4]).unwrap())
        .collect();
    let full = Status::INSUFFICIENT_MEMORY;
    assert_eq!(device.export(ID, 16), Err(full));
    assert_eq!(device.import(&cached(LAST), &MATERIAL), Err(full));
    device.destroy(volatile[3]).unwrap();
    assert_eq!(device.export(ID, 16), Ok(MATERIAL.to_vec()));
    // Two are needed to copy a key in storage to another one.
    assert_eq!(device.copy(ID, &cached(LAST)), Err(full));
    device.destroy(volatile[4]).unwrap();
    assert_eq!(device.copy(ID, &cached(LAST)), Ok(LAST));
    assert_eq!(device.export(LAST, 16), Ok(MATERIAL.to_vec()));
    for (index, key) in volatile.iter().enumerate() {
        if index != 3 && index != 4 {
            assert_eq!(device.export(*key, 4), Ok(vec![index as u8; 4]));
        }
    }
}

#[test]
fn material_needs_room_for_the_time_of_the_call() {
    let device = Device::new();
    let raw = |bytes: usize| {
        let wanted = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
        device.import(&wanted, &vec![1; bytes])
    };
    device.import(&uncached(ID), &MATERIAL).unwrap();
    let object_bytes = MATERIAL.len() + TRAILER_BYTES;
    let filling = raw(KEY_MATERIAL_BYTES - object_bytes).unwrap();
    assert_eq!(device.export(ID, 16), Ok(MATERIAL.to_vec()));
    device.import(&uncached(LAST), &MATERIAL).unwrap();
    let one_more = raw(1).unwrap();
    assert_eq!(device.export(ID, 16), Err(Status::INSUFFICIENT_MEMORY));
    let created = device.import(&uncached(KeyId(3)), &MATERIAL);
    assert_eq!(created, Err(Status::INSUFFICIENT_MEMORY));
    assert_eq!(device.storage.sets(), 2);
    device.destroy(one_more).unwrap();
    assert_eq!(device.export(ID, 16), Ok(MATERIAL.to_vec()));
    device.destroy(filling).unwrap();
    assert!(raw(KEY_MATERIAL_BYTES).is_ok());
    assert_eq!(device.export(ID, 16), Err(Status::INSUFFICIENT_MEMORY));
    // To destroy a key takes no room.
    assert_eq!(device.destroy(ID), Ok(()));
}

#[test]
fn as_many_keys_as_the_storage_takes_and_as_large() {
    let device = Device::new();
    for id in 1..=MOST_OBJECTS as u32 {
        device.import(&uncached(KeyId(id)), &MATERIAL).unwrap();
    }
    let full = Err(Status::INSUFFICIENT_STORAGE);
    assert_eq!(device.import(&cached(ID), &MATERIAL), full);
    assert_eq!(device.generate(&cached(ID)), full);
    assert_eq!(device.copy(KeyId(1), &cached(ID)), full);
    assert_eq!(device.export(ID, 16), Err(Status::INVALID_HANDLE));
    device.destroy(KeyId(1)).unwrap();
    let most = OBJECT_BYTES - TRAILER_BYTES;
    let sized = |bytes: usize| KeyAttributes {
        bits: bytes as u16 * 8,
        ..cached(ID)
    };
    let large = device.import(&sized(most + 1), &vec![1; most + 1]);
    assert_eq!(large, Err(Status::NOT_SUPPORTED));
    assert_eq!(device.import(&sized(most), &vec![1; most]), Ok(ID));
    assert_eq!(device.export(ID, most), Ok(vec![1; most]));
}

#[test]
fn a_key_that_can_not_be_made_or_stored_leaves_nothing() {
    let device = Device::new();
    device.source.fails.set(true);
    assert_eq!(
        device.generate(&cached(ID)),
        Err(Status::INSUFFICIENT_ENTROPY)
    );
    assert_eq!(device.export(ID, 16), Err(Status::INVALID_HANDLE));
    assert_eq!(device.storage.sets(), 0);
    for (said, told) in [
        (Status::INSUFFICIENT_STORAGE, Status::INSUFFICIENT_STORAGE),
        (Status::STORAGE_FAILURE, Status::STORAGE_FAILURE),
        (Status::DATA_CORRUPT, Status::DATA_CORRUPT),
        (Status::NOT_PERMITTED, Status::NOT_PERMITTED),
        (Status::INVALID_ARGUMENT, Status::STORAGE_FAILURE),
        (Status::GENERIC_ERROR, Status::STORAGE_FAILURE),
        (Status(5), Status::STORAGE_FAILURE),
    ] {
        device.storage.fail_to_set(Some(said));
        assert_eq!(device.import(&cached(ID), &MATERIAL), Err(told));
        device.storage.fail_to_set(None);
        assert_eq!(device.export(ID, 16), Err(Status::INVALID_HANDLE));
    }
    assert_eq!(device.import(&cached(ID), &MATERIAL), Ok(ID));
}

#[test]
fn what_the_storage_can_not_read_is_told() {
    let device = Device::new();
    device.import(&uncached(ID), &MATERIAL).unwrap();
    for status in [Status::DATA_CORRUPT, Status::STORAGE_FAILURE] {
        device.storage.fail_to_get(Some(status));
        assert_eq!(device.export(ID, 16), Err(status));
        assert_eq!(device.attributes(ID), Err(status));
        assert_eq!(device.copy(ID, &cached(LAST)), Err(status));
        assert_eq!(device.mac_compute(ID, HMAC, b"", 32), Err(status));
        let setup = device.setup_with(Function::MAC_VERIFY_SETUP, ID, HMAC);
        assert_eq!(setup, Err(status));
        for function in [Function::PURGE_KEY, Function::EXPORT_PUBLIC_KEY] {
            assert_eq!(device.key_function(function, ID), Err(status));
        }
        assert_eq!(device.import(&cached(LAST), &MATERIAL), Err(status));
        device.storage.fail_to_remove(Some(Status::STORAGE_FAILURE));
        assert_eq!(device.destroy(ID), Err(Status::STORAGE_FAILURE));
        device.storage.fail_to_remove(None);
    }
    // A damaged key can still be destroyed.
    assert_eq!(device.destroy(ID), Ok(()));
}

#[test]
fn an_object_that_is_no_key_is_refused() {
    let whole = {
        let device = Device::new();
        device.import(&cached(ID), &MATERIAL).unwrap();
        device.storage.with(|state| state.objects[&UID].1.clone())
    };
    let changed = |index: usize| {
        let mut object = whole.clone();
        object[index] ^= 0x40;
        object
    };
    let end = whole.len();
    for object in [
        vec![],
        whole[1..].to_vec(),
        whole[..end - 1].to_vec(),
        [&whole[..], &[1]].concat(),
        vec![0; OBJECT_BYTES],
        changed(end - 1),                 // version
        changed(end - 4),                 // mark
        changed(end - 8),                 // id
        changed(end - TRAILER_BYTES + 2), // size
        changed(end - TRAILER_BYTES + 4), // lifetime
    ] {
        let storage = Storage::default();
        storage.with(|state| state.objects.insert(UID, (0, object)));
        let device = Device::<Portable>::with_storage(storage);
        let refused = Err(Status::DATA_INVALID);
        assert_eq!(device.export(ID, 16), refused);
        assert_eq!(
            device.import(&cached(ID), &MATERIAL),
            Err(Status::ALREADY_EXISTS)
        );
        // Nothing of it stays, nor takes room.
        let raw = KeyAttributes::new(KeyType::RAW_DATA, 0, Usage::EXPORT, Algorithm::NONE);
        assert!(device.import(&raw, &[1; KEY_MATERIAL_BYTES]).is_ok());
        assert_eq!(device.destroy(ID), Ok(()));
    }
}
