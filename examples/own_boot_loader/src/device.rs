// SPDX-License-Identifier: Apache-2.0
//! Memories and devices of AN505 and AN521, as far as this loader uses them.
#![allow(unsafe_code)] // claims memory and devices

use core::slice;

use boot::Placement;
use boot::measured::BOOT_SEED_BYTES;
use diagnostics::Console as _;
use diagnostics::FaultRecord;
use diagnostics::fault::RECORD_BYTES;
use entropy::SeedStore;
use primitives::hash_drbg::Entropy as _;
use primitives::sha256::Portable;
use sse200::mapped_flash::MappedFlash;
use sse200::mps2::Devices;

use crate::config::boot::HEADER_BYTES;
use crate::config::flash as map;
use crate::config::memory::{BOOT_DATA_BYTES, SECURE_RAM};

// SAFETY: this is that board, and nothing but the loader runs.
const DEVICES: Devices = unsafe { Devices::new() };

type EntropySeed = MappedFlash<
    { (map::ORIGIN + map::ENTROPY_SEED.offset_bytes) as usize },
    { map::ENTROPY_SEED.size_bytes as usize },
    { map::SECTOR_BYTES },
    { map::PROGRAM_UNIT_BYTES },
>;

/// Readies the console.
pub fn enable_console() {
    DEVICES.secure_uart.enable();
}

/// Prints why nothing is started.
pub fn say(why: &str) {
    for word in ["loader: nothing is started: ", why, "\n"] {
        DEVICES.secure_uart.text(word);
    }
}

/// Prints a fault of the loader.
pub fn report_fault(record: &mut FaultRecord) -> ! {
    record.print_cause(&DEVICES.secure_uart);
    DEVICES.secure_uart.text("\n");
    armv8m::system::halt()
}

fn flash(offset_bytes: u32, size_bytes: usize) -> &'static [u8] {
    // SAFETY: `board.toml` names the flash; the loader writes to the seed alone.
    unsafe { slice::from_raw_parts((map::ORIGIN + offset_bytes) as *const u8, size_bytes) }
}

/// The provisioned data.
pub fn otp() -> &'static [u8] {
    flash(map::OTP.offset_bytes, map::OTP.size_bytes as usize)
}

/// What stands before the image in its slot.
pub fn header() -> &'static [u8] {
    flash(map::PRIMARY.offset_bytes, HEADER_BYTES as usize)
}

/// The image, from its vector table to the end of its slot without the last sector.
pub fn image() -> &'static [u8] {
    let header_bytes = HEADER_BYTES as usize;
    let size_bytes = map::RUNNING_IMAGE.size_bytes as usize;
    let slot = flash(map::RUNNING_IMAGE.offset_bytes, size_bytes);
    slot.get(header_bytes..).unwrap_or_default()
}

/// Whether the image begins with a vector table for its place.
pub fn can_start() -> bool {
    let placement = Placement {
        header_bytes: HEADER_BYTES as u16,
        slot_address: map::ORIGIN + map::PRIMARY.offset_bytes,
        ram_address: SECURE_RAM.origin,
        ram_bytes: SECURE_RAM.size_bytes,
    };
    placement.takes(image())
}

/// A random number of this boot. A device with a generator asks that.
pub fn random() -> Option<[u8; BOOT_SEED_BYTES]> {
    // SAFETY: nothing else uses the area while the loader runs.
    let area = unsafe { EntropySeed::new() };
    let mut seed = [0; BOOT_SEED_BYTES];
    SeedStore::<_, Portable>::new(area).fill(&mut seed).ok()?;
    Some(seed)
}

/// The boot data area. Its end is the secure image's, for the record of a fault.
pub fn boot_data() -> &'static mut [u8] {
    let size_bytes = BOOT_DATA_BYTES - RECORD_BYTES;
    // SAFETY: the linker script puts nothing there, and the loader takes it once.
    unsafe { slice::from_raw_parts_mut(SECURE_RAM.origin as *mut u8, size_bytes) }
}
