// SPDX-License-Identifier: Apache-2.0
//! The boot record: a CBOR map (RFC 8949) that becomes a claim of the attestation token. The
//! keys are those of a software component, in the order in which `imgtool` writes them; the
//! measurement is last and left empty for the boot ROM.

use anyhow::{Result, ensure};
use boot::Version;

/// Longest text that stays with a head of one byte and that `imgtool` accepts.
const SOFTWARE_TYPE_BYTES_MAX: usize = 12;

const MAP_OF_FIVE: u8 = 0xA5;
const TEXT: u8 = 0x60;
const BYTES_OF_32: [u8; 2] = [0x58, 32];

const KEY_TYPE: u8 = 1;
const KEY_MEASUREMENT: u8 = 2;
const KEY_VERSION: u8 = 4;
const KEY_SIGNER: u8 = 5;
const KEY_DESCRIPTION: u8 = 6;

/// Encodes the record of an image.
pub fn encode(software_type: &str, version: Version, signer: &[u8; 32]) -> Result<Vec<u8>> {
    ensure!(
        software_type.len() <= SOFTWARE_TYPE_BYTES_MAX,
        "software type '{software_type}' is longer than {SOFTWARE_TYPE_BYTES_MAX} bytes"
    );
    let version = format!("{}.{}.{}", version.major, version.minor, version.revision);
    let mut record = vec![MAP_OF_FIVE];
    add_text(&mut record, KEY_TYPE, software_type);
    add_text(&mut record, KEY_VERSION, &version);
    add_bytes(&mut record, KEY_SIGNER, signer);
    add_text(&mut record, KEY_DESCRIPTION, "SHA256");
    add_bytes(&mut record, KEY_MEASUREMENT, &[0; 32]);
    Ok(record)
}

/// No text in a record has more than 23 bytes, the most that fits into the head.
fn add_text(record: &mut Vec<u8>, key: u8, text: &str) {
    record.extend([key, TEXT | text.len() as u8]);
    record.extend(text.as_bytes());
}

fn add_bytes(record: &mut Vec<u8>, key: u8, bytes: &[u8; 32]) {
    record.push(key);
    record.extend(BYTES_OF_32);
    record.extend(bytes);
}
