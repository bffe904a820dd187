// SPDX-License-Identifier: Apache-2.0
//! The record that is written once.

use super::{AREA_BYTES, area, parameters, set_length};
use crate::{Device, Error, Identity, Lifecycle, Parameters, Secrets, identity, layout};

#[test]
fn what_was_encoded_is_read() {
    let area = area();
    let device = Device::read(&area).unwrap();
    assert_eq!(*device.public_key_hash, parameters().public_key_hash);
    assert!(!device.has_development_keys);
    assert_eq!(device.lifecycle, Lifecycle::Secured);
    assert_eq!(device.security_counter, 7);
    let secrets = device.secrets.unwrap();
    assert_eq!(*secrets.initial_attestation_key, [0x1A; 32]);
    assert_eq!(*secrets.hardware_unique_key, [0xB0; 32]);
    let identity = device.identity.unwrap();
    assert_eq!(*identity.implementation_id, [0x1D; 32]);
    assert_eq!(identity.certification_reference, b"0604565272829-10010");
    assert_eq!(Secrets::read(&area), Ok(secrets));
    assert_eq!(Identity::read(&area), Ok(identity));
    assert_eq!(Lifecycle::read(&area), Ok(Lifecycle::Secured));
}

#[test]
fn a_secured_device_has_no_development_keys() {
    const SECURED: [Lifecycle; 3] = [
        Lifecycle::Secured,
        Lifecycle::NonPsaRotDebug,
        Lifecycle::RecoverablePsaRotDebug,
    ];
    const OTHERS: [Lifecycle; 4] = [
        Lifecycle::Unknown,
        Lifecycle::AssemblyAndTest,
        Lifecycle::Provisioning,
        Lifecycle::Decommissioned,
    ];
    for (signing_key, secrets) in [(true, false), (false, true), (true, true)] {
        let outcome = |lifecycle| {
            let mut area = vec![0; AREA_BYTES];
            let parameters = Parameters {
                has_development_signing_key: signing_key,
                has_development_secrets: secrets,
                lifecycle,
                ..parameters()
            };
            parameters.encode(&mut area).unwrap();
            Device::read(&area).map(|device| device.has_development_keys)
        };
        for lifecycle in SECURED {
            assert_eq!(outcome(lifecycle), Err(Error::SecuredWithDevelopmentKeys));
        }
        for lifecycle in OTHERS {
            assert_eq!(outcome(lifecycle), Ok(true));
        }
    }
}

#[test]
fn certification_references_have_one_form() {
    let right = b"0604565272829-10010";
    assert_eq!(identity::certification_reference(right), Some(*right));
    for wrong in [
        &b"0604565272829"[..],
        b"0604565272829-1001",
        b"0604565272829-100101",
        b"0604565272829_10010",
        b"06045652728291-0010",
        b"060456527282x-10010",
        b"",
    ] {
        assert_eq!(identity::certification_reference(wrong), None);
    }
}

#[test]
fn golden_record() {
    let area = area();
    assert_eq!(&area[..8], b"CmOT\x01\x00\xA4\x00");
    assert_eq!(
        &area[0x200..0x208],
        &[0x00, 0x30, 0, 0, 0xFF, 0xCF, 0xFF, 0xFF]
    );
    assert_eq!(&area[0x400..0x408], &[7, 0, 0, 0, 0xF8, 0xFF, 0xFF, 0xFF]);
}

#[test]
fn blank_foreign_and_small_areas_are_told_apart() {
    assert_eq!(Device::read(&[0xFF; AREA_BYTES]), Err(Error::Blank));
    assert_eq!(Device::read(&[0x00; AREA_BYTES]), Err(Error::Foreign));
    assert_eq!(Device::read(b"no"), Err(Error::AreaTooSmall));
    assert_eq!(
        Device::read(&area()[..layout::MINIMUM_BYTES - 1]),
        Err(Error::AreaTooSmall)
    );
    assert_eq!(parameters().encode(&mut [0; 16]), Err(Error::AreaTooSmall));
}

#[test]
fn every_bit_of_the_record_is_checked() {
    let whole = area();
    for bit in 0..164 * 8 {
        let mut area = whole.clone();
        area[bit / 8] ^= 1 << (bit % 8);
        let expected: &[Error] = match bit / 8 {
            0..=3 => &[Error::Foreign],
            4..=5 => &[Error::UnknownVersion],
            6..=7 => &[Error::WrongLength, Error::WrongChecksum],
            _ => &[Error::WrongChecksum],
        };
        let error = Device::read(&area).unwrap_err();
        assert!(expected.contains(&error), "bit {bit}: {error:?}");
    }
}

#[test]
fn a_longer_record_of_the_same_version_is_read() {
    let mut longer = area();
    longer[164..180].fill(0xAB);
    set_length(&mut longer, 180);
    assert_eq!(Device::read(&longer), Device::read(&area()));
}

#[test]
fn a_record_without_keys_and_names_is_read() {
    let mut shorter = area();
    set_length(&mut shorter, 48);
    let device = Device::read(&shorter).unwrap();
    assert_eq!(*device.public_key_hash, parameters().public_key_hash);
    assert_eq!((device.secrets, device.identity), (None, None));
    assert_eq!(Secrets::read(&shorter), Err(Error::Absent));
    assert_eq!(Identity::read(&shorter), Err(Error::Absent));
}

#[test]
fn a_record_that_is_too_short_for_its_fields_is_refused() {
    for length_bytes in (0..48).chain(49..163) {
        let mut area = area();
        if length_bytes < 12 {
            area[6] = length_bytes;
        } else {
            set_length(&mut area, length_bytes);
        }
        let outcomes = [
            Device::read(&area).err(),
            Secrets::read(&area).err(),
            Identity::read(&area).err(),
        ];
        assert_eq!(outcomes, [Some(Error::WrongLength); 3], "{length_bytes}");
    }
}

#[test]
fn every_error_has_its_own_text() {
    let texts = [
        Error::AreaTooSmall,
        Error::Blank,
        Error::Foreign,
        Error::UnknownVersion,
        Error::WrongLength,
        Error::WrongChecksum,
        Error::LifecycleMissing,
        Error::LifecycleUnknown,
        Error::SecurityCounterMissing,
        Error::SecuredWithDevelopmentKeys,
        Error::Absent,
    ]
    .map(Error::as_str);
    let distinct: std::collections::HashSet<_> = texts.into_iter().collect();
    assert_eq!(distinct.len(), texts.len());
}
