// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM may touch: it executes itself and nothing else, and writes flash only while it
//! means to. A stray write into an image that was verified, and a jump to one that was not, end in
//! a fault.

use armv8m::mpu::{self, Access, Region};
use sse200::mapped_flash::Writable;

use crate::config::{flash as config, memory};
use crate::memory_map::{DEVICES_END, NON_SECURE_DEVICES_START};

const CODE: memory::Region = memory::BOOT_CODE;
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

/// The flash is writable while it is written to.
#[derive(Debug)]
pub struct WhileWriting;

impl Writable for WhileWriting {
    fn during<T>(write: impl FnOnce() -> T) -> T {
        mpu::change_last(flash_for(Access::ReadWrite));
        let outcome = write();
        mpu::change_last(flash_for(Access::ReadOnly));
        outcome
    }
}

const fn flash_for(access: Access) -> Region {
    Region::new(
        config::ORIGIN,
        config::ORIGIN + config::SIZE_BYTES as u32,
        access,
    )
}
