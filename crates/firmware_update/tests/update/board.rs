// SPDX-License-Identifier: Apache-2.0
//! A board with two slots in RAM, whose power can be cut.

use boot::flash::Place;
use boot::upgrade::Mode;
use boot::{Area, Flash, FlashFailure, trailer};
use firmware_update::{FirmwareUpdate, Platform};
use its::host::fake::RamFlash;
use its::{Flash as _, Geometry};
use std::cell::Cell;

pub const SECTOR_BYTES: usize = 512;
const UNIT_BYTES: usize = 8;
pub const SLOT_BYTES: usize = 8 * SECTOR_BYTES;
/// What an image may have.
pub const ROOM_BYTES: usize = SLOT_BYTES - SECTOR_BYTES;
/// The version of the image that runs.
pub const VERSION: [u8; 8] = [1, 2, 3, 0, 4, 0, 0, 0];
const VERSION_OFFSET_BYTES: usize = 20;

thread_local! {
    /// How often the device was reset in this test.
    pub static RESETS: Cell<usize> = const { Cell::new(0) };
}

/// Both slots, with a sector before, between and behind them.
#[derive(Clone, Debug)]
pub struct Board(pub RamFlash);

impl Flash for Board {
    fn sector_bytes(&self) -> usize {
        SECTOR_BYTES
    }

    fn program_unit_bytes(&self) -> usize {
        UNIT_BYTES
    }

    fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure> {
        let erased = self.0.erase(sector.offset_bytes() as u32);
        erased.map_err(|_| FlashFailure)
    }

    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure> {
        let programmed = self.0.program(place.offset_bytes() as u32, data);
        programmed.map_err(|_| FlashFailure)
    }
}

#[derive(Clone, Debug)]
pub struct Fake;

impl Platform for Fake {
    type Flash = Board;
    const PRIMARY: Area = Area {
        offset_bytes: SECTOR_BYTES,
        size_bytes: SLOT_BYTES,
    };
    const SECONDARY: Area = Area {
        offset_bytes: 2 * SECTOR_BYTES + SLOT_BYTES,
        size_bytes: SLOT_BYTES,
    };
    const UPGRADE: Mode = Mode::Overwrite;

    fn reset() {
        RESETS.set(RESETS.get() + 1);
    }
}

pub type Update = FirmwareUpdate<Fake>;

/// A device in use: nothing in its flash is erased, and an image of [`VERSION`] runs.
pub fn device() -> Update {
    let bytes = 3 * SECTOR_BYTES + 2 * SLOT_BYTES;
    let mut content: Vec<u8> = (0..bytes).map(|place| place as u8 & 0x7F).collect();
    let version = Fake::PRIMARY.offset_bytes + VERSION_OFFSET_BYTES;
    content[version..version + VERSION.len()].copy_from_slice(&VERSION);
    let geometry = Geometry {
        sector_count: (bytes / SECTOR_BYTES) as u32,
        sector_bytes: SECTOR_BYTES as u32,
        program_unit_bytes: UNIT_BYTES as u32,
    };
    Update::new(Board(RamFlash::with_bytes(geometry, &content)))
}

/// What stands before the request, if there is one.
pub fn requested(board: &Board) -> Option<&[u8]> {
    trailer::requested(board.area(Fake::SECONDARY))
}

/// All but the secondary slot.
pub fn outside(board: &Board) -> (&[u8], &[u8]) {
    let (before, rest) = board.bytes().split_at(Fake::SECONDARY.offset_bytes);
    (before, &rest[SLOT_BYTES..])
}
