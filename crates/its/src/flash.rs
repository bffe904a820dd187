// SPDX-License-Identifier: Apache-2.0
//! What the store needs of a flash: NOR habits and nothing more.
//!
//! An erased byte reads 0xFF. The store programs whole program units, each once between two
//! erasures, so it runs on flash whose units carry an error correcting code.

/// What an erased byte reads.
pub(crate) const ERASED: u8 = 0xFF;
/// The largest program unit that is supported, in bytes.
pub(crate) const LARGEST_PROGRAM_UNIT_BYTES: usize = 32;

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

impl Geometry {
    /// All bytes of the area.
    pub(crate) const fn area_bytes(&self) -> u32 {
        self.sector_count.wrapping_mul(self.sector_bytes)
    }
}

/// The flash did not do what it was told. What it did instead is unknown: the store goes on as
/// after a power cut at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlashError;

/// An area of flash that belongs to the store alone. Offsets are in bytes from its beginning.
pub trait Flash {
    /// Sectors and program units. Always the same answer; in firmware best a constant, out of
    /// which the compiler folds all that follows from it.
    fn geometry(&self) -> Geometry;

    /// Reads bytes at any offset.
    ///
    /// # Errors
    /// The range leaves the area, or a unit in it can't be read.
    fn read(&self, offset_bytes: u32, destination: &mut [u8]) -> Result<(), FlashError>;

    /// Programs whole units that are erased.
    ///
    /// # Errors
    /// The range leaves the area, is not made of whole units, is not erased, or the flash failed.
    fn program(&mut self, offset_bytes: u32, source: &[u8]) -> Result<(), FlashError>;

    /// Erases the sector that begins at `offset_bytes`.
    ///
    /// # Errors
    /// No sector begins there, or the flash failed.
    fn erase(&mut self, offset_bytes: u32) -> Result<(), FlashError>;
}
