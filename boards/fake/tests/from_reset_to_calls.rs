// SPDX-License-Identifier: Apache-2.0
//! The whole firmware on the host: a device leaves the factory, boots, serves its application, is
//! reset, and refuses an older image.

use client::{Algorithm, attestation, hash, its};
use entropy::{SEED_BYTES, first_record};
use fake_board::{BootRom, Fake, Image, boot_parts, device, start};
use fake_device::FakeDevice;
use firmware::boot::Version;
use firmware::provisioning::{Lifecycle, Parameters};
use firmware::{Board as _, Ending, ResetCause};
use flash::Area;
use signer::{Options, SecurityCounter, SigningKey};
use token_verifier::{Expected, Key};

const SEED: usize = 0x1000;
const PRIMARY: usize = 0x8000;
const SECONDARY: usize = 0x1_0000;
const SLOT_BYTES: usize = 0x8000;
const FLASH: Area = Area {
    offset_bytes: 0,
    size_bytes: SECONDARY + SLOT_BYTES,
};
const IAK: [u8; 32] = [1; 32];

fn key() -> SigningKey {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../profiles/keys/development_rsa3072.pem"
    );
    SigningKey::from_pem(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// A signed image with this counter.
fn image(counter: u32, is_upgrade: bool) -> Vec<u8> {
    // A stack pointer in the RAM and a reset handler behind the header, then anything.
    let vectors: [u32; 2] = [0x3800_8000, 0x8000_8400 + 0x101];
    let vectors = vectors.map(u32::to_le_bytes);
    let rest = (8..1000_u32).map(|i| (i * 7) as u8);
    let payload: Vec<u8> = vectors.as_flattened().iter().copied().chain(rest).collect();
    let options = Options {
        version: Version {
            major: 1,
            ..Version::default()
        },
        security_counter: SecurityCounter::Value(counter),
        software_type: Some("NSPE".into()),
        slot_bytes: Some(SLOT_BYTES),
        pad_to_slot: is_upgrade,
        ..Options::default()
    };
    signer::sign(&payload, &key(), &options).unwrap()
}

/// Programs what is not erased of `content`.
fn program(offset_bytes: usize, content: &[u8]) {
    for (index, unit) in content.chunks(4).enumerate() {
        let mut whole = [0xFF; 4];
        whole[..unit.len()].copy_from_slice(unit);
        if whole != [0xFF; 4] {
            let place = offset_bytes + 4 * index;
            device::with(|device| device.write(|flash| flash.program(FLASH, place, &whole)))
                .unwrap();
        }
    }
}

/// What the factory does: keys and names in OTP, a seed, an image.
fn make_device(image: &[u8]) {
    let mut otp = [0; 0x1000];
    let parameters = Parameters {
        public_key_hash: key().public_key_hash().unwrap(),
        second_public_key_hash: None,
        has_development_signing_key: true,
        initial_attestation_key: IAK,
        hardware_unique_key: [2; 32],
        has_development_secrets: true,
        implementation_id: [3; 32],
        certification_reference: *b"1234567890123-12345",
        lifecycle: Lifecycle::AssemblyAndTest,
        security_counter: 5,
    };
    parameters.encode(&mut otp).unwrap();
    program(0, &otp);
    program(SEED, &first_record([0x5A; SEED_BYTES]));
    program(PRIMARY, image);
}

/// Boots; returns whether an image is started, and what the boot ROM says.
fn boot() -> (bool, String) {
    device::with(|device| device.console.clear());
    let mut rom = BootRom::new(boot_parts());
    let is_started = matches!(rom.run(), Ending::Start(_));
    drop(rom);
    (is_started, device::with(|device| device.console.clone()))
}

fn secure_world() -> FakeDevice<Image> {
    FakeDevice::over(start())
}

#[test]
fn from_the_factory_to_calls_over_a_reset() {
    make_device(&image(5, false));
    assert_eq!(boot(), (true, String::new()));
    assert_eq!(device::with(|device| device.debug.len()), 3);

    let world = secure_world();
    let mut digest = [0; 32];
    hash::compute(&world, Algorithm::SHA_256, b"abc", &mut digest).unwrap();
    // FIPS 180-4, example 1.
    assert_eq!(digest[..4], [0xBA, 0x78, 0x16, 0xBF]);
    its::set(&world, 7, b"kept", its::CreateFlags::NONE).unwrap();

    let challenge = [9; 32];
    let mut token = [0; 512];
    let length = attestation::get_token(&world, &challenge, &mut token).unwrap();
    let expected = Expected {
        challenge: Some(challenge.to_vec()),
        client_id: Some(-1),
        lifecycles: vec![Lifecycle::AssemblyAndTest],
        implementation_id: Some(vec![3; 32]),
        ..Expected::default()
    };
    let report = token_verifier::verify(&token[..length], &Key::iak(&IAK).unwrap(), &expected);
    let report = report.unwrap();
    assert!(report.verified, "{report:?}");

    // After a reset the object is there, and the boot has another seed.
    drop(world);
    let before = Fake::boot_data();
    assert_eq!(boot(), (true, String::new()));
    assert_ne!(before, Fake::boot_data());
    let world = secure_world();
    let mut kept = [0; 8];
    assert_eq!(its::get(&world, 7, 0, &mut kept), Ok(4));
    assert_eq!(&kept[..4], b"kept");
}

#[test]
fn an_older_image_is_refused_and_a_newer_one_installed() {
    make_device(&image(6, false));
    assert!(boot().0); // it raises the counter of the device
    program(SECONDARY, &image(5, true));
    let (is_started, text) = boot();
    assert!(is_started);
    assert!(text.starts_with("boot: upgrade refused: "), "{text}");

    for sector in 0..SLOT_BYTES / 0x1000 {
        let place = SECONDARY + 0x1000 * sector;
        device::with(|device| device.write(|flash| flash.erase(FLASH, place))).unwrap();
    }
    program(SECONDARY, &image(7, true));
    assert_eq!(boot(), (true, "boot: upgrade installed\n".into()));
    assert_eq!(boot(), (true, String::new()));
}

#[test]
fn a_bad_image_is_not_started() {
    let mut bad = image(5, false);
    bad[0x500] ^= 1;
    make_device(&bad);
    let (is_started, text) = boot();
    assert!(!is_started);
    assert!(text.starts_with("boot: refused image: "), "{text}");
}

#[test]
fn an_empty_device_starts_nothing_and_a_watchdog_is_told_of() {
    device::with(|device| device.reset_cause = ResetCause::Watchdog);
    let (is_started, text) = boot();
    assert!(!is_started);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "boot: reset by the watchdog");
    assert!(lines[1].starts_with("boot: refused device: "), "{text}");
}
