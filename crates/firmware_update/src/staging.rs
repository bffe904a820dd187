// SPDX-License-Identifier: Apache-2.0
//! What is done to the secondary slot: an image is written from its beginning, and its last sector
//! gets the request to install it.
//!
//! Sectors are erased when the first block beyond them comes, so that no call takes as long as
//! erasing the whole slot, unless it skips that much.

use boot::{Flash, FlashFailure, trailer};
use psa::update::WRITE_ALIGNMENT_BYTES;

use crate::{FirmwareUpdate, Platform};

const ERASED: u8 = 0xFF;

impl<P: Platform> FirmwareUpdate<P> {
    /// The room for an image: the slot without its last sector.
    pub(crate) fn room_bytes(&self) -> usize {
        let sector_bytes = self.flash.sector_bytes();
        P::SECONDARY.size_bytes.saturating_sub(sector_bytes)
    }

    /// Takes a request back, or what was left of one: the last sector is erased.
    #[inline(never)] // three times
    pub(crate) fn withdraw(&mut self) -> Result<(), FlashFailure> {
        let last = offset::<P>(self.room_bytes());
        self.flash.erase(last)
    }

    /// Asks for the image that was written.
    pub(crate) fn request(&mut self) -> Result<(), FlashFailure> {
        let end = offset::<P>(P::SECONDARY.size_bytes);
        self.flash
            .program(end.wrapping_sub(trailer::MAGIC.len()), &trailer::MAGIC)
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
            self.flash.erase(offset::<P>(self.erased_bytes))?;
            self.erased_bytes = self.erased_bytes.wrapping_add(self.flash.sector_bytes());
        }
        let mut target = offset::<P>(offset_bytes);
        loop {
            let mut piece = [ERASED; WRITE_ALIGNMENT_BYTES];
            if next(&mut piece) == 0 {
                return Ok(());
            }
            self.flash.program(target, &piece)?;
            target = target.wrapping_add(piece.len());
        }
    }
}

/// From the beginning of the secondary slot to that of the flash.
const fn offset<P: Platform>(offset_bytes: usize) -> usize {
    P::SECONDARY.offset_bytes.wrapping_add(offset_bytes)
}
