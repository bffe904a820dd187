// SPDX-License-Identifier: Apache-2.0
//! What lies where: the board's claims about its hardware, all of them here.
//!
//! The addresses of memories come from `board.toml`, those of devices from AN521.
#![allow(unsafe_code)]

use armv8m::boot_data::BootDataArea;
use armv8m::retained::RetainedRecord;
use boot::{Layout, Placement};
use diagnostics::fault::RECORD_BYTES;
use sse200::debug_control::DebugControl;
use sse200::mapped_flash::{Always, MappedFlash};
use sse200::memory_protection::MemoryProtection;
use sse200::peripheral_protection::SecurityControl;
use sse200::uart::Uart;

use crate::boot_memory::WhileWriting;
use crate::config::flash::{self, Area};
use crate::config::memory;

// SAFETY: UART0 in the secure alias; it is there until UART0 is given to the other world.
/// The console of the boot ROM, and of the secure firmware before it gives UART0 away.
pub const BOOT_CONSOLE: Uart = unsafe { Uart::new(0x5020_0000) };
// SAFETY: UART0 in the non-secure alias, which the secure world may use too.
/// The console from the start of the non-secure world on.
pub const CONSOLE: Uart = unsafe { Uart::new(0x4020_0000) };
// SAFETY: the controller of SRAM2, where both worlds have their RAM.
/// The memory protection controller of the RAM at 0x2800_0000 and 0x3800_0000.
pub const RAM_PROTECTION: MemoryProtection = unsafe { MemoryProtection::new(0x5800_8000) };
// SAFETY: the secure access configuration registers of the SSE-200.
/// Security control of peripherals.
pub const SECURITY_CONTROL: SecurityControl = unsafe { SecurityControl::new(0x5008_0000) };
// SAFETY: the system control registers of the SSE-200.
/// Control of the debug port.
pub const DEBUG_CONTROL: DebugControl = unsafe { DebugControl::new(0x5002_1000) };

/// First address of the RAM behind [`RAM_PROTECTION`], in its non-secure alias.
pub const RAM_START: u32 = 0x2800_0000;
/// First address of the peripherals in their non-secure alias.
pub const NON_SECURE_DEVICES_START: u32 = 0x4000_0000;
/// First address of the peripherals in their secure alias.
pub const SECURE_DEVICES_START: u32 = 0x5000_0000;
/// First address behind the peripherals.
pub const DEVICES_END: u32 = 0x6000_0000;
/// TIMER0, TIMER1 and the dual timer, in the subsystem's APB protection register.
pub const TIMERS: u32 = 0b111;
/// UART0 in the protection register of expansion port 1.
pub const UART0: u32 = 1 << 5;
/// Interrupts of the protection controllers, which stay secure.
pub const PROTECTION_INTERRUPTS: [u32; 3] = [9, 10, 11];

/// The driver of an area of the flash.
macro_rules! flash_area {
    ($area:expr) => {
        flash_area!($area, Always)
    };
    ($area:expr, $writable:ty) => {
        MappedFlash<
            { (flash::ORIGIN + $area.offset_bytes) as usize },
            { $area.size_bytes as usize },
            { flash::SECTOR_BYTES },
            { flash::PROGRAM_UNIT_BYTES },
            $writable,
        >
    };
}

/// How much of the boot data area is for boot data: its end is for the record of a fault.
const BOOT_DATA_BYTES: usize = memory::BOOT_DATA_BYTES - RECORD_BYTES;
/// What the boot ROM tells the secure firmware.
pub type BootData = BootDataArea<{ memory::SECURE_RAM.origin as usize }, BOOT_DATA_BYTES>;
// SAFETY: it is the beginning of the secure RAM, where the linker puts nothing.
/// Where the boot ROM tells it.
pub const BOOT_DATA: BootData = unsafe { BootData::new() };

/// Where the record of a fault outlives the reset: the end of the boot data area.
pub type FaultMemory = RetainedRecord<{ memory::SECURE_RAM.origin as usize + BOOT_DATA_BYTES }>;
// SAFETY: no image uses the end of the boot data area for anything else.
/// The record of the last fault.
pub const FAULT_MEMORY: FaultMemory = unsafe { FaultMemory::new() };

/// The area of the seed of random numbers.
pub type EntropySeed = flash_area!(flash::ENTROPY_SEED);
// SAFETY: `board.toml` names the area, which was checked to overlap no other; only the source of
// entropy uses it.
/// The flash of the source of entropy.
pub const ENTROPY_SEED: EntropySeed = unsafe { EntropySeed::new() };

/// The one-time programmable area.
pub type Otp = flash_area!(flash::OTP);
// SAFETY: as above; it is read only, while nothing writes to it.
/// What the device was given once.
pub static OTP: Otp = unsafe { Otp::new() };

/// The primary slot without its last sector, which is its trailer.
const RUNNING: Area = Area {
    offset_bytes: flash::PRIMARY.offset_bytes,
    size_bytes: flash::PRIMARY.size_bytes - flash::SECTOR_BYTES as u32,
};
/// The flash of the image that runs.
pub type RunningImage = flash_area!(RUNNING);
// SAFETY: as above; nothing writes to the image that runs.
/// The image that runs, in its slot.
pub static RUNNING_IMAGE: RunningImage = unsafe { RunningImage::new() };

const WHOLE: Area = Area {
    offset_bytes: 0,
    size_bytes: flash::SIZE_BYTES as u32,
};
/// All of the flash, for the boot ROM, which runs alone.
pub type WholeFlash = flash_area!(WHOLE, WhileWriting);

/// Where the boot ROM finds the seed of random numbers.
pub const ENTROPY_SEED_AREA: ::flash::Area = boot_area(flash::ENTROPY_SEED);
/// Where the boot ROM finds OTP and the slots.
pub const BOOT_LAYOUT: Layout = Layout {
    otp: boot_area(flash::OTP),
    primary: boot_area(flash::PRIMARY),
    secondary: boot_area(flash::SECONDARY),
};

/// Where images run: behind their header in the primary slot.
pub const PLACEMENT: Placement = Placement {
    header_bytes: crate::config::boot::HEADER_BYTES as u16,
    slot_address: flash::ORIGIN + flash::PRIMARY.offset_bytes,
    ram_address: memory::SECURE_RAM.origin,
    ram_bytes: memory::SECURE_RAM.size_bytes,
};

const fn boot_area(area: Area) -> ::flash::Area {
    ::flash::Area {
        offset_bytes: area.offset_bytes as usize,
        size_bytes: area.size_bytes as usize,
    }
}

/// The area of Internal Trusted Storage.
pub type TrustedStorage = flash_area!(flash::ITS);
// SAFETY: `board.toml` names the area, which was checked to overlap no other; only the partition
// that takes the value uses it.
/// The flash of Internal Trusted Storage.
pub const TRUSTED_STORAGE: TrustedStorage = unsafe { TrustedStorage::new() };

const TRAILER_START: u32 = RUNNING.offset_bytes + RUNNING.size_bytes;
/// From the trailer of the image that runs to the end of the secondary slot.
const UPDATES: Area = Area {
    offset_bytes: TRAILER_START,
    size_bytes: flash::SECONDARY.offset_bytes + flash::SECONDARY.size_bytes - TRAILER_START,
};
/// The flash of Firmware Update.
pub type UpdateArea = flash_area!(UPDATES);
// SAFETY: `board.toml` names the slots, and what is between them belongs to nobody; only the
// partition that takes the value uses it.
/// The flash of Firmware Update: the trailer of the image that runs, and the secondary slot.
pub const UPDATE_AREA: UpdateArea = unsafe { UpdateArea::new() };
/// The trailer of the image that runs, in [`UPDATE_AREA`].
pub const PRIMARY_TRAILER: ::flash::Area = ::flash::Area {
    offset_bytes: 0,
    size_bytes: flash::SECTOR_BYTES,
};
/// The secondary slot in [`UPDATE_AREA`].
pub const SECONDARY_SLOT: ::flash::Area = ::flash::Area {
    offset_bytes: (flash::SECONDARY.offset_bytes - TRAILER_START) as usize,
    size_bytes: flash::SECONDARY.size_bytes as usize,
};
