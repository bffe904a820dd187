// SPDX-License-Identifier: Apache-2.0
//! An area of the flash as a partition takes it: Internal Trusted Storage, or Firmware Update.

use crate::mapped_flash::MappedFlash;
use its::{Flash, FlashError, Geometry};

/// An area of memory-mapped flash. All of this is in the type: the state of a partition that
/// holds it stays all zero and takes no flash, and the compiler folds what follows from them.
#[derive(Debug)]
pub struct StorageFlash<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
>(());

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> StorageFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    /// The area at `BASE`.
    ///
    /// # Safety
    /// As for [`MappedFlash::new`]; the value is made once.
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }

    #[inline(always)]
    pub(crate) const fn area(&self) -> MappedFlash<SECTOR_BYTES, PROGRAM_UNIT_BYTES> {
        // SAFETY: `new` promised the area, and what is made here lives as long as a borrow of
        // the one value that has it.
        unsafe { MappedFlash::new(BASE, SIZE_BYTES) }
    }
}

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> Flash for StorageFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    #[inline(always)]
    fn geometry(&self) -> Geometry {
        Geometry {
            sector_count: (SIZE_BYTES / SECTOR_BYTES) as u32,
            sector_bytes: SECTOR_BYTES as u32,
            program_unit_bytes: PROGRAM_UNIT_BYTES as u32,
        }
    }

    #[inline(never)]
    fn read(&self, offset_bytes: u32, destination: &mut [u8]) -> Result<(), FlashError> {
        let area = self.area();
        area.read(offset_bytes as usize, destination)
            .map_err(|_| FlashError)
    }

    #[inline(never)]
    fn program(&mut self, offset_bytes: u32, source: &[u8]) -> Result<(), FlashError> {
        let mut area = self.area();
        area.program(offset_bytes as usize, source)
            .map_err(|_| FlashError)
    }

    #[inline(never)]
    fn erase(&mut self, offset_bytes: u32) -> Result<(), FlashError> {
        let mut area = self.area();
        area.erase(offset_bytes as usize).map_err(|_| FlashError)
    }
}
