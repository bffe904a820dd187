// SPDX-License-Identifier: Apache-2.0
//! A board with two slots in RAM, whose power can be cut.

use boot::Mode;
use boot::trailer;
use firmware_update::{FirmwareUpdate, UpdateSlots};
use flash::fake::RamFlash;
use flash::{Area, Geometry};
use std::cell::Cell;

pub const SECTOR_BYTES: usize = 512;
const UNIT_BYTES: usize = 8;
pub const SLOT_BYTES: usize = 8 * SECTOR_BYTES;
/// What an image may have.
pub const ROOM_BYTES: usize = SLOT_BYTES - SECTOR_BYTES;
/// The version of the image that runs.
pub const VERSION: [u8; 8] = [1, 2, 3, 0, 4, 0, 0, 0];
/// The beginning of that image.
const RUNNING_IMAGE: [u8; 32] = {
    let mut image = [0x5A; 32];
    let (_, rest) = image.split_at_mut(20);
    let (version, _) = rest.split_at_mut(VERSION.len());
    version.copy_from_slice(&VERSION);
    image
};

thread_local! {
    /// How often the device was reset in this test.
    pub static RESETS: Cell<usize> = const { Cell::new(0) };
}

#[derive(Clone, Debug)]
pub struct Fake;

impl UpdateSlots for Fake {
    type Flash = RamFlash;
    const PRIMARY_TRAILER: Area = Area {
        offset_bytes: SLOT_BYTES,
        size_bytes: SECTOR_BYTES,
    };
    const PRIMARY_BYTES: usize = SLOT_BYTES;
    const SECONDARY: Area = Area {
        offset_bytes: 2 * SECTOR_BYTES + SLOT_BYTES,
        size_bytes: SLOT_BYTES,
    };
    const UPGRADE: Mode = Mode::Overwrite;

    fn running_image() -> &'static [u8] {
        &RUNNING_IMAGE
    }

    fn reset() {
        RESETS.set(RESETS.get() + 1);
    }
}

pub type Update = FirmwareUpdate<Fake>;

/// A device in use: nothing in its flash is erased, and an image of [`VERSION`] runs.
pub fn device() -> Update {
    let bytes = 3 * SECTOR_BYTES + 2 * SLOT_BYTES;
    let content: Vec<u8> = (0..bytes).map(|place| place as u8 & 0x7F).collect();
    let geometry = Geometry {
        sector_count: bytes / SECTOR_BYTES,
        sector_bytes: SECTOR_BYTES,
        program_unit_bytes: UNIT_BYTES,
    };
    Update::new(RamFlash::with_bytes(geometry, &content))
}

/// What stands before the request, if there is one.
pub fn requested(board: &RamFlash) -> Option<&[u8]> {
    trailer::requested(secondary(board))
}

/// The secondary slot.
pub fn secondary(board: &RamFlash) -> &[u8] {
    &board.bytes()[Fake::SECONDARY.offset_bytes..][..SLOT_BYTES]
}

/// All but the secondary slot.
pub fn outside(board: &RamFlash) -> (&[u8], &[u8]) {
    let (before, rest) = board.bytes().split_at(Fake::SECONDARY.offset_bytes);
    (before, &rest[SLOT_BYTES..])
}
