// SPDX-License-Identifier: Apache-2.0
//! Areas of the flash that follow from those in `board.toml`, for everyone who needs them: the
//! linker scripts, the configuration and the boards.

use crate::effective::Effective;

/// An area: its offset from the start of the flash and its size, in bytes.
pub type Area = (u64, u64);

/// The area `flash.areas.<name>`.
pub fn named(effective: &Effective, name: &str) -> Area {
    let number = |part: &str| effective.number(&format!("flash.areas.{name}.{part}"));
    (number("offset_bytes"), number("size_bytes"))
}

/// All of the flash.
pub fn whole(effective: &Effective) -> Area {
    (0, effective.number("flash.size_bytes"))
}

/// The parts of a slot, an area `flash.areas.<name>`, where there are two images: that of the secure
/// one, and that of the non-secure one behind it.
pub fn divided(effective: &Effective, name: &str) -> [Area; 2] {
    let (offset, size_bytes) = named(effective, name);
    let secure_bytes = effective.number("boot.secure_slot_bytes").min(size_bytes);
    [
        (offset, secure_bytes),
        (offset + secure_bytes, size_bytes - secure_bytes),
    ]
}

/// The primary slot without its trailer.
pub fn running_image(effective: &Effective) -> Area {
    let (offset, size_bytes) = named(effective, "primary");
    (offset, size_bytes - effective.number("flash.sector_bytes"))
}

/// The last sector of the primary slot, which holds the trailer.
pub fn trailer(effective: &Effective) -> Area {
    let (offset, size_bytes) = running_image(effective);
    let sector_bytes = effective.number("flash.sector_bytes");
    (offset + size_bytes, sector_bytes)
}

/// From the trailer of the primary slot to the end of the secondary slot.
pub fn updates(effective: &Effective) -> Area {
    let ((start, _), (offset, size_bytes)) = (trailer(effective), named(effective, "secondary"));
    (start, offset + size_bytes - start)
}
