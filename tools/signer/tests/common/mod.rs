// SPDX-License-Identifier: Apache-2.0
//! The device and the image that all tests share.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod board;
pub mod model;
pub mod otp;

use std::path::PathBuf;

use boot::{Placement, Trust};
use primitives::sha256::Sha256;
use signer::{Options, SecurityCounter, SignatureType, SigningKey};

pub const SLOT_BYTES: usize = 0x8000;
pub const DEVICE_COUNTER: u32 = 5;

/// Where a device runs its images that knows that.
pub const PLACEMENT: Placement = Placement {
    header_bytes: 0x400,
    slot_address: 0x8010_0000,
    ram_address: 0x3800_0000,
    ram_bytes: 0x1_0000,
};

pub struct Device {
    pub key_hash: [u8; 32],
    pub counter: u32,
}

impl Trust for Device {
    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        self.key_hash == *key_hash
    }

    fn security_counter(&self) -> u32 {
        self.counter
    }

    fn placement(&self) -> Option<Placement> {
        None
    }
}

/// The key for development of this type.
pub fn key_path_of(signature_type: SignatureType) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../profiles/keys");
    folder.join(format!("development_{signature_type}.pem"))
}

pub fn key_of(signature_type: SignatureType) -> SigningKey {
    let text = std::fs::read_to_string(key_path_of(signature_type)).unwrap();
    SigningKey::from_pem(&text).unwrap()
}

pub fn key_path() -> PathBuf {
    key_path_of(SignatureType::Rsa3072)
}

pub fn key() -> SigningKey {
    key_of(SignatureType::Rsa3072)
}

pub fn device() -> Device {
    let key_hash = Sha256::digest(&key().public_key().unwrap());
    Device {
        key_hash,
        counter: DEVICE_COUNTER,
    }
}

pub fn payload() -> Vec<u8> {
    // A stack pointer and a reset handler of `PLACEMENT`, then anything.
    let vectors: [u32; 2] = [0x3800_8000, PLACEMENT.image_address() + 0x101];
    let vectors = vectors.map(u32::to_le_bytes);
    let rest = (8..1000u32).map(|i| (i * 7) as u8);
    vectors.as_flattened().iter().copied().chain(rest).collect()
}

pub fn options() -> Options {
    Options {
        security_counter: SecurityCounter::Value(DEVICE_COUNTER),
        software_type: Some("SPE".into()),
        slot_bytes: Some(SLOT_BYTES),
        ..Options::default()
    }
}

pub fn valid_image() -> Vec<u8> {
    signer::sign(&payload(), &key(), &options()).unwrap()
}

/// A slot of erased flash with this at its beginning.
pub fn slot(image: &[u8]) -> Vec<u8> {
    let mut slot = image.to_vec();
    slot.resize(SLOT_BYTES, 0xFF);
    slot
}
