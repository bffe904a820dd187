// SPDX-License-Identifier: Apache-2.0
//! Fakes beside the hardware: a flash of which only the primary slot may be written, and a line
//! that keeps what is sent.

use std::cell::RefCell;
use std::vec;
use std::vec::Vec;

use boot::Layout;
use flash::fake::{RamFlash, Tear};
use flash::{Area, Chip, ERASED, Geometry};

use crate::Line;

/// What stands outside the slot, which a stray write or erasure would change.
const GUARD: u8 = 0xA5;
const OTP_BYTES: usize = 0x800;

/// A device with an erased primary slot and a guard around it.
#[derive(Clone, Debug)]
pub struct SlotFlash {
    /// Its flash.
    pub chip: Chip<RamFlash>,
    layout: Layout,
}

impl SlotFlash {
    /// A device whose primary slot has this many sectors of this size, and is erased.
    #[must_use]
    pub fn new(slot_sectors: usize, sector_bytes: usize, unit_bytes: usize) -> Self {
        let size_bytes = slot_sectors * sector_bytes;
        let area = |offset_bytes, size_bytes| Area {
            offset_bytes,
            size_bytes,
        };
        let layout = Layout {
            otp: area(0, OTP_BYTES),
            primary: area(OTP_BYTES, size_bytes),
            secondary: area(OTP_BYTES + size_bytes, size_bytes),
        };
        let geometry = Geometry {
            sector_count: OTP_BYTES / sector_bytes + 2 * slot_sectors,
            sector_bytes,
            program_unit_bytes: unit_bytes,
        };
        let mut flash = RamFlash::with_bytes(geometry, &[GUARD]);
        flash.put(layout.primary.offset_bytes, &vec![ERASED; size_bytes]);
        Self {
            chip: Chip::new(flash),
            layout,
        }
    }

    /// Where the slots are.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// What the primary slot holds.
    #[must_use]
    pub fn primary(&self) -> &[u8] {
        self.chip.bytes(self.layout.primary)
    }

    /// Lets everything fail after this many operations, until [`SlotFlash::mend`].
    pub fn fail_after(&mut self, operations: u64) {
        let flash = self.chip.driver_mut();
        flash.cut_after(operations, Tear::Nothing);
    }

    /// Nothing fails from now on.
    pub fn mend(&mut self) {
        self.chip.driver_mut().power_on();
    }

    /// Checks that nothing but the primary slot was ever written.
    ///
    /// # Panics
    /// Something was.
    pub fn assert_guarded(&self) {
        let slot = self.layout.primary;
        let (before, rest) = self.chip.driver().bytes().split_at(slot.offset_bytes);
        let outside = before.iter().chain(&rest[slot.size_bytes..]);
        assert!(outside.copied().all(|byte| byte == GUARD));
    }
}

/// A line on which nothing comes and whose other end keeps what was sent.
#[derive(Debug, Default)]
pub struct Wire(RefCell<Vec<u8>>);

impl Wire {
    /// What was sent since this was last asked.
    #[must_use]
    pub fn sent(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Line for Wire {
    fn receive(&self) -> u8 {
        unimplemented!("tests give the bytes themselves")
    }

    fn send(&self, byte: u8) {
        self.0.borrow_mut().push(byte);
    }
}
