// SPDX-License-Identifier: Apache-2.0
//! Finished images of which bytes were changed.

use anyhow::Result;
use boot::Error;
use boot::tlv::HEAD_BYTES;

use crate::{Bench, BrokenImage};

/// Offsets of header fields.
pub const HEADER_BYTES: usize = 8;
pub const PROTECTED_AREA_BYTES: usize = 10;
pub const PAYLOAD_BYTES: usize = 12;
const VERSION: usize = 20;

pub fn images(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let protected = bench.protected_start();
    let unprotected = bench.unprotected_start();
    let header_bytes = usize::from(bench.valid.header.header_bytes);
    let room_bytes = bench.slot_bytes - header_bytes;
    let announced_bytes = bench.valid.header.protected_area_bytes;
    let first_value = unprotected + 2 * HEAD_BYTES;

    let set_16 = |offset: usize, value: u16| {
        move |image: &mut Vec<u8>| image[offset..offset + 2].copy_from_slice(&value.to_le_bytes())
    };
    let set_payload_bytes = |value: usize| {
        let value = (value as u32).to_le_bytes();
        move |image: &mut Vec<u8>| image[PAYLOAD_BYTES..PAYLOAD_BYTES + 4].copy_from_slice(&value)
    };
    let flip = |offset: usize| move |image: &mut Vec<u8>| image[offset] ^= 0x10;
    let cut = |length: usize| move |image: &mut Vec<u8>| image.truncate(length);

    [
        bench.patch("erased slot", Error::WrongMagic, |image| image.clear()),
        bench.patch("zeroed slot", Error::WrongMagic, |image| image.fill(0)),
        bench.patch("magic: bit flipped", Error::WrongMagic, flip(0)),
        bench.patch("magic: other end first", Error::WrongMagic, |image| {
            image[..4].reverse()
        }),
        bench.patch(
            "header size: 0",
            Error::WrongHeaderSize,
            set_16(HEADER_BYTES, 0),
        ),
        bench.patch(
            "header size: 31",
            Error::WrongHeaderSize,
            set_16(HEADER_BYTES, 31),
        ),
        bench.patch(
            "payload size: 0",
            Error::WrongImageSize,
            set_payload_bytes(0),
        ),
        bench.patch(
            "payload size: 7",
            Error::WrongImageSize,
            set_payload_bytes(7),
        ),
        bench.patch(
            "payload size: one more than the slot",
            Error::WrongImageSize,
            set_payload_bytes(room_bytes + 1),
        ),
        bench.patch(
            "payload size: wraps to 0 with the header",
            Error::WrongImageSize,
            set_payload_bytes(0usize.wrapping_sub(header_bytes)),
        ),
        bench.patch(
            "payload size: greatest number",
            Error::WrongImageSize,
            set_payload_bytes(u32::MAX as usize),
        ),
        bench.patch(
            "payload size: no room for an area",
            Error::AreaTruncated,
            set_payload_bytes(room_bytes),
        ),
        bench.patch(
            "payload size: room for half the head of an area",
            Error::AreaTruncated,
            set_payload_bytes(room_bytes - 2),
        ),
        bench.patch(
            "payload size: areas are not where they should be",
            Error::WrongProtectedArea,
            set_payload_bytes(bench.valid.payload.len() - 4),
        ),
        bench.patch(
            "protected area: announced as 0 bytes",
            Error::WrongProtectedArea,
            set_16(PROTECTED_AREA_BYTES, 0),
        ),
        bench.patch(
            "protected area: announced longer",
            Error::WrongProtectedArea,
            set_16(PROTECTED_AREA_BYTES, announced_bytes + 4),
        ),
        bench.patch(
            "protected area: announced shorter",
            Error::WrongProtectedArea,
            set_16(PROTECTED_AREA_BYTES, announced_bytes - 4),
        ),
        bench.patch(
            "protected area: longer than announced",
            Error::WrongProtectedArea,
            set_16(protected + 2, announced_bytes + 4),
        ),
        bench.patch(
            "protected area: shorter than its head",
            Error::AreaOverlong,
            set_16(protected + 2, 3),
        ),
        bench.patch(
            "protected area: wrong magic",
            Error::WrongProtectedArea,
            flip(protected),
        ),
        bench.patch(
            "protected entry: overlong",
            Error::EntryOverlong,
            set_16(protected + HEAD_BYTES + 2, u16::MAX),
        ),
        bench.patch(
            "security counter: raised without signing",
            Error::WrongHash,
            flip(protected + 2 * HEAD_BYTES),
        ),
        bench.patch(
            "unprotected area: wrong magic",
            Error::AreaMissing,
            flip(unprotected),
        ),
        bench.patch(
            "unprotected area: cut off",
            Error::AreaMissing,
            cut(unprotected),
        ),
        bench.patch(
            "unprotected area: 0 bytes",
            Error::AreaOverlong,
            set_16(unprotected + 2, 0),
        ),
        bench.patch(
            "unprotected area: shorter than its head",
            Error::AreaOverlong,
            set_16(unprotected + 2, 3),
        ),
        bench.patch(
            "unprotected area: empty",
            Error::HashMissing,
            set_16(unprotected + 2, 4),
        ),
        bench.patch(
            "unprotected area: ends in the head of an entry",
            Error::EntryTruncated,
            set_16(unprotected + 2, 6),
        ),
        bench.patch(
            "unprotected area: ends in the hash",
            Error::EntryOverlong,
            set_16(unprotected + 2, 39),
        ),
        bench.patch(
            "unprotected area: ends behind the slot",
            Error::AreaOverlong,
            |image| {
                end_with_area_head(image, bench.slot_bytes);
            },
        ),
        bench.patch(
            "unprotected entry: overlong",
            Error::EntryOverlong,
            set_16(unprotected + HEAD_BYTES + 2, u16::MAX),
        ),
        bench.patch(
            "unprotected entry: reserved byte of the type set",
            Error::EntryNotAllowed,
            set_16(unprotected + HEAD_BYTES, 0x0110),
        ),
        bench.patch(
            "image: cut off in the payload",
            Error::WrongProtectedArea,
            |image| {
                image.truncate(header_bytes + 16);
            },
        ),
        bench.patch("header: version changed", Error::WrongHash, flip(VERSION)),
        bench.patch(
            "header: padding changed",
            Error::WrongHash,
            flip(header_bytes - 1),
        ),
        bench.patch(
            "payload: first byte changed",
            Error::WrongHash,
            flip(header_bytes),
        ),
        bench.patch(
            "payload: last byte changed",
            Error::WrongHash,
            flip(protected - 1),
        ),
        bench.patch("hash: changed", Error::WrongHash, flip(first_value)),
        bench.patch(
            "header: zeros behind the magic",
            Error::WrongHeaderSize,
            |image| {
                image[4..32].fill(0);
            },
        ),
    ]
    .into_iter()
    .collect()
}

/// Fills the slot so that its last bytes are the head of an area that has more.
fn end_with_area_head(image: &mut Vec<u8>, slot_bytes: usize) {
    let header_bytes = usize::from(u16::from_le_bytes([image[8], image[9]]));
    let protected_bytes = usize::from(u16::from_le_bytes([image[10], image[11]]));
    let payload_bytes = u32::from_le_bytes([image[12], image[13], image[14], image[15]]) as usize;
    let protected_start = header_bytes + payload_bytes;
    let areas = image[protected_start..protected_start + protected_bytes + 2].to_vec();
    let moved_to = slot_bytes - HEAD_BYTES - protected_bytes;
    image.resize(moved_to, 0);
    image.extend(areas);
    image.extend(5u16.to_le_bytes());
    let payload_bytes = (moved_to - header_bytes) as u32;
    image[PAYLOAD_BYTES..PAYLOAD_BYTES + 4].copy_from_slice(&payload_bytes.to_le_bytes());
}
