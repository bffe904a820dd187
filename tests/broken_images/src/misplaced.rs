// SPDX-License-Identifier: Apache-2.0
//! Images that are properly signed and made for another place, as a wrong option of a signer or a
//! wrong linker script makes them.

use anyhow::Result;
use boot::{Error, Placement};

use crate::BrokenImage;
use signer::draft::Draft;
use signer::{Options, SigningKey};

/// Changes `payload`, which is right for a device with this placement, and its header.
///
/// # Errors
///
/// When the payload can't be signed.
pub fn misplaced_images(
    key: &SigningKey,
    payload: &[u8],
    options: &Options,
    placement: Placement,
) -> Result<Vec<BrokenImage>> {
    let right = Draft::new(payload, key, options)?;
    let mut images = Vec::new();
    let mut push = |name, error, draft: &Draft| -> Result<()> {
        let image = draft.seal(key)?;
        images.push(BrokenImage { name, image, error });
        Ok(())
    };
    let configured = placement.header_bytes;
    for (name, header_bytes) in [
        ("header size: none but the header", 0x20),
        ("header size: half", configured / 2),
        ("header size: a word less", configured - 4),
        ("header size: a word more", configured + 4),
        ("header size: double", configured * 2),
    ] {
        let mut draft = right.clone();
        draft.header.header_bytes = header_bytes;
        push(name, Error::WrongHeaderSize, &draft)?;
    }
    let ram = placement.ram_address;
    let ram_end = ram.wrapping_add(placement.ram_bytes);
    let start = placement.image_address();
    let end = start + payload.len() as u32;
    for (name, word, value) in [
        ("stack: none", 0, 0),
        ("stack: erased", 0, u32::MAX),
        ("stack: at the beginning of the RAM", 0, ram),
        ("stack: before the RAM", 0, ram - 8),
        ("stack: behind the RAM", 0, ram_end + 8),
        ("stack: not aligned", 0, ram_end - 4),
        ("stack: in the slot", 0, start),
        ("reset: none", 1, 0),
        ("reset: erased", 1, u32::MAX),
        ("reset: no Thumb code", 1, start + 0x40),
        ("reset: in the header", 1, start - 1),
        ("reset: behind the image", 1, end | 1),
        ("reset: in the RAM", 1, ram | 1),
        (
            "reset: as if linked for the header of half the size",
            1,
            (start - u32::from(configured / 2)) | 1,
        ),
    ] {
        let mut draft = right.clone();
        draft.payload[4 * word..][..4].copy_from_slice(&u32::to_le_bytes(value));
        push(name, Error::WrongPlace, &draft)?;
    }
    Ok(images)
}
