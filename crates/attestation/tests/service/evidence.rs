// SPDX-License-Identifier: Apache-2.0
//! Boot data that are not as they must be: a device that can't prove what it says says nothing.

use attestation::EvidenceSource;
use psa::Status;

use crate::device::{Longest, Small, booted, started_over};
use crate::message::{Call, GET_TOKEN, GET_TOKEN_SIZE};

fn token<P: EvidenceSource>(boot_data: &[u8]) -> Result<Vec<u8>, Status> {
    Call::new(GET_TOKEN, &[7; 32], 1000).deliver(&mut started_over::<P>(boot_data))
}

fn used_bytes() -> usize {
    let area = &booted().boot_data;
    u16::from_le_bytes([area[2], area[3]]).into()
}

#[test]
fn what_the_boot_rom_did_not_write_is_no_evidence() {
    for area in [&[][..], &[0; 0x400], &[0xFF; 0x400], &booted().slot] {
        assert_eq!(token::<Small>(area), Err(Status::SERVICE_FAILURE));
        let mut call = Call::new(GET_TOKEN_SIZE, &32u32.to_le_bytes(), 4);
        let outcome = call.deliver(&mut started_over::<Small>(area));
        assert_eq!(outcome, Err(Status::SERVICE_FAILURE));
    }
}

#[test]
fn half_of_it_is_none_either() {
    for bytes in 0..used_bytes() {
        let outcome = token::<Small>(&booted().boot_data[..bytes]);
        assert_eq!(outcome, Err(Status::SERVICE_FAILURE), "{bytes} bytes");
    }
}

/// Whatever changes, either there is no token, or one that tells another seed or another name or
/// another boot ROM. What it tells of the image never changes: that is held against the image.
#[test]
fn the_image_can_not_be_misrepresented() {
    let whole = token::<Longest>(&booted().boot_data).unwrap();
    let record = boot::boot_data::Reader::new(&booted().boot_data).unwrap();
    let kind = boot::boot_data::Module::SecureAndNonSecure.boot_record_kind();
    let record_bytes = record.find(kind).unwrap().len();
    // The head of the area and that of the first entry, then the record itself.
    let image = 4..8 + record_bytes;
    for index in 0..used_bytes() {
        for bit in 0..8 {
            let mut area = booted().boot_data.clone();
            area[index] ^= 1 << bit;
            match token::<Longest>(&area) {
                Err(status) => assert_eq!(status, Status::SERVICE_FAILURE),
                Ok(token) => {
                    assert!(!image.contains(&index), "byte {index}");
                    assert_eq!(token.len(), whole.len());
                }
            }
        }
    }
}
