// SPDX-License-Identifier: Apache-2.0
//! Areas in each other's place, and sizes as large as their fields: what sums of them would wrap
//! to, and what a reader would find that believed them.

use anyhow::Result;
use boot::Error;
use boot::tlv::{PROTECTED_MAGIC, UNPROTECTED_MAGIC};

use super::patched::{HEADER_BYTES, PAYLOAD_BYTES, PROTECTED_AREA_BYTES};
use crate::{Bench, BrokenImage};
use signer::draft::{self, Entry};

/// The greatest size that a field of 16 bits can say.
const GREATEST: usize = u16::MAX as usize;

pub fn images(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let mut images = swapped(bench)?;
    images.extend(wrapping(bench)?);
    Ok(images)
}

fn swapped(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let protected = bench.protected_start();
    let unprotected = bench.unprotected_start();
    let protected_bytes = usize::from(bench.valid.header.protected_area_bytes);
    let unannounce = |image: &mut Vec<u8>| {
        image[PROTECTED_AREA_BYTES..PROTECTED_AREA_BYTES + 2].fill(0);
    };
    [
        bench.patch("areas: swapped", Error::WrongProtectedArea, |image| {
            image[protected..].rotate_left(protected_bytes);
        }),
        bench.patch(
            "areas: swapped, none announced",
            Error::CounterMissing,
            |image| {
                image[protected..].rotate_left(protected_bytes);
                unannounce(image);
            },
        ),
        bench.patch(
            "areas: magics swapped",
            Error::WrongProtectedArea,
            |image| {
                image[protected..protected + 2].copy_from_slice(&UNPROTECTED_MAGIC.to_le_bytes());
                image[unprotected..unprotected + 2].copy_from_slice(&PROTECTED_MAGIC.to_le_bytes());
            },
        ),
        bench.patch("areas: both protected", Error::AreaMissing, |image| {
            image[unprotected..unprotected + 2].copy_from_slice(&PROTECTED_MAGIC.to_le_bytes());
        }),
        bench.patch("areas: protected one twice", Error::AreaMissing, |image| {
            let copy = image[protected..unprotected].to_vec();
            image.splice(unprotected..unprotected, copy);
        }),
        bench.patch(
            "areas: unprotected one before both",
            Error::WrongProtectedArea,
            |image| {
                let copy = image[unprotected..].to_vec();
                image.splice(protected..protected, copy);
            },
        ),
        entries_swapped(bench),
    ]
    .into_iter()
    .collect()
}

/// Each area has what belongs into the other, and hash and signature are right.
fn entries_swapped(bench: &Bench<'_>) -> Result<BrokenImage> {
    let mut draft = bench.valid.clone();
    let proof = bench.proof.clone();
    let counter: Vec<Entry> = std::mem::replace(&mut draft.protected, proof);
    draft.announce_protected()?;
    let mut image = draft.signed_part()?;
    image.extend(draft::area(UNPROTECTED_MAGIC, &counter)?);
    Ok(BrokenImage {
        name: "areas: entries swapped",
        image,
        error: Error::EntryNotAllowed,
    })
}

fn wrapping(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let header_bytes = bench.valid.header.header_bytes;
    let payload_bytes = bench.valid.payload.len();
    let protected = bench.protected_start();
    let unprotected = bench.unprotected_start();
    let set_16 = |offset: usize, value: u16| {
        move |image: &mut Vec<u8>| image[offset..offset + 2].copy_from_slice(&value.to_le_bytes())
    };
    let set_payload_bytes = |value: u32| {
        move |image: &mut Vec<u8>| {
            image[PAYLOAD_BYTES..PAYLOAD_BYTES + 4].copy_from_slice(&value.to_le_bytes());
        }
    };
    // An area of this size may lie within the slot, where erased flash follows the image.
    let area = |start: usize| match start.checked_add(GREATEST) {
        Some(end) if end <= bench.slot_bytes => Error::EntryOverlong,
        _ => Error::AreaOverlong,
    };
    let header = match bench.slot_bytes.checked_sub(GREATEST) {
        None => Error::WrongHeaderSize,
        Some(rest) if rest < payload_bytes => Error::WrongImageSize,
        Some(_) => Error::WrongProtectedArea,
    };
    let wrapped = 0u32.wrapping_sub(u32::from(header_bytes));
    [
        bench.patch(
            "header size: greatest number",
            header,
            set_16(HEADER_BYTES, u16::MAX),
        ),
        bench.patch(
            "payload size: negative",
            Error::WrongImageSize,
            set_payload_bytes(1 << 31),
        ),
        bench.patch(
            "payload size: wraps to the payload with the header",
            Error::WrongImageSize,
            set_payload_bytes(wrapped.wrapping_add(32)),
        ),
        bench.patch(
            "payload size: wraps with header and area",
            Error::WrongImageSize,
            set_payload_bytes(wrapped.wrapping_sub(bench.valid.header.protected_area_bytes.into())),
        ),
        bench.patch(
            "header size and payload size: wrap to the areas",
            Error::WrongImageSize,
            |image| {
                let larger = header_bytes + 64;
                set_16(HEADER_BYTES, larger)(image);
                set_payload_bytes((protected as u32).wrapping_sub(larger.into()) | 1 << 31)(image);
            },
        ),
        bench.patch(
            "protected area: announced as the greatest",
            Error::WrongProtectedArea,
            set_16(PROTECTED_AREA_BYTES, u16::MAX),
        ),
        bench.patch("protected area: the greatest", area(protected), |image| {
            set_16(PROTECTED_AREA_BYTES, u16::MAX)(image);
            set_16(protected + 2, u16::MAX)(image);
        }),
        bench.patch(
            "unprotected area: the greatest",
            area(unprotected),
            set_16(unprotected + 2, u16::MAX),
        ),
        bench.patch(
            "unprotected entry: wraps to its own head",
            Error::EntryOverlong,
            set_16(unprotected + 6, u16::MAX - 3),
        ),
        bench.patch(
            "protected entry: wraps to its own head",
            Error::EntryOverlong,
            set_16(protected + 6, u16::MAX - 3),
        ),
    ]
    .into_iter()
    .collect()
}
