// SPDX-License-Identifier: Apache-2.0
//! Where firmware updates go on this board.

use armv8m::system;
use boot::Area;
use firmware_update::Platform;

use crate::memory_map::{PRIMARY_SLOT, SECONDARY_SLOT, Slots};

/// What the Firmware Update partition finds here.
#[derive(Debug)]
pub struct Updates;

impl Platform for Updates {
    type Flash = Slots;
    const PRIMARY: Area = PRIMARY_SLOT;
    const SECONDARY: Area = SECONDARY_SLOT;

    fn reset() {
        system::reset()
    }
}
