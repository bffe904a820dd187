// SPDX-License-Identifier: Apache-2.0
//! The area of a partition as the boot ROM and Firmware Update take flash.

use crate::storage_flash::StorageFlash;
use boot::flash::Place;
use boot::{Flash, FlashFailure};

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> Flash for StorageFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
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
