// SPDX-License-Identifier: Apache-2.0
//! What lies where: the board's claims about its hardware, all of them here.
//!
//! The addresses of memories come from `board.toml`, those of devices from `sse200::mps2`.
#![allow(unsafe_code)] // claims memory and devices

use armv8m::boot_data::BootDataArea;
use armv8m::memory::NonSecureMemory;
use armv8m::retained::RetainedRecord;
use armv8m::system;
use boot::DebugPort as _;
use diagnostics::fault::RECORD_BYTES;
use entropy::SeedStore;
use firmware::{Areas, Board, BootParts, Claim, Region};
use flash::Mapped;
use primitives::hash_drbg::Entropy;
use provisioning::DebugAccess;
use sse200::mapped_flash::MappedFlash;
use sse200::mps2::Devices;
use sse200::uart::Uart;

use crate::config::flash as map;
use crate::config::memory::{BOOT_DATA_BYTES, NONSECURE_RAM, SECURE_RAM};

// SAFETY: this is that board, and nothing else in the secure world uses the devices.
const DEVICES: Devices = unsafe { Devices::new() };

/// The driver of an area of the flash.
macro_rules! flash_area {
    ($area:expr) => {
        MappedFlash<
            { (map::ORIGIN + $area.offset_bytes) as usize },
            { $area.size_bytes as usize },
            { map::SECTOR_BYTES },
            { map::PROGRAM_UNIT_BYTES },
        >
    };
}

type WholeFlash = flash_area!(map::WHOLE);
type UpdateArea = flash_area!(map::UPDATES);
type Its = flash_area!(map::ITS);
type EntropySeed = flash_area!(map::ENTROPY_SEED);

// SAFETY: nothing in the secure image writes to OTP, and the boot ROM does not use this value.
static OTP: flash_area!(map::OTP) = unsafe { MappedFlash::new() };
// SAFETY: nothing writes to the running image.
static RUNNING_IMAGE: flash_area!(map::RUNNING_IMAGE) = unsafe { MappedFlash::new() };

/// The end of the boot data area is for the record of a fault.
const FAULT_RECORD: usize = SECURE_RAM.origin as usize + BOOT_DATA_BYTES - RECORD_BYTES;
type BootData = BootDataArea<{ SECURE_RAM.origin as usize }, { BOOT_DATA_BYTES - RECORD_BYTES }>;
// SAFETY: it is the beginning of the secure RAM, where the linker puts nothing; the secure image
// reads it only, and the boot ROM does not use this value.
static BOOT_DATA: BootData = unsafe { BootData::new() };

/// The board.
#[derive(Debug)]
pub enum An521 {}

impl Board for An521 {
    type Memory = NonSecureMemory;
    const MEMORY: NonSecureMemory = NonSecureMemory;
    type Compression = kernels::sha256::Assembly;
    type Aes128 = kernels::aes128::Aes128;

    type Console = Uart;
    const BOOT_CONSOLE: Uart = DEVICES.secure_uart;
    const CONSOLE: Uart = DEVICES.nonsecure_uart;

    type Flash = WholeFlash;
    // SAFETY: `board.toml` names the flash and the RAM; the boot ROM, which runs alone, has no other
    // values that write there.
    const BOOT_PARTS: Claim<BootParts<Self>> = Claim::new(BootParts {
        flash: unsafe { WholeFlash::new() },
        boot_data: unsafe { BootData::new() },
    });

    type TrustedStorage = Its;
    type UpdateArea = UpdateArea;
    // SAFETY: `board.toml` names the areas, which were checked to overlap no other; what is between
    // the slots has no other owner.
    const AREAS: Claim<Areas<Self>> = Claim::new(Areas {
        its: unsafe { Its::new() },
        updates: unsafe { UpdateArea::new() },
        entropy: SeedStore::new(unsafe { EntropySeed::new() }),
    });

    type Entropy = SeedStore<EntropySeed, Self::Compression>;
    fn boot_entropy(seed: impl Mapped) -> impl Entropy {
        SeedStore::<_, Self::Compression>::new(seed)
    }

    fn otp() -> &'static [u8] {
        OTP.bytes()
    }

    fn running_image() -> &'static [u8] {
        RUNNING_IMAGE.bytes()
    }

    type BootData = BootData;
    fn boot_data() -> &'static [u8] {
        BOOT_DATA.bytes()
    }

    type FaultMemory = RetainedRecord<FAULT_RECORD>;
    // SAFETY: no image uses the end of the boot data area for anything else.
    const FAULT_MEMORY: Self::FaultMemory = unsafe { RetainedRecord::new() };

    const PERIPHERALS: Region = Region {
        start: 0x4000_0000,
        end: 0x6000_0000,
    };
    const NON_SECURE_PERIPHERALS: Region = Region {
        start: 0x4000_0000,
        end: 0x5000_0000,
    };

    fn divide() {
        DEVICES.divide(NONSECURE_RAM.origin);
    }

    fn restrict_debug(access: DebugAccess) {
        DEVICES.debug_control.restrict(access);
    }

    fn reset() -> ! {
        system::reset()
    }
}
