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
use sse200::mapped_flash::MappedFlash;
use sse200::memory_protection::MemoryProtection;
use sse200::peripheral_protection::SecurityControl;
use sse200::storage_flash::StorageFlash;
use sse200::uart::Uart;

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

/// An area of the flash.
pub type FlashArea = MappedFlash<{ flash::SECTOR_BYTES }, { flash::PROGRAM_UNIT_BYTES }>;

/// The first sectors of the flash, and what else the secure world reads of it.
const fn area(area: Area) -> FlashArea {
    // SAFETY: `board.toml` names the flash, and its areas were checked to lie in it without
    // overlap; what the running image must not change, nothing writes.
    unsafe {
        MappedFlash::new(
            (flash::ORIGIN + area.offset_bytes) as usize,
            area.size_bytes as usize,
        )
    }
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

/// One of the two slots for the seed of random numbers. They belong to the source of entropy,
/// which asks for one at a time.
pub fn entropy_seed_slot(slot: usize) -> FlashArea {
    const SLOT_BYTES: u32 = flash::ENTROPY_SEED.size_bytes / 2;
    let start = flash::ENTROPY_SEED.offset_bytes;
    area(Area {
        offset_bytes: if slot == 0 { start } else { start + SLOT_BYTES },
        size_bytes: SLOT_BYTES,
    })
}

/// What the device was given once.
pub static OTP: FlashArea = area(flash::OTP);
/// The slot of the image that runs.
pub static RUNNING_SLOT: FlashArea = area(flash::PRIMARY);
/// All of the flash, for the boot ROM, which runs alone: nothing else is there yet.
pub const fn whole_flash() -> FlashArea {
    area(Area {
        offset_bytes: 0,
        size_bytes: flash::SIZE_BYTES as u32,
    })
}
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

const fn boot_area(area: Area) -> boot::Area {
    boot::Area {
        offset_bytes: area.offset_bytes as usize,
        size_bytes: area.size_bytes as usize,
    }
}

/// The area of Internal Trusted Storage.
pub type TrustedStorage = StorageFlash<
    { flash::ORIGIN as usize + flash::ITS.offset_bytes as usize },
    { flash::ITS.size_bytes as usize },
    { flash::SECTOR_BYTES },
    { flash::PROGRAM_UNIT_BYTES },
>;
// SAFETY: `board.toml` names the area, which was checked to overlap no other; only the partition
// that takes the value uses it.
/// The flash of Internal Trusted Storage.
pub const TRUSTED_STORAGE: TrustedStorage = unsafe { TrustedStorage::new() };

/// Both slots, from the beginning of the primary to the end of the secondary.
pub type Slots = StorageFlash<
    { flash::ORIGIN as usize + flash::PRIMARY.offset_bytes as usize },
    { SECONDARY_SLOT.offset_bytes + SECONDARY_SLOT.size_bytes },
    { flash::SECTOR_BYTES },
    { flash::PROGRAM_UNIT_BYTES },
>;
// SAFETY: `board.toml` names the slots, and the area between them belongs to nobody; only the
// partition that takes the value writes to them, and never where the image runs.
/// The flash of Firmware Update.
pub const SLOTS: Slots = unsafe { Slots::new() };
/// The primary slot in [`SLOTS`].
pub const PRIMARY_SLOT: boot::Area = slot(flash::PRIMARY);
/// The secondary slot in [`SLOTS`].
pub const SECONDARY_SLOT: boot::Area = slot(flash::SECONDARY);

const fn slot(area: Area) -> boot::Area {
    boot::Area {
        offset_bytes: (area.offset_bytes - flash::PRIMARY.offset_bytes) as usize,
        size_bytes: area.size_bytes as usize,
    }
}
