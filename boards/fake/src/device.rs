// SPDX-License-Identifier: Apache-2.0
//! The device of a thread: what a reset does not change, and what a test looks at.

use std::cell::RefCell;

use diagnostics::fault::RECORD_WORDS;
use firmware::ResetCause;
use flash::fake::RamFlash;
use flash::{Chip, Error, Geometry};
use provisioning::DebugAccess;

use crate::config::flash::{PROGRAM_UNIT_BYTES, SECTOR_BYTES, SIZE_BYTES};
use crate::config::memory::BOOT_DATA_BYTES;

/// A device.
pub struct Device {
    /// Its flash.
    pub flash: Chip<RamFlash>,
    /// What the console has printed.
    pub console: String,
    /// How far the debug port was restricted, each time.
    pub debug: Vec<DebugAccess>,
    /// Why it was reset.
    pub reset_cause: ResetCause,
    pub(crate) boot_data: Vec<u8>,
    pub(crate) fault: [u32; RECORD_WORDS],
    /// What the flash held when somebody looked last, unless it was written since.
    content: Option<&'static [u8]>,
}

impl Device {
    /// Writes to the flash.
    pub fn write(
        &mut self,
        write: impl FnOnce(&mut Chip<RamFlash>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.content = None;
        write(&mut self.flash)
    }

    /// What the flash holds. A device has it mapped for ever; here each content that is looked at is
    /// copied for ever, which a test can afford.
    pub(crate) fn content(&mut self) -> &'static [u8] {
        let flash = self.flash.driver();
        self.content
            .get_or_insert_with(|| Vec::leak(flash.bytes().to_vec()))
    }
}

thread_local! {
    static DEVICE: RefCell<Device> = RefCell::new(Device {
        flash: Chip::new(RamFlash::new(Geometry {
            sector_count: SIZE_BYTES / SECTOR_BYTES,
            sector_bytes: SECTOR_BYTES,
            program_unit_bytes: PROGRAM_UNIT_BYTES,
        })),
        console: String::new(),
        debug: Vec::new(),
        reset_cause: ResetCause::Unknown,
        boot_data: vec![0; BOOT_DATA_BYTES],
        fault: [0; RECORD_WORDS],
        content: None,
    });
}

/// Does something with the device of this thread.
pub fn with<T>(action: impl FnOnce(&mut Device) -> T) -> T {
    DEVICE.with_borrow_mut(action)
}
