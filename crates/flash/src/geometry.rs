// SPDX-License-Identifier: Apache-2.0
//! Sizes of a flash.

/// The largest program unit that is supported, in bytes.
pub const LARGEST_PROGRAM_UNIT_BYTES: usize = 32;

/// Sizes of a flash, all in bytes but the count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// Number of sectors.
    pub sector_count: usize,
    /// Size of a sector, which is erased at once.
    pub sector_bytes: usize,
    /// Program unit: an operation programs a multiple of it. A power of two, at most
    /// [`LARGEST_PROGRAM_UNIT_BYTES`]. Each unit is programmed once between two erasures.
    pub program_unit_bytes: usize,
}

impl Geometry {
    /// Size of the flash.
    #[must_use]
    pub const fn size_bytes(&self) -> usize {
        self.sector_count.wrapping_mul(self.sector_bytes)
    }
}
