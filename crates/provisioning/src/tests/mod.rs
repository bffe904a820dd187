// SPDX-License-Identifier: Apache-2.0
//! A provisioned area reads back; everything else is refused by its name.

mod debug_access;
mod logs;
mod record;
mod signing_keys;

use crate::{Lifecycle, Parameters, checksum::crc32};

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

/// Changes the length of the record, and the checksum with it.
fn set_length(area: &mut [u8], length_bytes: u8) {
    area[6] = length_bytes;
    let checksum = crc32([&area[..8], &area[12..length_bytes.into()]]);
    area[8..12].copy_from_slice(&checksum.to_le_bytes());
}
