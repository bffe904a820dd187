// SPDX-License-Identifier: Apache-2.0
//! What this loader hands over is what the secure image asks for, and nothing less is.

use attestation::is_record;
use boot::boot_data::{BOOT_SEED, INSTANCE_ID, LIFECYCLE, Module, Reader, Writer};
use boot::handed_over::{Error, Requirements, check};
use own_boot_loader::hand_over::{Facts, write};
use primitives::sha256::Portable;
use provisioning::{Device, Lifecycle, Parameters};

const REQUIREMENTS: Requirements = Requirements {
    loader_record: true,
    is_record,
};

fn otp() -> Vec<u8> {
    let parameters = Parameters {
        public_key_hash: [0x11; 32],
        second_public_key_hash: None,
        has_development_signing_key: false,
        initial_attestation_key: [0x22; 32],
        hardware_unique_key: [0x33; 32],
        has_development_secrets: false,
        implementation_id: [0x44; 32],
        certification_reference: *b"0604565272829-10010",
        lifecycle: Lifecycle::Secured,
        security_counter: 1,
    };
    let mut otp = vec![0xFF; 0x1000];
    parameters.encode(&mut otp).unwrap();
    otp
}

fn handed_over(device: &Device<'_>) -> Vec<u8> {
    let facts = Facts {
        device,
        image: &[0x55; 600],
        loader: &[0x66; 300],
        seed: [0x77; 32],
    };
    let mut area = vec![0; 0x300];
    write(&mut area, &facts).unwrap();
    area
}

fn outcome(area: &[u8], device: &Device<'_>) -> Result<(), Error> {
    check::<Portable>(area, device, &REQUIREMENTS)
}

/// The entries of the whole boot data, each as `change` leaves it.
fn changed(area: &[u8], mut change: impl FnMut(u16, &[u8]) -> Vec<Vec<u8>>) -> Vec<u8> {
    let reader = Reader::new(area).unwrap();
    let mut copy = vec![0; 0x300];
    let mut writer = Writer::new(&mut copy).unwrap();
    for kind in [
        Module::SecureAndNonSecure.boot_record_kind(),
        Module::Boot.boot_record_kind(),
        LIFECYCLE,
        BOOT_SEED,
        INSTANCE_ID,
    ] {
        for value in change(kind, reader.find(kind).unwrap()) {
            writer.add(kind, &[&value]).unwrap();
        }
    }
    copy
}

#[test]
fn what_the_loader_writes_is_enough() {
    let otp = otp();
    let device = Device::read(&otp).unwrap();
    let area = handed_over(&device);
    assert_eq!(outcome(&area, &device), Ok(()));
    assert_eq!(changed(&area, |_, value| vec![value.to_vec()]), area);
}

#[test]
fn nothing_is_written_where_there_is_no_room() {
    let otp = otp();
    let device = Device::read(&otp).unwrap();
    let used_bytes = usize::from(u16::from_le_bytes([
        handed_over(&device)[2],
        handed_over(&device)[3],
    ]));
    for bytes in 0..used_bytes {
        let facts = Facts {
            device: &device,
            image: &[],
            loader: &[],
            seed: [0; 32],
        };
        assert!(write(&mut vec![0; bytes], &facts).is_err(), "{bytes}");
    }
}

#[test]
fn each_entry_is_needed_once_and_whole() {
    let otp = otp();
    let device = Device::read(&otp).unwrap();
    let area = handed_over(&device);
    let record = (Error::RecordMissing, Error::WrongRecord);
    for (entry, (missing, wrong)) in [
        (Module::SecureAndNonSecure.boot_record_kind(), record),
        (Module::Boot.boot_record_kind(), record),
        (LIFECYCLE, (Error::LifecycleMissing, Error::WrongLifecycle)),
        (BOOT_SEED, (Error::SeedMissing, Error::WrongSeed)),
        (INSTANCE_ID, (Error::InstanceMissing, Error::WrongInstance)),
    ] {
        let only = |values: fn(&[u8]) -> Vec<Vec<u8>>| {
            let area = changed(&area, |kind, value| match kind == entry {
                true => values(value),
                false => vec![value.to_vec()],
            });
            outcome(&area, &device)
        };
        assert_eq!(only(|_| vec![]), Err(missing), "{entry:#x}");
        let twice = only(|value| vec![value.to_vec(), value.to_vec()]);
        assert_eq!(twice, Err(Error::Twice), "{entry:#x}");
        let longer = only(|value| vec![[value, &[0]].concat()]);
        assert_eq!(longer, Err(wrong), "{entry:#x}");
        let shorter = only(|value| vec![value[1..].to_vec()]);
        assert_eq!(shorter, Err(wrong), "{entry:#x}");
        assert_eq!(only(|_| vec![vec![]]), Err(wrong), "{entry:#x}");
    }
}

/// A changed bit is noticed, or it is one of a value that only the loader knows: a measurement, a
/// signer, a text of a record, the boot seed.
#[test]
fn what_the_image_knows_itself_can_not_be_changed() {
    let otp = otp();
    let device = Device::read(&otp).unwrap();
    let area = handed_over(&device);
    let used_bytes = usize::from(u16::from_le_bytes([area[2], area[3]]));
    let reader = Reader::new(&area).unwrap();
    let (lifecycle, instance) = (reader.find(LIFECYCLE), reader.find(INSTANCE_ID));
    for bit in 0..used_bytes * 8 {
        let mut damaged = area.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        if outcome(&damaged, &device).is_ok() {
            let reader = Reader::new(&damaged).unwrap();
            assert_eq!(reader.find(LIFECYCLE), lifecycle, "bit {bit}");
            assert_eq!(reader.find(INSTANCE_ID), instance, "bit {bit}");
        }
    }
    for bytes in 0..used_bytes {
        assert!(outcome(&area[..bytes], &device).is_err(), "{bytes} bytes");
    }
}

#[test]
fn boot_data_of_another_device_are_refused() {
    let otp = otp();
    let device = Device::read(&otp).unwrap();
    let secrets = provisioning::Secrets {
        initial_attestation_key: &[0x23; 32],
        ..device.secrets.unwrap()
    };
    let other = Device {
        secrets: Some(secrets),
        ..device
    };
    let area = handed_over(&other);
    assert_eq!(outcome(&area, &device), Err(Error::WrongInstance));
    let other = Device {
        lifecycle: Lifecycle::Decommissioned,
        ..device
    };
    let area = handed_over(&other);
    assert_eq!(outcome(&area, &device), Err(Error::WrongLifecycle));
    for blank in [&[][..], &[0; 0x300], &[0xFF; 0x300]] {
        assert_eq!(outcome(blank, &device), Err(Error::Absent));
    }
}
