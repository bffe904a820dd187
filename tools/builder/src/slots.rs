// SPDX-License-Identifier: Apache-2.0
//! Images in the slots of a flash file, as a programmer or an application puts them there.

use crate::firmware::Which;
use crate::flash_file::FlashFile;
use anyhow::{Result, ensure};
use boot::trailer::{self, Flag};
use clap::ValueEnum;
use configure::Effective;

const ERASED: u8 = 0xFF;
/// Magic and flag of an image that is asked for for good.
const TRAILER_BYTES: usize = trailer::MAGIC.len() + trailer::FIELD_BYTES;

/// A slot of the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Slot {
    /// From which images are started.
    Primary,
    /// In which upgrades arrive.
    Secondary,
}

impl Slot {
    /// What the configuration calls it.
    pub const fn area(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
        }
    }
}

/// Writes a slot of this image: from its beginning, the rest is erased. The slot of the other image,
/// if there are two, stays as it is.
pub fn put(
    flash: &FlashFile<'_>,
    effective: &Effective,
    (image, slot): (Which, Slot),
    content: &[u8],
) -> Result<()> {
    let (offset, size_bytes) = image.slot(effective, slot.area());
    let size_bytes = usize::try_from(size_bytes)?;
    ensure!(
        content.len() <= size_bytes,
        "the image has {} bytes, its slot holds {size_bytes}",
        content.len()
    );
    let mut whole = content.to_vec();
    whole.resize(size_bytes, ERASED);
    flash.write_range(offset, &whole)
}

/// What the slot of an image has.
pub fn get(
    flash: &FlashFile<'_>,
    effective: &Effective,
    (image, slot): (Which, Slot),
) -> Result<Vec<u8>> {
    let (offset, size_bytes) = image.slot(effective, slot.area());
    flash.read_range(&(offset..offset + size_bytes))
}

/// Puts an image into the primary slot.
pub fn install(flash: &FlashFile<'_>, image: &[u8]) -> Result<()> {
    flash.write(Slot::Primary.area(), image)
}

/// Puts an image into the secondary slot and asks for it: on trial, where images are exchanged.
pub fn request(flash: &FlashFile<'_>, image: &[u8]) -> Result<()> {
    ask(flash, image, false)
}

/// Puts an image into the secondary slot and asks for it, on trial or for good. An image that
/// fills its slot brings the request along.
pub fn ask(flash: &FlashFile<'_>, image: &[u8], is_permanent: bool) -> Result<()> {
    let slot_bytes = flash.read(Slot::Secondary.area())?.len();
    let content = requested(image, slot_bytes, is_permanent)?;
    flash.write(Slot::Secondary.area(), &content)
}

/// A secondary slot of so many bytes with this image and the request for it.
pub fn requested(image: &[u8], slot_bytes: usize, is_permanent: bool) -> Result<Vec<u8>> {
    let mut content = image.to_vec();
    if image.len() < slot_bytes || trailer::requested(image).is_none() {
        let trailer_bytes = if is_permanent {
            TRAILER_BYTES
        } else {
            trailer::MAGIC.len()
        };
        let room_bytes = slot_bytes.saturating_sub(trailer_bytes);
        ensure!(
            image.len() <= room_bytes,
            "the image has {} bytes, the secondary slot holds {room_bytes}",
            image.len()
        );
        content.resize(room_bytes, ERASED);
        if is_permanent {
            content.extend(Flag::SET);
        }
        content.extend(trailer::MAGIC);
    }
    Ok(content)
}

/// Erases a slot.
pub fn erase(flash: &FlashFile<'_>, slot: Slot) -> Result<()> {
    flash.write(slot.area(), &[])
}
