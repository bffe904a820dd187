// SPDX-License-Identifier: Apache-2.0
//! The board.

use diagnostics::Console;
use diagnostics::fault::RECORD_WORDS;
use diagnostics::service::Retained;
use entropy::SeedStore;
use firmware::{Areas, Board, BootParts, Claim, Region, ResetCause};
use flash::Mapped;
use primitives::aes::table::Aes128;
use primitives::hash_drbg::Entropy;
use primitives::sha256::Portable;
use provisioning::DebugAccess;
use recovery::Line;
use spm::fake::FakeMemory;

use crate::config::flash::{ENTROPY_SEED, ITS, OTP, RUNNING_IMAGE, UPDATES, WHOLE};
use crate::config::memory::BOOT_DATA_BYTES;
use crate::device;
use crate::flash_area::FlashArea;

/// The board, whose device is that of the thread.
#[derive(Debug)]
pub enum Fake {}

/// What the boot ROM has for itself; a test boots once at a time.
pub const fn boot_parts() -> BootParts<Fake> {
    BootParts {
        flash: FlashArea::new(WHOLE),
        boot_data: BootData([0; BOOT_DATA_BYTES]),
    }
}

/// What the partitions have; a test runs one secure image at a time.
pub const fn areas() -> Areas<Fake> {
    Areas {
        its: FlashArea::new(ITS),
        updates: FlashArea::new(UPDATES),
        entropy: SeedStore::new(FlashArea::new(ENTROPY_SEED)),
    }
}

impl Board for Fake {
    type Memory = FakeMemory;
    const MEMORY: FakeMemory = FakeMemory::new();
    type Compression = Portable;
    type Aes128 = Aes128;

    type Console = Collector;
    const BOOT_CONSOLE: Collector = Collector;
    const CONSOLE: Collector = Collector;

    type Flash = FlashArea;
    const BOOT_PARTS: Claim<BootParts<Self>> = Claim::new(boot_parts());

    type TrustedStorage = FlashArea;
    type UpdateArea = FlashArea;
    const AREAS: Claim<Areas<Self>> = Claim::new(areas());

    type Entropy = SeedStore<FlashArea, Portable>;
    fn boot_entropy(seed: impl Mapped) -> impl Entropy {
        SeedStore::<_, Portable>::new(seed)
    }

    fn otp() -> &'static [u8] {
        const AREA: FlashArea = FlashArea::new(OTP);
        AREA.bytes()
    }

    fn running_image() -> &'static [u8] {
        const AREA: FlashArea = FlashArea::new(RUNNING_IMAGE);
        AREA.bytes()
    }

    type BootData = BootData;
    fn boot_data() -> &'static [u8] {
        Vec::leak(device::with(|device| device.boot_data.clone()))
    }

    type FaultMemory = FaultMemory;
    const FAULT_MEMORY: FaultMemory = FaultMemory;

    const PERIPHERALS: Region = Region {
        start: 0x4000_0000,
        end: 0x6000_0000,
    };
    const NON_SECURE_PERIPHERALS: Region = Region {
        start: 0x4000_0000,
        end: 0x5000_0000,
    };

    fn divide() {}

    fn restrict_debug(access: DebugAccess) {
        device::with(|device| device.debug.push(access));
    }

    fn reset() -> ! {
        panic!("the device resets")
    }

    fn reset_cause() -> ResetCause {
        device::with(|device| device.reset_cause)
    }
}

/// A console that collects what it is given.
#[derive(Clone, Copy, Debug)]
pub struct Collector;

impl Console for Collector {
    fn byte(&self, byte: u8) {
        device::with(|device| device.console.push(byte.into()));
    }
}

impl Line for Collector {
    fn receive(&self) -> u8 {
        panic!("nothing sends to this console")
    }

    fn send(&self, byte: u8) {
        self.byte(byte);
    }
}

/// RAM for boot data, which the device has once the boot ROM has written it.
#[derive(Debug)]
pub struct BootData([u8; BOOT_DATA_BYTES]);

impl AsMut<[u8]> for BootData {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for BootData {
    fn drop(&mut self) {
        device::with(|device| device.boot_data.copy_from_slice(&self.0));
    }
}

/// RAM for the record of a fault.
#[derive(Clone, Copy, Debug)]
pub struct FaultMemory;

impl Retained for FaultMemory {
    fn load(&self) -> [u32; RECORD_WORDS] {
        device::with(|device| device.fault)
    }

    fn store(&self, words: &[u32; RECORD_WORDS]) {
        device::with(|device| device.fault = *words);
    }
}
