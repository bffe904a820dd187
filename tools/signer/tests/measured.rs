// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM hands to the secure firmware, from a signed image and a provisioned device.

mod common;

use boot::boot_data::{self, BOOT_SEED, Error, INSTANCE_ID, Module, Reader};
use boot::measured::is_of_image;
use boot::{Measured, VerifiedImage, verify};
use primitives::sha256::{Portable, Sha256};
use provisioning::{Device, Lifecycle, Parameters};

const BOOT_ROM: [u8; 777] = [0x42; 777];
const BOOT_SEED_VALUE: [u8; 32] = [0x5E; 32];
const ATTESTATION_KEY: [u8; 32] = [0x1A; 32];

/// A device that accepts the key of the tests.
fn otp() -> Vec<u8> {
    let parameters = Parameters {
        public_key_hash: common::device().key_hash,
        second_public_key_hash: None,
        has_development_signing_key: true,
        initial_attestation_key: ATTESTATION_KEY,
        hardware_unique_key: [0xB0; 32],
        has_development_secrets: false,
        implementation_id: [0x1D; 32],
        certification_reference: *b"0604565272829-10010",
        lifecycle: Lifecycle::AssemblyAndTest,
        security_counter: common::DEVICE_COUNTER,
    };
    let mut area = vec![0; 0x1000];
    parameters.encode(&mut area).unwrap();
    area
}

fn measured<'a>(image: &'a VerifiedImage<'a>, device: &'a Device<'a>) -> Measured<'a> {
    Measured {
        image,
        nonsecure: None,
        device,
        boot_rom: &BOOT_ROM,
        boot_seed: Some(&BOOT_SEED_VALUE),
    }
}

#[test]
fn everything_is_handed_over() {
    let (slot, otp) = (common::slot(&common::valid_image()), otp());
    let device = Device::read(&otp).unwrap();
    let image = verify(&slot, &device).unwrap();
    let mut area = [0xEE; 0x400];
    measured(&image, &device)
        .write::<Portable>(&mut area)
        .unwrap();

    let data = Reader::new(&area).unwrap();
    let record = data.find(Module::SecureAndNonSecure.boot_record_kind());
    let record = record.unwrap();
    assert_eq!(record[..6], [0xA5, 1, 0x63, b'S', b'P', b'E']);
    assert!(record.ends_with(image.digest()));
    assert!(is_of_image(record, &slot));

    let record = data.find(Module::Boot.boot_record_kind()).unwrap();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let expected = [
        b"\xA5\x01\x62BL\x04\x65".as_slice(),
        version,
        b"\x05\x58\x20",
        device.public_key_hash,
        b"\x06\x66SHA256\x02\x58\x20",
        &Sha256::<Portable>::digest_of(&BOOT_ROM),
    ];
    assert_eq!(record, expected.concat());

    assert_eq!(
        boot_data::lifecycle(&area),
        Lifecycle::AssemblyAndTest as u32
    );
    assert_eq!(data.find(BOOT_SEED), Some(&BOOT_SEED_VALUE[..]));
    let hash = Sha256::<Portable>::digest_of(&Sha256::<Portable>::digest_of(&ATTESTATION_KEY));
    assert_eq!(data.find(INSTANCE_ID).unwrap(), [&[1][..], &hash].concat());
}

#[test]
fn what_a_device_lacks_is_left_out() {
    let (slot, otp) = (common::slot(&common::valid_image()), otp());
    let device = Device {
        secrets: None,
        ..Device::read(&otp).unwrap()
    };
    let image = verify(&slot, &device).unwrap();
    let mut area = [0xEE; 0x400];
    let measured = Measured {
        boot_seed: None,
        ..measured(&image, &device)
    };
    measured.write::<Portable>(&mut area).unwrap();
    let data = Reader::new(&area).unwrap();
    assert_eq!((data.find(BOOT_SEED), data.find(INSTANCE_ID)), (None, None));
}

#[test]
fn an_area_of_any_size_is_filled_or_refused() {
    let (slot, otp) = (common::slot(&common::valid_image()), otp());
    let device = Device::read(&otp).unwrap();
    let image = verify(&slot, &device).unwrap();
    let mut whole = [0xEE; 0x400];
    let measured = measured(&image, &device);
    measured.write::<Portable>(&mut whole).unwrap();
    let used_bytes = usize::from(u16::from_le_bytes([whole[2], whole[3]]));
    for size in 0..whole.len() {
        let mut area = vec![0xEE; size];
        let outcome = measured.write::<Portable>(&mut area);
        if size < used_bytes {
            assert_eq!(outcome, Err(Error::AreaTooSmall), "{size}");
        } else {
            assert_eq!(outcome, Ok(()), "{size}");
            assert_eq!(area[..used_bytes], whole[..used_bytes]);
        }
    }
}

#[test]
fn a_record_belongs_to_its_image_alone() {
    let slot = common::slot(&common::valid_image());
    let image = verify(&slot, &common::device()).unwrap();
    let record = [
        boot::boot_record::before_measurement(image.boot_record().unwrap()).unwrap(),
        image.digest(),
    ]
    .concat();
    assert!(is_of_image(&record, &slot));
    for index in 0..record.len() {
        let mut other = record.clone();
        other[index] ^= 1;
        assert!(!is_of_image(&other, &slot), "byte {index}");
        assert!(!is_of_image(&record[..index], &slot));
    }
    assert!(!is_of_image(&record, &[]));
    assert!(!is_of_image(&record, &[0xFF; 0x1000]));
    let other = signer::sign(&[9; 1000], &common::key(), &common::options()).unwrap();
    assert!(!is_of_image(&record, &common::slot(&other)));
}
