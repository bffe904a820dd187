// SPDX-License-Identifier: Apache-2.0
//! Isolation level 1: what belongs to which world.
//!
//! The order is the one in which a mistake stays closed: attribution first (what no region
//! names is secure), then the controllers that give memory and devices away, the secure MPU,
//! and the faults.

use armv8m::mpu::Access;
use armv8m::sau::Attribution;
use armv8m::{image, interrupts, mpu, sau, system};
use psa::service::FIRMWARE_UPDATE;

use crate::config::{flash, memory};
use crate::memory_map::{
    DEVICES_END, NON_SECURE_DEVICES_START, PROTECTION_INTERRUPTS, RAM_PROTECTION, RAM_START,
    SECURE_DEVICES_START, SECURITY_CONTROL, TIMERS, UART0,
};
use crate::services::has_partition;

const FLASH_END: u32 = flash::ORIGIN + flash::SIZE_BYTES as u32;
const PRIMARY_START: u32 = flash::ORIGIN + flash::PRIMARY.offset_bytes;
/// The last sector of the slot holds the image's trailer, which is not the application's.
const NON_SECURE_CODE_END: u32 =
    PRIMARY_START + flash::PRIMARY.size_bytes - flash::SECTOR_BYTES as u32;
const NON_SECURE_DATA_START: u32 = flash::ORIGIN + flash::NONSECURE_DATA.offset_bytes;
const SECURE_RAM_END: u32 = memory::SECURE_RAM.origin + memory::SECURE_RAM.size_bytes;
const NON_SECURE_RAM_END: u32 = memory::NONSECURE_RAM.origin + memory::NONSECURE_RAM.size_bytes;
/// Where the secure image's code starts, behind the header.
const SECURE_CODE_START: u32 = PRIMARY_START + crate::config::boot::HEADER_BYTES as u32;

/// Secure code writes to no flash behind the image that runs, unless there are updates: these go
/// to the trailer of its slot and what lies behind it.
const HAS_UPDATES: bool = has_partition(FIRMWARE_UPDATE.partition_id);
const READ_ONLY_END: u32 = if HAS_UPDATES {
    NON_SECURE_CODE_END
} else {
    FLASH_END
};

/// Divides the device between the worlds and enables the faults that guard the border.
pub fn divide() {
    attribute();
    SECURITY_CONTROL.close();
    RAM_PROTECTION.non_secure_from(memory::NONSECURE_RAM.origin - RAM_START);
    SECURITY_CONTROL.give_to_non_secure(TIMERS, [0, UART0]);
    interrupts::assign_to_non_secure_except(&PROTECTION_INTERRUPTS);
    protect();
    system::keep_coprocessors();
    system::enable_faults();
}

/// What the non-secure world may touch, and where it may enter.
fn attribute() {
    let non_secure = |start, end| sau::Region {
        start,
        end,
        attribution: Attribution::NonSecure,
    };
    sau::configure(&[
        non_secure(image::non_secure_start(), NON_SECURE_CODE_END),
        non_secure(
            NON_SECURE_DATA_START,
            NON_SECURE_DATA_START + flash::NONSECURE_DATA.size_bytes,
        ),
        non_secure(memory::NONSECURE_RAM.origin, NON_SECURE_RAM_END),
        non_secure(NON_SECURE_DEVICES_START, SECURE_DEVICES_START),
        sau::Region {
            start: image::veneers_start(),
            end: image::veneers_end(),
            attribution: Attribution::NonSecureCallable,
        },
    ]);
}

/// What the secure firmware itself may touch: its code is never writable, all else is never
/// executed.
fn protect() {
    let region = mpu::Region::new;
    let always = [
        region(
            SECURE_CODE_START,
            image::non_secure_start(),
            Access::ReadExecute,
        ),
        region(memory::SECURE_RAM.origin, SECURE_RAM_END, Access::ReadWrite),
        region(flash::ORIGIN, PRIMARY_START, Access::ReadWrite),
        region(PRIMARY_START, SECURE_CODE_START, Access::ReadOnly), // the header of the image
        region(image::non_secure_start(), READ_ONLY_END, Access::ReadOnly),
        region(
            memory::NONSECURE_RAM.origin,
            NON_SECURE_RAM_END,
            Access::ReadWrite,
        ),
        region(NON_SECURE_DEVICES_START, DEVICES_END, Access::Device),
    ];
    if HAS_UPDATES {
        let [code, ram, storage, header, behind, other_ram, devices] = always;
        let updates = region(READ_ONLY_END, FLASH_END, Access::ReadWrite);
        mpu::configure(&[
            code, ram, storage, header, behind, other_ram, devices, updates,
        ]);
    } else {
        mpu::configure(&always);
    }
}
