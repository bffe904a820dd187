// SPDX-License-Identifier: Apache-2.0
//! Images and their slots.

use anyhow::{Context, Result, ensure};

use crate::Options;
use crate::draft::ERASED;

/// The last bytes of a slot whose image is to be taken over (program units up to 8 bytes).
const TRAILER_MAGIC: [u8; 16] = [
    0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80,
];
/// The magic and two flags of 8 bytes.
const TRAILER_BYTES: usize = TRAILER_MAGIC.len() + 2 * 8;

/// Checks that the image fits into its slot and fills that, as the options say.
pub fn fit(image: &mut Vec<u8>, options: &Options) -> Result<()> {
    let Some(slot_bytes) = options.slot_bytes else {
        ensure!(
            !options.pad_to_slot,
            "the size of the slot is needed to pad the image to it"
        );
        return Ok(());
    };
    let image_bytes = image.len();
    let room_bytes = slot_bytes
        .checked_sub(TRAILER_BYTES)
        .context("the slot is too small")?;
    ensure!(
        image_bytes <= room_bytes,
        "the image has {image_bytes} bytes, its slot of {slot_bytes} holds {room_bytes}"
    );
    if options.pad_to_slot {
        image.resize(slot_bytes - TRAILER_MAGIC.len(), ERASED);
        image.extend(TRAILER_MAGIC);
    }
    Ok(())
}
