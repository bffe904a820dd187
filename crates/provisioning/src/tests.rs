// SPDX-License-Identifier: Apache-2.0
//! A provisioned area reads back; everything else is refused by its name.

use super::{
    DebugAccess, Device, Error, Identity, Lifecycle, Parameters, Secrets, SigningKeys, identity,
    layout, log,
};

const AREA_BYTES: usize = 0x1000;

fn parameters() -> Parameters {
    Parameters {
        public_key_hash: core::array::from_fn(|i| i as u8),
        second_public_key_hash: None,
        has_development_signing_key: false,
        initial_attestation_key: [0x1A; 32],
        hardware_unique_key: [0xB0; 32],
        has_development_secrets: false,
        implementation_id: [0x1D; 32],
        certification_reference: *b"0604565272829-10010",
        lifecycle: Lifecycle::Secured,
        security_counter: 7,
    }
}

fn area() -> Vec<u8> {
    let mut area = vec![0; AREA_BYTES];
    parameters().encode(&mut area).unwrap();
    area
}

fn write_log_entry(area: &mut [u8], offset_bytes: usize, entry: &[u8]) {
    area[offset_bytes..offset_bytes + entry.len()].copy_from_slice(entry);
}

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
fn a_second_key_stands_behind_the_rest() {
    let one = area();
    assert_eq!(SigningKeys::read(&one), Ok(SigningKeys::default()));
    let mut two = vec![0; AREA_BYTES];
    let parameters = Parameters {
        second_public_key_hash: Some([0x2D; 32]),
        ..parameters()
    };
    parameters.encode(&mut two).unwrap();
    assert_eq!(two[6..8], [0xC4, 0]);
    assert_eq!(two[0xA4..0xC4], [0x2D; 32]);
    assert_eq!(two[0xC4..0x200], [0xFF; 0x200 - 0xC4]);
    let keys = SigningKeys::read(&two).unwrap();
    assert_eq!(keys.second_hash, Some(&[0x2D; 32]));
    assert!(!keys.is_first_revoked);
    // Firmware that knows of one key only reads the same device.
    assert_eq!(Device::read(&two), Device::read(&one));
    for length_bytes in 0xA5..0xC4 {
        set_length(&mut two, length_bytes);
        assert_eq!(SigningKeys::read(&two), Err(Error::WrongLength));
    }
}

#[test]
fn any_bit_of_the_mark_revokes_the_first_key() {
    for bit in 0..layout::REVOCATION.len() * 8 {
        let mut area = area();
        area[layout::REVOCATION.start + bit / 8] ^= 1 << (bit % 8);
        assert!(SigningKeys::read(&area).unwrap().is_first_revoked);
        assert!(Device::read(&area).is_ok());
    }
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

/// Changes the length of the record, and the checksum with it.
fn set_length(area: &mut [u8], length_bytes: u8) {
    area[6] = length_bytes;
    let checksum = super::checksum::crc32([&area[..8], &area[12..length_bytes.into()]]);
    area[8..12].copy_from_slice(&checksum.to_le_bytes());
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
fn the_greatest_counter_wins_wherever_it_stands() {
    let mut area = area();
    for (index, value) in [9, 8, 300, 1].into_iter().enumerate() {
        let offset_bytes = layout::SECURITY_COUNTER_START + (index + 1) * log::ENTRY_BYTES;
        write_log_entry(&mut area, offset_bytes, &log::encode(value));
    }
    assert_eq!(Device::read(&area).unwrap().security_counter, 300);
}

#[test]
fn the_most_advanced_lifecycle_wins_wherever_it_stands() {
    for first in Lifecycle::ALL {
        for second in Lifecycle::ALL {
            let mut area = area();
            area[layout::LIFECYCLE].fill(0xFF);
            for (index, state) in [first, second].into_iter().enumerate() {
                let offset_bytes = layout::LIFECYCLE.start + index * log::ENTRY_BYTES;
                write_log_entry(&mut area, offset_bytes, &log::encode(state as u32));
            }
            let later = if first as u32 > second as u32 {
                first
            } else {
                second
            };
            assert_eq!(Lifecycle::read(&area), Ok(later));
            let mut alone = area.clone();
            alone[layout::LIFECYCLE].fill(0xFF);
            write_log_entry(
                &mut alone,
                layout::LIFECYCLE.start,
                &log::encode(later as u32),
            );
            assert_eq!(DebugAccess::of(&area), DebugAccess::of(&alone));
        }
    }
}

#[test]
fn a_later_entry_does_not_open_the_debug_port_again() {
    let secured = area();
    let entries = layout::LIFECYCLE.len() / log::ENTRY_BYTES;
    for value in [0x1000, 0x2000, 0, 1, 0x0FFF, 0x2FFF] {
        for index in 1..entries {
            let mut area = secured.clone();
            let offset_bytes = layout::LIFECYCLE.start + index * log::ENTRY_BYTES;
            write_log_entry(&mut area, offset_bytes, &log::encode(value));
            assert_eq!(Lifecycle::read(&area), Ok(Lifecycle::Secured), "{value:#x}");
            assert_eq!(DebugAccess::of(&area), DebugAccess::Nothing, "{value:#x}");
        }
    }
}

#[test]
fn a_new_state_is_read_behind_the_old_one() {
    let mut area = area();
    let offset_bytes = layout::LIFECYCLE.start + log::ENTRY_BYTES;
    write_log_entry(
        &mut area,
        offset_bytes,
        &log::encode(Lifecycle::Decommissioned as u32),
    );
    assert_eq!(
        Device::read(&area).unwrap().lifecycle,
        Lifecycle::Decommissioned
    );
}

#[test]
fn a_torn_entry_is_no_entry() {
    let entry = log::encode(0x0001_F3A5);
    let offset_bytes = layout::SECURITY_COUNTER_START + log::ENTRY_BYTES;
    for arrived in 0..8 {
        for bits in 0..=0xFFu8 {
            let mut torn = entry;
            torn[arrived] |= bits;
            torn[arrived + 1..].fill(0xFF);
            if torn == entry {
                continue;
            }
            let mut area = area();
            write_log_entry(&mut area, offset_bytes, &torn);
            assert_eq!(
                Device::read(&area).unwrap().security_counter,
                7,
                "{arrived} {bits}"
            );
        }
    }
}

#[test]
fn missing_logs_are_named() {
    let mut blank = area();
    blank[layout::LIFECYCLE].fill(0xFF);
    assert_eq!(Device::read(&blank), Err(Error::LifecycleMissing));
    let mut blank = area();
    blank[layout::SECURITY_COUNTER_START..].fill(0xFF);
    assert_eq!(Device::read(&blank), Err(Error::SecurityCounterMissing));
    let mut unknown = area();
    write_log_entry(&mut unknown, layout::LIFECYCLE.start, &log::encode(0x3001));
    assert_eq!(Device::read(&unknown), Err(Error::LifecycleUnknown));
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

#[test]
fn each_state_opens_its_part_of_the_debug_port() {
    use DebugAccess::{Everything, NonSecure, Nothing};
    for (state, access) in [
        (Lifecycle::Unknown, Nothing),
        (Lifecycle::AssemblyAndTest, Everything),
        (Lifecycle::Provisioning, Everything),
        (Lifecycle::Secured, Nothing),
        (Lifecycle::NonPsaRotDebug, NonSecure),
        (Lifecycle::RecoverablePsaRotDebug, NonSecure),
        (Lifecycle::Decommissioned, Nothing),
    ] {
        let mut area = area();
        area[layout::LIFECYCLE].fill(0xFF);
        write_log_entry(
            &mut area,
            layout::LIFECYCLE.start,
            &log::encode(state as u32),
        );
        assert_eq!(DebugAccess::of(&area), access, "{state:?}");
        // It does not hang on the rest of the area.
        area[layout::RECORD].fill(0);
        assert_eq!(DebugAccess::of(&area), access, "{state:?}");
    }
}

#[test]
fn a_state_that_cannot_be_told_closes_the_debug_port() {
    let mut secured = area();
    let second = layout::LIFECYCLE.start + log::ENTRY_BYTES;
    for value in [1, 0x0FFF, 0x1001, 0x2001, 0x3001, 0x7000, u32::MAX] {
        let mut area = secured.clone();
        write_log_entry(&mut area, second, &log::encode(value));
        assert_eq!(DebugAccess::of(&area), DebugAccess::Nothing, "{value:#x}");
    }
    // A torn entry opens nothing.
    let torn = log::encode(Lifecycle::AssemblyAndTest as u32 | 1);
    write_log_entry(&mut secured, second, &torn[..6]);
    assert_eq!(DebugAccess::of(&secured), DebugAccess::Nothing);
    assert_eq!(DebugAccess::of(&secured[..0x7FF]), DebugAccess::Nothing);
    // A device fresh from its silicon is open.
    assert_eq!(DebugAccess::of(&[0xFF; 0x800]), DebugAccess::Everything);
}
