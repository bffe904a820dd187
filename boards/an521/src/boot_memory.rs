// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM may touch: it executes itself and nothing else, and writes flash only while it
//! means to. A stray write into an image that was verified, and a jump to one that was not, end in
//! a fault.

use armv8m::mpu::{self, Access, Region};
use boot::flash::Place;
use boot::{Flash, FlashFailure};

use crate::config::{flash, memory};
use crate::memory_map::{DEVICES_END, FlashArea, NON_SECURE_DEVICES_START, whole_flash};

const CODE: memory::Region = memory::BOOT_CODE;
static FLASH: FlashArea = whole_flash();
const RAM: memory::Region = memory::SECURE_RAM;

/// All that there is. The flash is the last, which the start of an image opens (`armv8m::start`).
static REGIONS: [Region; 4] = [
    Region::new(
        CODE.origin,
        CODE.origin + CODE.size_bytes,
        Access::ReadExecute,
    ),
    Region::new(RAM.origin, RAM.origin + RAM.size_bytes, Access::ReadWrite),
    Region::new(NON_SECURE_DEVICES_START, DEVICES_END, Access::Device),
    flash_for(Access::ReadOnly),
];

/// Protects all memory.
pub fn protect() {
    mpu::configure(&REGIONS);
}

/// Does what writes to flash.
pub fn while_writable<T>(write: impl FnOnce() -> T) -> T {
    mpu::change_last(flash_for(Access::ReadWrite));
    let outcome = write();
    mpu::change_last(flash_for(Access::ReadOnly));
    outcome
}

const fn flash_for(access: Access) -> Region {
    Region::new(
        flash::ORIGIN,
        flash::ORIGIN + flash::SIZE_BYTES as u32,
        access,
    )
}

/// All of the flash, for the boot ROM, which runs alone.
pub struct BootFlash;

impl Flash for BootFlash {
    fn sector_bytes(&self) -> usize {
        flash::SECTOR_BYTES
    }

    fn program_unit_bytes(&self) -> usize {
        flash::PROGRAM_UNIT_BYTES
    }

    fn bytes(&self) -> &[u8] {
        FLASH.bytes()
    }

    #[inline(never)] // as `program`: called in several places
    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure> {
        while_writable(|| {
            whole_flash()
                .erase(sector.offset_bytes())
                .map_err(|_| FlashFailure)
        })
    }

    #[inline(never)]
    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure> {
        while_writable(|| {
            whole_flash()
                .program(place.offset_bytes(), data)
                .map_err(|_| FlashFailure)
        })
    }
}
