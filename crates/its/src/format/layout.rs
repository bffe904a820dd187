// SPDX-License-Identifier: Apache-2.0
//! Sizes of sectors, slots and data on a flash of one geometry.
//!
//! All of it is `const`: if the geometry is a constant, the compiler evaluates it.

use super::{checksum::WORD_BYTES, slot};
use flash::Geometry;

/// Size of one copy of the sector header without padding: magic, shape, sequence, oldest, erase
/// count, checksum.
pub(crate) const SECTOR_HEADER_BYTES: usize = 24;

/// Data begins at a multiple of this or of the program unit, so that 12 bits say where.
const SMALLEST_GRANULE_BYTES: u32 = 16;

/// The sizes of a flash, and what follows from them, in 32 bits as in the index and on flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) sector_count: u32,
    pub(crate) sector_bytes: u32,
    pub(crate) program_unit_bytes: u32,
}

impl Layout {
    /// The layout of a flash of this geometry.
    pub(crate) const fn of(geometry: Geometry) -> Self {
        Self {
            sector_count: geometry.sector_count as u32,
            sector_bytes: geometry.sector_bytes as u32,
            program_unit_bytes: geometry.program_unit_bytes as u32,
        }
    }

    /// All bytes of the area.
    pub(crate) const fn area_bytes(&self) -> u32 {
        self.sector_count.wrapping_mul(self.sector_bytes)
    }

    /// Sectors that hold objects. The others are free: one is needed for atomic replacement; with
    /// four or more sectors a second one replaces a bad sector.
    pub(crate) const fn window_sectors(&self) -> u32 {
        if self.sector_count >= 4 {
            self.sector_count - 2
        } else {
            self.sector_count.wrapping_sub(1)
        }
    }

    /// One copy of the sector header.
    pub(crate) const fn sector_header_bytes(&self) -> u32 {
        self.whole_units(SECTOR_HEADER_BYTES as u32)
    }

    /// The first part of a slot.
    pub(crate) const fn record_header_bytes(&self) -> u32 {
        self.whole_units(slot::HEADER_BYTES as u32)
    }

    /// The second part of a slot.
    pub(crate) const fn commit_bytes(&self) -> u32 {
        self.whole_units(slot::COMMIT_BYTES as u32)
    }

    /// A slot.
    pub(crate) const fn slot_bytes(&self) -> u32 {
        self.record_header_bytes() + self.commit_bytes()
    }

    /// Unit of the depth at which data lies.
    pub(crate) const fn granule_bytes(&self) -> u32 {
        if self.program_unit_bytes > SMALLEST_GRANULE_BYTES {
            self.program_unit_bytes
        } else {
            SMALLEST_GRANULE_BYTES
        }
    }

    /// Bytes that data of `bytes` occupies.
    pub(crate) const fn data_bytes(&self, bytes: u32) -> u32 {
        round_up(bytes, self.granule_bytes())
    }

    /// Data with its padding to whole words and whole units: what is programmed at once, and what
    /// its checksum covers.
    pub(crate) const fn padded_bytes(&self, bytes: usize) -> usize {
        round_up(bytes as u32, self.part_bytes()) as usize
    }

    /// The size of the transient buffer must be a multiple of this: whole words and whole units.
    pub(crate) const fn part_bytes(&self) -> u32 {
        if self.program_unit_bytes > WORD_BYTES as u32 {
            self.program_unit_bytes
        } else {
            WORD_BYTES as u32
        }
    }

    /// `bytes` rounded up to whole program units.
    pub(crate) const fn whole_units(&self, bytes: u32) -> u32 {
        round_up(bytes, self.program_unit_bytes)
    }
}

/// Rounds up to a multiple of a power of two.
const fn round_up(bytes: u32, unit_bytes: u32) -> u32 {
    let mask = unit_bytes.wrapping_sub(1);
    bytes.wrapping_add(mask) & !mask
}
