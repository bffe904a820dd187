// SPDX-License-Identifier: Apache-2.0
//! What lies where for the non-secure world.
#![allow(unsafe_code)]

use sse200::mapped_flash::MappedFlash;
use sse200::uart::Uart;

use crate::config::flash;

// SAFETY: UART0 in the non-secure alias; the secure firmware gives it to this world.
/// The console's line.
pub const UART0: Uart = unsafe { Uart::new(0x4020_0000) };

/// An area of the flash.
pub type FlashArea = MappedFlash<{ flash::SECTOR_BYTES }, { flash::PROGRAM_UNIT_BYTES }>;

/// The flash area that belongs to the non-secure world. One owner at a time: take it once.
#[must_use]
pub const fn flash_area() -> FlashArea {
    // SAFETY: `board.toml` gives the area to this world alone; its bytes are plain data.
    unsafe {
        MappedFlash::new(
            (flash::ORIGIN + flash::NONSECURE_DATA.offset_bytes) as usize,
            flash::NONSECURE_DATA.size_bytes as usize,
        )
    }
}
