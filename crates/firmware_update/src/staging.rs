// SPDX-License-Identifier: Apache-2.0
//! What is done to the secondary slot: an image is written from its beginning, and its last sector
//! gets the request to install it.
//!
//! Sectors are erased when the first block beyond them comes, so that no call takes as long as
//! erasing the whole slot, unless it skips that much.

use boot::trailer::{self, Flag};
use boot::upgrade::Mode;
use boot::{Flash, FlashFailure, swap};
use psa::update::WRITE_ALIGNMENT_BYTES;

use crate::{FirmwareUpdate, Platform};

const ERASED: u8 = 0xFF;

impl<P: Platform> FirmwareUpdate<P> {
    /// Whether an image runs on trial before it stays.
    pub(crate) const HAS_TRIAL: bool = matches!(P::UPGRADE, Mode::Swap);

    /// Whether the image that runs is on trial.
    pub(crate) fn is_on_trial(&self) -> bool {
        Self::HAS_TRIAL && swap::is_on_trial(&self.flash, P::PRIMARY)
    }

    /// Confirms the image that runs.
    pub(crate) fn confirm(&mut self) -> Result<(), FlashFailure> {
        let flag = Flag::ImageOk.offset_bytes(P::PRIMARY.size_bytes);
        let flag = flag.ok_or(FlashFailure)?;
        P::PRIMARY.program(&mut self.flash, flag, &Flag::SET)
    }

    /// The room for an image.
    pub(crate) fn room_bytes(&self) -> usize {
        let sector_bytes = self.flash.sector_bytes();
        if !Self::HAS_TRIAL {
            return P::SECONDARY.last_sector(&self.flash);
        }
        let slot_bytes = P::PRIMARY.size_bytes.min(P::SECONDARY.size_bytes);
        let unit_bytes = self.flash.program_unit_bytes();
        let sectors = swap::largest_image_sectors(slot_bytes, sector_bytes, unit_bytes);
        sectors.saturating_mul(sector_bytes)
    }

    /// Takes a request back, or what was left of one: the last sector is erased.
    #[inline(never)] // three times
    pub(crate) fn withdraw(&mut self) -> Result<(), FlashFailure> {
        let last = P::SECONDARY.last_sector(&self.flash);
        P::SECONDARY.erase(&mut self.flash, last)
    }

    /// Asks for the image that was written.
    pub(crate) fn request(&mut self) -> Result<(), FlashFailure> {
        let magic = P::SECONDARY.size_bytes.wrapping_sub(trailer::MAGIC.len());
        P::SECONDARY.program(&mut self.flash, magic, &trailer::MAGIC)
    }

    /// Programs a block that lies in the room, piece by piece as `next` fills them. What is missing
    /// of the last piece stays erased.
    pub(crate) fn store(
        &mut self,
        offset_bytes: usize,
        block_bytes: usize,
        mut next: impl FnMut(&mut [u8]) -> usize,
    ) -> Result<(), FlashFailure> {
        let end_bytes = offset_bytes.wrapping_add(block_bytes);
        while self.erased_bytes < end_bytes {
            P::SECONDARY.erase(&mut self.flash, self.erased_bytes)?;
            self.erased_bytes = self.erased_bytes.wrapping_add(self.flash.sector_bytes());
        }
        let mut target = offset_bytes;
        loop {
            let mut piece = [ERASED; WRITE_ALIGNMENT_BYTES];
            if next(&mut piece) == 0 {
                return Ok(());
            }
            P::SECONDARY.program(&mut self.flash, target, &piece)?;
            target = target.wrapping_add(piece.len());
        }
    }
}
