// SPDX-License-Identifier: Apache-2.0
//! Images and their slots.

use anyhow::{Context, Result, ensure};

use boot::trailer;

use crate::Options;
use crate::draft::ERASED;

/// The magic and two flags of 8 bytes.
const TRAILER_BYTES: usize = trailer::MAGIC.len() + 2 * 8;

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
        image.resize(slot_bytes - trailer::MAGIC.len(), ERASED);
        image.extend(trailer::MAGIC);
    }
    Ok(())
}
