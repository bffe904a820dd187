// SPDX-License-Identifier: Apache-2.0
//! A provisioned area reads back; everything else is refused by its name.

use super::{Device, Error, Lifecycle, Parameters, layout, log};

const AREA_BYTES: usize = 0x1000;

fn parameters() -> Parameters {
    Parameters {
        public_key_hash: core::array::from_fn(|i| i as u8),
        has_development_keys: true,
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
    assert!(device.has_development_keys);
    assert_eq!(device.lifecycle, Lifecycle::Secured);
    assert_eq!(device.security_counter, 7);
}

#[test]
fn golden_record() {
    let area = area();
    assert_eq!(&area[..8], b"CmOT\x01\x00\x30\x00");
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
    for bit in 0..48 * 8 {
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
    let mut area = area();
    area[6] = 64;
    area[48..64].fill(0xAB);
    let checksum = super::checksum::crc32([&area[..8], &area[12..64]]);
    area[8..12].copy_from_slice(&checksum.to_le_bytes());
    assert_eq!(
        *Device::read(&area).unwrap().public_key_hash,
        parameters().public_key_hash
    );
}

#[test]
fn a_record_that_is_too_short_for_its_fields_is_refused() {
    for length_bytes in 0..48u8 {
        let mut area = area();
        area[6] = length_bytes;
        if length_bytes >= 12 {
            let checksum = super::checksum::crc32([&area[..8], &area[12..length_bytes.into()]]);
            area[8..12].copy_from_slice(&checksum.to_le_bytes());
        }
        assert_eq!(
            Device::read(&area),
            Err(Error::WrongLength),
            "{length_bytes}"
        );
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
fn the_last_lifecycle_wins() {
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
    ]
    .map(Error::as_str);
    let distinct: std::collections::HashSet<_> = texts.into_iter().collect();
    assert_eq!(distinct.len(), texts.len());
}
