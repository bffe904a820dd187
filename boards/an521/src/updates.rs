// SPDX-License-Identifier: Apache-2.0
//! Where firmware updates go on this board, and how.

use armv8m::system;
use boot::upgrade::Mode;
use firmware_update::UpdateSlots;
use flash::{Area, Mapped as _};

use crate::config;
use crate::config::boot::{UPGRADE as CHOSEN, Upgrade as Chosen};
use crate::memory_map::{PRIMARY_TRAILER, RUNNING_IMAGE, SECONDARY_SLOT, UpdateArea};

/// How an upgrade comes into the primary slot.
pub const UPGRADE: Mode = match CHOSEN {
    Chosen::Overwrite => Mode::Overwrite,
    Chosen::Swap => Mode::Swap,
};

/// What the Firmware Update partition finds here.
#[derive(Debug)]
pub struct Updates;

impl UpdateSlots for Updates {
    type Flash = UpdateArea;
    const PRIMARY_TRAILER: Area = PRIMARY_TRAILER;
    const PRIMARY_BYTES: usize = config::flash::PRIMARY.size_bytes as usize;
    const SECONDARY: Area = SECONDARY_SLOT;
    const UPGRADE: Mode = UPGRADE;

    fn running_image() -> &'static [u8] {
        RUNNING_IMAGE.bytes()
    }

    fn reset() {
        system::reset()
    }
}
