// SPDX-License-Identifier: Apache-2.0
//! What is done to the secondary slot: an image is written from its beginning, and its last sector
//! gets the request to install it.
//!
//! Sectors are erased when the first block beyond them comes, and at the end those that none has
//! reached: what an update has not written is erased. So no call takes as long as erasing the whole
//! slot, unless it skips that much or the image before was so much longer.

use boot::Mode;
use boot::swap;
use boot::trailer::{self, Flag};
use flash::ERASED;
use psa::update::WRITE_ALIGNMENT_BYTES;

use crate::{FirmwareUpdate, UpdateSlots};

impl<S: UpdateSlots> FirmwareUpdate<S> {
    /// Whether an image runs on trial before it stays.
    pub(crate) const HAS_TRIAL: bool = matches!(S::UPGRADE, Mode::Swap);

    /// Whether the image that runs is on trial.
    pub(crate) fn is_on_trial(&self) -> bool {
        Self::HAS_TRIAL
            && swap::is_on_trial(
                self.flash.bytes(S::PRIMARY_TRAILER),
                S::PRIMARY_BYTES,
                self.flash.geometry(),
            )
    }

    /// Confirms the image that runs.
    pub(crate) fn confirm(&mut self) -> Result<(), flash::Error> {
        let flag = Flag::ImageOk.offset_bytes(S::PRIMARY_TRAILER.size_bytes);
        let flag = flag.ok_or(flash::Error::OutOfBounds)?;
        self.flash.program(S::PRIMARY_TRAILER, flag, &Flag::SET)
    }

    /// The room for an image.
    pub(crate) fn room_bytes(&self) -> usize {
        let sector_bytes = self.flash.geometry().sector_bytes;
        if !Self::HAS_TRIAL {
            return self.flash.last_sector(S::SECONDARY);
        }
        let slot_bytes = S::PRIMARY_BYTES.min(S::SECONDARY.size_bytes);
        let unit_bytes = self.flash.geometry().program_unit_bytes;
        let sectors = swap::largest_image_sectors(slot_bytes, sector_bytes, unit_bytes);
        sectors.saturating_mul(sector_bytes)
    }

    /// Takes a request back, or what was left of one: the last sector is erased.
    #[inline(never)] // three times
    pub(crate) fn withdraw(&mut self) -> Result<(), flash::Error> {
        let last = self.flash.last_sector(S::SECONDARY);
        self.flash.erase(S::SECONDARY, last)
    }

    /// Asks for the image that was written.
    pub(crate) fn request(&mut self) -> Result<(), flash::Error> {
        let magic = S::SECONDARY.size_bytes.wrapping_sub(trailer::MAGIC.len());
        self.flash.program(S::SECONDARY, magic, &trailer::MAGIC)
    }

    /// Erases all that this update has not written, so that nothing of an image before it is left.
    pub(crate) fn complete(&mut self) -> Result<(), flash::Error> {
        self.erase_up_to(self.room_bytes())
    }

    /// Erases the sectors of the room from the first that this update has not reached. One that is
    /// erased already is not worn out for it.
    #[inline(never)] // twice
    fn erase_up_to(&mut self, end_bytes: usize) -> Result<(), flash::Error> {
        while self.erased_bytes < end_bytes {
            let sector_bytes = self.flash.geometry().sector_bytes;
            let slot = self.flash.bytes(S::SECONDARY).iter();
            let mut sector = slot.skip(self.erased_bytes).take(sector_bytes);
            if sector.any(|byte| *byte != ERASED) {
                self.flash.erase(S::SECONDARY, self.erased_bytes)?;
            }
            self.erased_bytes = self.erased_bytes.wrapping_add(sector_bytes);
        }
        Ok(())
    }

    /// Programs a block that lies in the room, piece by piece as `next` fills them. What is missing
    /// of the last piece stays erased.
    pub(crate) fn store(
        &mut self,
        offset_bytes: usize,
        block_bytes: usize,
        mut next: impl FnMut(&mut [u8]) -> usize,
    ) -> Result<(), flash::Error> {
        self.erase_up_to(offset_bytes.wrapping_add(block_bytes))?;
        let mut target = offset_bytes;
        loop {
            let mut piece = [ERASED; WRITE_ALIGNMENT_BYTES];
            if next(&mut piece) == 0 {
                return Ok(());
            }
            self.flash.program(S::SECONDARY, target, &piece)?;
            target = target.wrapping_add(piece.len());
        }
    }
}
