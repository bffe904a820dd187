// SPDX-License-Identifier: Apache-2.0
//! The mapped flash as the boot ROM takes it: all of it, with the slots and OTP. The same of the
//! area that a partition has.

use crate::mapped_flash::MappedFlash;
use crate::storage_flash::StorageFlash;
use boot::flash::Place;
use boot::{Flash, FlashFailure};

impl Flash for MappedFlash {
    fn sector_bytes(&self) -> usize {
        MappedFlash::sector_bytes(self)
    }

    fn program_unit_bytes(&self) -> usize {
        MappedFlash::program_unit_bytes(self)
    }

    fn bytes(&self) -> &[u8] {
        MappedFlash::bytes(self)
    }

    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure> {
        MappedFlash::erase(self, sector.offset_bytes()).map_err(|_| FlashFailure)
    }

    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure> {
        MappedFlash::program(self, place.offset_bytes(), data).map_err(|_| FlashFailure)
    }
}

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
    const REFUSES_FOREIGN: bool,
> Flash for StorageFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES, REFUSES_FOREIGN>
{
    fn sector_bytes(&self) -> usize {
        SECTOR_BYTES
    }

    fn program_unit_bytes(&self) -> usize {
        PROGRAM_UNIT_BYTES
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: whoever made the value promised the area, which can't change while it is borrowed.
        unsafe { core::slice::from_raw_parts(BASE as *const u8, SIZE_BYTES) }
    }

    #[inline(never)]
    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure> {
        let erased = self.area().erase(sector.offset_bytes());
        erased.map_err(|_| FlashFailure)
    }

    #[inline(never)]
    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure> {
        let programmed = self.area().program(place.offset_bytes(), data);
        programmed.map_err(|_| FlashFailure)
    }
}
