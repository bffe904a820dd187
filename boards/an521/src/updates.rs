// SPDX-License-Identifier: Apache-2.0
//! Where firmware updates go on this board, and how.

use armv8m::system;
use boot::upgrade::Mode;
use firmware_update::Platform;
use flash::Area;

use crate::config::boot::{UPGRADE as CHOSEN, Upgrade as Chosen};
use crate::memory_map::{PRIMARY_SLOT, SECONDARY_SLOT, Slots};

/// How an upgrade comes into the primary slot.
pub const UPGRADE: Mode = match CHOSEN {
    Chosen::Overwrite => Mode::Overwrite,
    Chosen::Swap => Mode::Swap,
};

/// What the Firmware Update partition finds here.
#[derive(Debug)]
pub struct Updates;

impl Platform for Updates {
    type Flash = Slots;
    const PRIMARY: Area = PRIMARY_SLOT;
    const SECONDARY: Area = SECONDARY_SLOT;
    const UPGRADE: Mode = UPGRADE;

    fn reset() {
        system::reset()
    }
}
