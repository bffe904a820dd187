// SPDX-License-Identifier: Apache-2.0
//! What the non-secure world owns, at the addresses of `board.toml`.
#![allow(unsafe_code)] // claims the devices and the flash area of this world

use sse200::mapped_flash::MappedFlash;

use crate::config::{flash, nonsecure};
use crate::driver::Driver;

// SAFETY: `board.toml` names the device and its driver; the secure firmware gives it to this world.
/// The serial line of the console.
pub const CONSOLE: Driver = unsafe { Driver::new(nonsecure::CONSOLE_ORIGIN as usize) };

/// The area that belongs to the non-secure world.
pub type FlashArea = MappedFlash<
    { (flash::ORIGIN + flash::NONSECURE_DATA.offset_bytes) as usize },
    { flash::NONSECURE_DATA.size_bytes as usize },
    { flash::SECTOR_BYTES },
    { flash::PROGRAM_UNIT_BYTES },
>;

/// The flash area that belongs to the non-secure world. One owner at a time: take it once.
#[must_use]
pub const fn flash_area() -> FlashArea {
    // SAFETY: `board.toml` gives the area to this world alone; its bytes are plain data.
    unsafe { FlashArea::new() }
}
