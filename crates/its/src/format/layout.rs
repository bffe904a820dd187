// SPDX-License-Identifier: Apache-2.0
//! Sizes: of the flash, of what stands in it, and the proof that everything fits.
//!
//! All of it is `const`: a build proves with [`check`] what it configures, and on a device whose
//! geometry is a constant nothing of this is left at run time.

use crate::{checksum::WORD_BYTES, flash, sector, slot};

/// Shape of the flash area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// How many sectors.
    pub sector_count: u32,
    /// Bytes that are erased at once.
    pub sector_bytes: u32,
    /// Bytes that are programmed at once.
    pub program_unit_bytes: u32,
}

/// Data begins at a multiple of this or of the program unit, so that 12 bits say where.
const SMALLEST_GRANULE_BYTES: u32 = 16;
const SECTOR_STEP_BYTES: u32 = 512;
const LARGEST_SECTOR_BYTES: u32 = 0x1_0000;
const LARGEST_PROGRAM_UNIT_BYTES: u32 = flash::LARGEST_PROGRAM_UNIT_BYTES as u32;
const MOST_SECTORS: u32 = 0x1000;
const SMALLEST_BUFFER_BYTES: u32 = 16;
const LARGEST_BUFFER_BYTES: u32 = 512;

impl Geometry {
    /// Whether the format can live on such a flash: two to 4096 sectors of 512 bytes to 64 KiB in
    /// steps of 512, program units of 1, 2, 4, 8, 16 or 32 bytes.
    #[must_use]
    pub const fn is_supported(&self) -> bool {
        self.sector_count >= 2
            && self.sector_count <= MOST_SECTORS
            && self.sector_bytes >= SECTOR_STEP_BYTES
            && self.sector_bytes <= LARGEST_SECTOR_BYTES
            && self.sector_bytes.is_multiple_of(SECTOR_STEP_BYTES)
            && self.program_unit_bytes.is_power_of_two()
            && self.program_unit_bytes <= LARGEST_PROGRAM_UNIT_BYTES
    }

    /// Sectors that hold objects. The others are erased before they are filled again: one is
    /// what atomic replacement needs; from four on a second one stands in for a bad sector.
    #[must_use]
    pub const fn window_sectors(&self) -> u32 {
        if self.sector_count >= 4 {
            self.sector_count - 2
        } else {
            self.sector_count.wrapping_sub(1)
        }
    }

    /// The most objects of `asset_bytes` that the area is sure to hold, whatever happened before,
    /// with the room to replace any of them; zero for an unsupported geometry.
    ///
    /// A record fails to fit a sector only if that sector has more than `usable - record` bytes in
    /// use, and after one round through the window all that is in use is live. So it fits when the
    /// live records are no larger than `window * (usable - record)`.
    #[must_use]
    pub const fn capacity(&self, asset_bytes: u32) -> u32 {
        if !self.is_supported() || asset_bytes > slot::MOST_DATA_BYTES {
            return 0;
        }
        let record_bytes = self.slot_bytes() + self.data_bytes(asset_bytes);
        let overhead_bytes = 2 * self.sector_header_bytes() + self.slot_bytes();
        match self.sector_bytes.checked_sub(overhead_bytes + record_bytes) {
            Some(rest_bytes) => self.window_sectors() * rest_bytes / record_bytes,
            None => 0,
        }
    }

    /// All bytes of the area.
    pub(crate) const fn area_bytes(&self) -> u32 {
        self.sector_count.wrapping_mul(self.sector_bytes)
    }

    /// One copy of the sector header.
    pub(crate) const fn sector_header_bytes(&self) -> u32 {
        self.whole_units(sector::HEADER_BYTES as u32)
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

    /// What data of `bytes` occupies.
    pub(crate) const fn data_bytes(&self, bytes: u32) -> u32 {
        round_up(bytes, self.granule_bytes())
    }

    /// Data with its padding to whole words and whole units: what is programmed at once, and what
    /// its checksum covers.
    pub(crate) const fn padded_bytes(&self, bytes: usize) -> usize {
        round_up(bytes as u32, self.part_bytes()) as usize
    }

    /// What the transient buffer must be a multiple of: whole words and whole units.
    const fn part_bytes(&self) -> u32 {
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

/// Why a configuration can't work. The numbers are for the message of a failing build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The store does not know such a flash; see [`Geometry::is_supported`].
    Geometry,
    /// The transient buffer is not 16 to 512 bytes or not made of whole words and program units.
    Buffer {
        /// The configured size.
        buffer_bytes: u32,
        /// What it must be a multiple of.
        multiple_bytes: u32,
    },
    /// The area can't hold so many objects of that size with the reserve that replacing one
    /// needs.
    Capacity {
        /// Configured number of objects.
        max_assets: u32,
        /// How many the area holds for sure.
        capacity: u32,
    },
}

/// Proves that a store of this configuration fits its area.
///
/// # Errors
/// What does not fit.
pub const fn check(
    geometry: Geometry,
    max_assets: u32,
    max_asset_bytes: u32,
    buffer_bytes: u32,
) -> Result<(), Misfit> {
    if !geometry.is_supported() {
        return Err(Misfit::Geometry);
    }
    if buffer_bytes < SMALLEST_BUFFER_BYTES
        || buffer_bytes > LARGEST_BUFFER_BYTES
        || !buffer_bytes.is_multiple_of(geometry.part_bytes())
    {
        return Err(Misfit::Buffer {
            buffer_bytes,
            multiple_bytes: geometry.part_bytes(),
        });
    }
    let capacity = geometry.capacity(max_asset_bytes);
    if max_assets > capacity {
        return Err(Misfit::Capacity {
            max_assets,
            capacity,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
