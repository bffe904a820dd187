// SPDX-License-Identifier: Apache-2.0
//! Keys from the factory: which client may use them for what; no client can read or destroy them.

use psa::{
    ClientId, Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Usage},
};

use crypto::BuiltinKey;

use crate::{calls::*, client::*};

const ATTESTATION: i32 = 261;
const STORAGE: i32 = 256;
const IAK: KeyId = KeyId::INITIAL_ATTESTATION_KEY;
const HUK: KeyId = KeyId::HARDWARE_UNIQUE_KEY;
/// A key that this device was not given, and one whose material has another size.
const MISSING: KeyId = KeyId(0x7FFF_0000);
const SHORT: KeyId = KeyId(0x7FFF_EFFF);
const IAK_MATERIAL: [u8; 32] = [0xA1; 32];

/// What the board says.
pub const ROWS: [BuiltinKey; 5] = [
    row(ATTESTATION, IAK, KeyType::HMAC, Usage::SIGN_MESSAGE, HMAC),
    row(STORAGE, HUK, KeyType::DERIVE, Usage::DERIVE, CCM),
    row(STORAGE, IAK, KeyType::HMAC, Usage::VERIFY_HASH, HMAC),
    row(-1, MISSING, KeyType::HMAC, Usage::SIGN_MESSAGE, HMAC),
    row(-1, SHORT, KeyType::HMAC, Usage::SIGN_MESSAGE, HMAC),
];

const fn row(
    client: i32,
    id: KeyId,
    key_type: KeyType,
    usage: Usage,
    algorithm: Algorithm,
) -> BuiltinKey {
    let attributes = KeyAttributes::new(key_type, 256, usage, algorithm);
    BuiltinKey::new(ClientId::new(client), id, attributes)
}

pub fn material(id: KeyId) -> Option<&'static [u8]> {
    match id {
        IAK => Some(&IAK_MATERIAL),
        HUK => Some(&[0x48; 32]),
        SHORT => Some(&[0x55; 31]),
        _ => None,
    }
}

#[test]
fn the_attestation_partition_signs_messages_with_the_attestation_key() {
    let device = Device::new();
    device.become_client(ATTESTATION);
    let same = device.import(&hmac_key(), &IAK_MATERIAL).unwrap();
    let code = device.mac_compute(IAK, HMAC, b"token", 32);
    assert!(code.is_ok());
    assert_eq!(code, device.mac_compute(same, HMAC, b"token", 32));
    assert_eq!(
        device.mac_verify(IAK, HMAC, b"token", &[0; 32]),
        Err(Status::NOT_PERMITTED)
    );
    let short = HMAC.truncated_mac(16);
    assert_eq!(
        device.mac_compute(IAK, short, b"token", 32),
        Err(Status::NOT_PERMITTED)
    );
    let setup = device.setup_with(Function::MAC_SIGN_SETUP, IAK, HMAC);
    assert!(setup.is_ok());
}

#[test]
fn attributes_are_those_of_the_client() {
    let device = Device::new();
    let attributes = |key_type, usage, algorithm, id| KeyAttributes {
        lifetime: Lifetime(0x8000_01FF),
        id,
        ..KeyAttributes::new(key_type, 256, usage, algorithm)
    };
    device.become_client(ATTESTATION);
    assert_eq!(
        device.attributes(IAK),
        Ok(attributes(KeyType::HMAC, Usage(0x0400), HMAC, IAK))
    );
    device.become_client(STORAGE);
    assert_eq!(
        device.attributes(IAK),
        Ok(attributes(KeyType::HMAC, Usage(0x2800), HMAC, IAK))
    );
    assert_eq!(
        device.attributes(HUK),
        Ok(attributes(KeyType::DERIVE, Usage(0x4000), CCM, HUK))
    );
}

#[test]
fn a_builtin_key_can_not_be_read_or_destroyed() {
    let device = Device::new();
    let refused = Status::NOT_PERMITTED;
    for client in [ATTESTATION, STORAGE, -1, -2, 259] {
        device.become_client(client);
        for key in [IAK, HUK] {
            assert_eq!(device.export(key, 100), Err(refused));
            assert_eq!(device.destroy(key), Err(refused));
            assert_eq!(device.copy(key, &KeyAttributes::NONE), Err(refused));
            let public = device.key_function(Function::EXPORT_PUBLIC_KEY, key);
            assert!(public.is_err());
        }
    }
    device.become_client(ATTESTATION);
    assert_eq!(device.key_function(Function::PURGE_KEY, IAK), Ok(()));
    assert!(device.mac_compute(IAK, HMAC, b"", 32).is_ok());
}

#[test]
fn other_clients_may_do_nothing() {
    let device = Device::new();
    for client in [-1, i32::MIN, 0, 257, 260] {
        device.become_client(client);
        assert_eq!(device.attributes(IAK), Err(Status::NOT_PERMITTED));
        assert_eq!(
            device.mac_compute(IAK, HMAC, b"", 32),
            Err(Status::NOT_PERMITTED)
        );
        let purge = device.key_function(Function::PURGE_KEY, IAK);
        assert_eq!(purge, Err(Status::NOT_PERMITTED));
    }
}

#[test]
fn a_device_without_the_material_has_no_such_key() {
    let device = Device::new();
    for key in [MISSING, SHORT, KeyId(0x7FFF_1234)] {
        assert_eq!(
            device.mac_compute(key, HMAC, b"", 32),
            Err(Status::INVALID_HANDLE)
        );
        assert_eq!(device.attributes(key), Err(Status::INVALID_HANDLE));
    }
    assert_eq!(
        device.destroy(KeyId(0x7FFF_1234)),
        Err(Status::INVALID_HANDLE)
    );
    assert_eq!(device.destroy(MISSING), Err(Status::NOT_PERMITTED));
}
