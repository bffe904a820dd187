// SPDX-License-Identifier: Apache-2.0
//! The parts of the format each on its own. Whole images are tested where they are made, in
//! the signing tool.

use crate::boot_data::{Error as DataError, Module, Reader, Writer};
use crate::tlv::{Area, Entry};
use crate::{DebugPort, Error, Header, Version, boot_data, boot_record, debug};
use provisioning::DebugAccess;
use std::cell::Cell;

const HEADER: Header = Header {
    load_address: 0x0102_0304,
    header_bytes: 0x0506,
    protected_area_bytes: 0x0708,
    payload_bytes: 0x090A_0B0C,
    flags: 0x0D0E_0F10,
    version: Version {
        major: 0x11,
        minor: 0x12,
        revision: 0x1314,
        build: 0x1516_1718,
    },
};

const RECORD: [u8; 38] = {
    let mut record = [0; 38];
    record[3] = 0x02;
    record[4] = 0x58;
    record[5] = 0x20;
    record
};

#[test]
fn a_header_survives() {
    let bytes = HEADER.encode();
    assert_eq!(Header::read(&bytes), Ok(HEADER));
    let golden = [
        0x3d, 0xb8, 0xf3, 0x96, 4, 3, 2, 1, 6, 5, 8, 7, 0x0C, 0x0B, 0x0A, 9, 0x10, 0x0F, 0x0E,
        0x0D, 0x11, 0x12, 0x14, 0x13, 0x18, 0x17, 0x16, 0x15, 0, 0, 0, 0,
    ];
    assert_eq!(bytes, golden);
    assert_eq!(HEADER.version.to_string(), "17.18.4884+353769240");
}

#[test]
fn a_short_header_is_truncated_before_it_is_anything() {
    let bytes = HEADER.encode();
    for length in 0..bytes.len() {
        assert_eq!(Header::read(&bytes[..length]), Err(Error::HeaderTruncated));
    }
}

#[test]
fn areas_are_as_long_as_they_say() {
    for total in 0..4 {
        assert_eq!(
            Area::read(&[8, 0x69, total, 0]).err(),
            Some(Error::AreaOverlong)
        );
    }
    assert_eq!(
        Area::read(&[8, 0x69, 5, 0]).err(),
        Some(Error::AreaOverlong)
    );
    assert_eq!(
        Area::read(&[8, 0x69, 0xFF, 0xFF]).err(),
        Some(Error::AreaOverlong)
    );
    assert_eq!(Area::read(&[8, 0x69, 4]).err(), Some(Error::AreaTruncated));
    let (area, total_bytes) = Area::read(&[8, 0x69, 4, 0, 1, 2, 3]).unwrap();
    assert_eq!((area.count(), total_bytes), (0, 4));
}

#[test]
fn entries_end_with_the_first_error() {
    let bytes = [
        7, 0x69, 18, 0, 1, 0, 2, 0, 0xAA, 0xBB, 2, 0, 0, 0, 3, 0, 1, 0,
    ];
    let (area, _) = Area::read(&bytes).unwrap();
    let entries: Vec<_> = area.collect();
    let first = Entry {
        kind: 1,
        value: &[0xAA, 0xBB],
    };
    let second = Entry {
        kind: 2,
        value: &[],
    };
    assert_eq!(entries, [Ok(first), Ok(second), Err(Error::EntryOverlong)]);

    let (area, _) = Area::read(&[7, 0x69, 7, 0, 1, 0, 0]).unwrap();
    assert_eq!(area.collect::<Vec<_>>(), [Err(Error::EntryTruncated)]);
}

#[test]
fn a_measurement_is_filled_in() {
    let digest = [0x77; 32];
    let mut area = [0; 64];
    let mut writer = boot_data::Writer::new(&mut area).unwrap();
    let module = boot_data::Module::Secure;
    writer.add_boot_record(module, &RECORD, &digest).unwrap();
    let reader = boot_data::Reader::new(&area).unwrap();
    let filled = reader.find(module.boot_record_kind()).unwrap();
    assert_eq!(filled, [&RECORD[..6], &digest].concat());
    for bit in 3 * 8..RECORD.len() * 8 {
        let mut changed = RECORD;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!boot_record::has_empty_measurement(&changed), "bit {bit}");
    }
    assert!(!boot_record::has_empty_measurement(&RECORD[..37]));
    assert!(!boot_record::has_empty_measurement(&RECORD[4..]));
}

#[test]
fn boot_data_is_read_as_it_was_written() {
    let mut area = [0xFF; 128];
    let mut writer = Writer::new(&mut area).unwrap();
    writer
        .add_boot_record(Module::Boot, &RECORD, &[1; 32])
        .unwrap();
    writer
        .add_boot_record(Module::Secure, &RECORD, &[2; 32])
        .unwrap();
    assert_eq!(area[..8], [0x16, 0x20, 88, 0, 0x7F, 0x10, 38, 0]);
    let reader = Reader::new(&area).unwrap();
    for (module, measurement) in [(Module::Boot, [1; 32]), (Module::Secure, [2; 32])] {
        let record = reader.find(module.boot_record_kind()).unwrap();
        assert_eq!(record, [&RECORD[..6], &measurement].concat());
    }
    assert_eq!(reader.find(Module::NonSecure.boot_record_kind()), None);
    assert_eq!(
        reader.find(Module::SecureAndNonSecure.boot_record_kind()),
        None
    );
}

#[test]
fn boot_data_that_does_not_fit_is_not_begun() {
    assert_eq!(
        Writer::new(&mut [0; 3]).err(),
        Some(DataError::AreaTooSmall)
    );
    for length in 4..46 {
        let mut area = vec![0xFF; length];
        let mut writer = Writer::new(&mut area).unwrap();
        let result = writer.add_boot_record(Module::Secure, &RECORD, &[1; 32]);
        assert_eq!(result, Err(DataError::AreaTooSmall));
        assert!(area[4..].iter().all(|byte| *byte == 0xFF));
        assert!(
            Reader::new(&area)
                .unwrap()
                .find(Module::Secure.boot_record_kind())
                .is_none()
        );
    }
}

#[test]
fn boot_data_that_was_never_written_is_absent() {
    assert_eq!(Reader::new(&[]).err(), Some(DataError::Absent));
    assert_eq!(Reader::new(&[0; 64]).err(), Some(DataError::Absent));
    assert_eq!(Reader::new(&[0xFF; 64]).err(), Some(DataError::Absent));
}

#[test]
fn broken_boot_data_is_malformed() {
    for total in [0u8, 3, 5, 6, 7, 8, 65, 255] {
        let mut area = [1; 64];
        area[..4].copy_from_slice(&[0x16, 0x20, total, 0]);
        assert_eq!(
            Reader::new(&area).err(),
            Some(DataError::Malformed),
            "{total}"
        );
    }
}

#[test]
fn the_lifecycle_is_what_boot_data_tell_or_unknown() {
    let mut area = [0; 64];
    assert_eq!(boot_data::lifecycle(&area), 0);
    let mut writer = Writer::new(&mut area).unwrap();
    let value = [&0x3000_u32.to_le_bytes()[..]];
    writer.add(boot_data::LIFECYCLE, &value).unwrap();
    assert_eq!(boot_data::lifecycle(&area), 0x3000);
    assert_eq!(boot_data::lifecycle(&area[..11]), 0);
    let mut writer = Writer::new(&mut area).unwrap();
    writer.add(boot_data::LIFECYCLE, &[&[1, 2, 3]]).unwrap();
    assert_eq!(boot_data::lifecycle(&area), 0, "of another size");
}

#[test]
fn the_debug_port_is_closed_as_otp_says() {
    struct Port(Cell<Option<DebugAccess>>);
    impl DebugPort for Port {
        fn restrict(&self, access: DebugAccess) {
            self.0.set(Some(access));
        }
    }
    let port = Port(Cell::new(None));
    let mut otp = vec![0xFF; 0x800];
    debug::close(&port, &otp);
    assert_eq!(port.0.take(), Some(DebugAccess::Everything));
    let entry = provisioning::log::encode(provisioning::Lifecycle::Secured as u32);
    otp[provisioning::layout::LIFECYCLE][..entry.len()].copy_from_slice(&entry);
    debug::close(&port, &otp);
    assert_eq!(port.0.take(), Some(DebugAccess::Nothing));
}
