// SPDX-License-Identifier: Apache-2.0
//! Images that were changed without knowing the format: flipped bits, cuts, noise.

mod common;

use boot::tlv::{Area, PROTECTED_MAGIC};
use boot::{Error, Header, boot_data};
use common::{SLOT_BYTES, device, payload, slot, valid_image};
use proptest::prelude::*;

#[test]
fn the_valid_image_is_started() {
    let slot = slot(&valid_image());
    let image = boot::verify(&slot, &device()).unwrap();
    assert_eq!(image.payload(), payload());
    assert_eq!(image.payload().as_ptr(), slot[0x400..].as_ptr());
    assert_eq!(image.security_counter(), common::DEVICE_COUNTER);
}

#[test]
fn a_slot_without_room_behind_the_image_is_enough() {
    assert!(boot::verify(&valid_image(), &device()).is_ok());
}

#[test]
fn every_cut_is_refused() {
    let image = valid_image();
    for length in 0..image.len() {
        assert!(
            boot::verify(&image[..length], &device()).is_err(),
            "{length} bytes"
        );
        let in_slot = slot(&image[..length]);
        assert!(
            boot::verify(&in_slot, &device()).is_err(),
            "{length} bytes, then erased"
        );
    }
}

/// All bits of the header and of the areas; of what fills the header, of the payload, the key
/// and the signature one bit of each byte.
#[test]
fn every_flipped_bit_is_refused() {
    let image = valid_image();
    let areas_start = 0x400 + payload().len();
    let key_start = image.len() - 384 - 4 - 398;
    for index in 0..image.len() {
        let is_structure = index < 32 || (areas_start..key_start).contains(&index);
        let bits = if is_structure {
            0..8
        } else {
            index as u32 % 8..index as u32 % 8 + 1
        };
        for bit in bits {
            let mut changed = slot(&image);
            changed[index] ^= 1 << bit;
            assert!(
                boot::verify(&changed, &device()).is_err(),
                "byte {index}, bit {bit}"
            );
        }
    }
}

#[test]
fn what_follows_the_image_is_of_no_meaning() {
    let mut slot = valid_image();
    slot.resize(SLOT_BYTES, 0x07);
    assert!(boot::verify(&slot, &device()).is_ok());
}

#[test]
fn lengths_cannot_wrap() {
    let image = slot(&valid_image());
    for value in [0u16, 1, 3, 4, 5, 0x7FFF, 0x8000, 0xFFFC, 0xFFFD, 0xFFFF] {
        for offset in [8, 10] {
            let mut changed = image.clone();
            changed[offset..offset + 2].copy_from_slice(&value.to_le_bytes());
            assert!(
                boot::verify(&changed, &device()).is_err(),
                "{value:#x} at {offset}"
            );
        }
    }
    for value in [
        0u32,
        1,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FBFF,
        0xFFFF_FC00,
        u32::MAX,
    ] {
        let mut changed = image.clone();
        changed[12..16].copy_from_slice(&value.to_le_bytes());
        assert!(boot::verify(&changed, &device()).is_err(), "{value:#x}");
    }
}

proptest! {
    #[test]
    fn noise_is_refused(noise in prop::collection::vec(any::<u8>(), 0..2048)) {
        prop_assert!(boot::verify(&noise, &device()).is_err());
    }

    #[test]
    fn noise_behind_a_header_is_refused(
        header_bytes in 0u16..128,
        protected_area_bytes in 0u16..64,
        payload_bytes in 0u32..128,
        flags in prop_oneof![Just(0), any::<u32>()],
        noise in prop::collection::vec(any::<u8>(), 0..512),
    ) {
        let header = Header {
            load_address: 0,
            header_bytes,
            protected_area_bytes,
            payload_bytes,
            flags,
            version: Default::default(),
        };
        let image = [&header.encode()[..], &noise].concat();
        prop_assert!(boot::verify(&image, &device()).is_err());
    }

    #[test]
    fn changed_areas_are_refused(
        changes in prop::collection::vec((0usize..900, any::<u8>()), 1..8),
    ) {
        let image = valid_image_once();
        let mut changed = image.clone();
        let start = 0x400 + payload().len();
        for (offset, value) in changes {
            let index = start + offset % (image.len() - start);
            changed[index] = value;
        }
        prop_assert_eq!(boot::verify(&changed, &device()).is_ok(), changed == *image);
    }

    #[test]
    fn entries_of_noise_end(noise in prop::collection::vec(any::<u8>(), 0..512)) {
        let mut bytes = PROTECTED_MAGIC.to_le_bytes().to_vec();
        bytes.extend(noise);
        if let Ok((area, total_bytes)) = Area::read(&bytes) {
            prop_assert!(total_bytes <= bytes.len());
            let entries: Vec<_> = area.collect();
            prop_assert!(entries.len() <= bytes.len());
            let errors = entries.iter().filter(|entry| entry.is_err()).count();
            prop_assert!(errors <= 1);
        }
    }

    #[test]
    fn boot_data_of_noise_is_read_safely(
        noise in prop::collection::vec(any::<u8>(), 0..256),
        has_magic in any::<bool>(),
    ) {
        let mut area = noise;
        if has_magic && area.len() >= 4 {
            area[..2].copy_from_slice(&0x2016u16.to_le_bytes());
            area[3] = 0;
        }
        if let Ok(reader) = boot_data::Reader::new(&area) {
            let _ = reader.find(boot_data::Module::Secure.boot_record_kind());
        }
    }
}

/// Signing takes its time, and the salt makes every signature another.
fn valid_image_once() -> &'static Vec<u8> {
    static IMAGE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    IMAGE.get_or_init(valid_image)
}

#[test]
fn a_slot_smaller_than_a_header_is_refused() {
    assert_eq!(
        boot::verify(&valid_image()[..31], &device()).err(),
        Some(Error::HeaderTruncated)
    );
}
