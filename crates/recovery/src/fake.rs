// SPDX-License-Identifier: Apache-2.0
//! Fakes beside the hardware: a flash of which only the primary slot may be written, and a line
//! that keeps what is sent.

use std::cell::RefCell;
use std::vec;
use std::vec::Vec;

use boot::flash::Place;
use boot::{Area, Flash, FlashFailure, Layout};

use crate::Line;

const ERASED: u8 = 0xFF;
/// What stands outside the slot, which a stray write or erasure would change.
const GUARD: u8 = 0xA5;
const OTP_BYTES: usize = 0x800;

/// Flash in RAM, with the habits of NOR flash.
#[derive(Clone, Debug)]
pub struct SlotFlash {
    bytes: Vec<u8>,
    layout: Layout,
    sector_bytes: usize,
    unit_bytes: usize,
    operations_left: usize,
}

impl SlotFlash {
    /// A flash whose primary slot has so many sectors of this size, and is erased.
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
        let mut bytes = vec![GUARD; OTP_BYTES + 2 * size_bytes];
        bytes[OTP_BYTES..OTP_BYTES + size_bytes].fill(ERASED);
        Self {
            bytes,
            layout,
            sector_bytes,
            unit_bytes,
            operations_left: usize::MAX,
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
        self.area(self.layout.primary)
    }

    /// Lets everything fail after so many operations.
    pub const fn fail_after(&mut self, operations: usize) {
        self.operations_left = operations;
    }

    /// Checks that nothing but the primary slot was ever written.
    ///
    /// # Panics
    /// Something was.
    pub fn assert_guarded(&self) {
        let slot = self.layout.primary;
        let (before, rest) = self.bytes.split_at(slot.offset_bytes);
        let outside = before.iter().chain(&rest[slot.size_bytes..]);
        assert!(outside.copied().all(|byte| byte == GUARD));
    }

    fn change(
        &mut self,
        offset_bytes: usize,
        count_bytes: usize,
    ) -> Result<&mut [u8], FlashFailure> {
        self.operations_left = self.operations_left.checked_sub(1).ok_or(FlashFailure)?;
        let end_bytes = offset_bytes.checked_add(count_bytes).ok_or(FlashFailure)?;
        self.bytes
            .get_mut(offset_bytes..end_bytes)
            .ok_or(FlashFailure)
    }
}

impl Flash for SlotFlash {
    fn sector_bytes(&self) -> usize {
        self.sector_bytes
    }

    fn program_unit_bytes(&self) -> usize {
        self.unit_bytes
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure> {
        let offset_bytes = sector.offset_bytes();
        if !offset_bytes.is_multiple_of(self.sector_bytes) {
            return Err(FlashFailure);
        }
        self.change(offset_bytes, self.sector_bytes)?.fill(ERASED);
        Ok(())
    }

    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure> {
        let offset_bytes = place.offset_bytes();
        let unit_bytes = self.unit_bytes;
        let is_whole = |number: usize| number.is_multiple_of(unit_bytes);
        if !is_whole(offset_bytes) || !is_whole(data.len()) {
            return Err(FlashFailure);
        }
        let place = self.change(offset_bytes, data.len())?;
        if place.iter().any(|byte| *byte != ERASED) {
            return Err(FlashFailure);
        }
        place.copy_from_slice(data);
        Ok(())
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
