// SPDX-License-Identifier: Apache-2.0
//! The state of the store, and the places of its parts on flash.

use flash::{ERASED, Flash as _};

use super::log::Log;
use crate::{
    configuration::Configuration,
    error::Error,
    format::{
        checksum::WORD_BYTES,
        layout::Layout,
        sector::{self, Found, SectorHeader},
        slot::{self, Extent, Header},
        words::{read_header, read_sealed, read_words},
    },
    memory::{buffer::TransientBuffer as _, index::Index},
};

/// What is known of the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing is known.
    Unread,
    /// Index and end of the log agree with the flash.
    Mounted,
    /// The flash failed and must be read again. No record may follow in the newest sector.
    Failed,
}

/// Objects on a flash.
pub(crate) struct Store<C: Configuration> {
    pub(super) flash: C::Flash,
    pub(super) state: State,
    pub(super) log: Log,
    pub(super) index: Index<C::Assets>,
    pub(super) buffer: C::Buffer,
}

impl<C: Configuration<Flash: Clone>> Clone for Store<C> {
    fn clone(&self) -> Self {
        Self {
            flash: self.flash.clone(),
            state: self.state,
            log: self.log,
            index: self.index.clone(),
            buffer: self.buffer.clone(),
        }
    }
}

impl<C: Configuration> Store<C> {
    /// The store on this flash, which is not read yet.
    pub(crate) const fn new(flash: C::Flash) -> Self {
        Self {
            flash,
            state: State::Unread,
            log: Log::NONE,
            index: Index::new(),
            buffer: C::Buffer::CLEAR,
        }
    }

    /// The flash.
    pub(crate) const fn flash(&self) -> &C::Flash {
        &self.flash
    }

    /// The flash, to do something to it.
    pub(crate) const fn flash_mut(&mut self) -> &mut C::Flash {
        &mut self.flash
    }

    /// Gives the flash back.
    pub(crate) fn into_flash(self) -> C::Flash {
        self.flash
    }

    /// Sizes of what stands on the flash.
    #[inline(always)]
    pub(crate) fn layout(&self) -> Layout {
        Layout::of(self.flash.geometry())
    }

    /// The first bytes of the transient buffer, at most `most_bytes`.
    pub(crate) fn buffer(&mut self, most_bytes: u32) -> &mut [u8] {
        let bytes = (most_bytes as usize).min(C::Buffer::BYTES);
        self.buffer.bytes_mut().get_mut(..bytes).unwrap_or_default()
    }

    /// How many bytes of the transient buffer the next part takes, with its padding, if `bytes`
    /// are still to come.
    pub(super) fn padded_part(&self, bytes: usize) -> usize {
        self.layout().padded_bytes(bytes).min(C::Buffer::BYTES)
    }

    /// Offset of the newest sector.
    #[cfg(not(target_os = "none"))]
    pub(crate) const fn newest_sector(&self) -> u32 {
        self.log.sector
    }

    /// The objects.
    #[cfg(not(target_os = "none"))]
    pub(crate) fn entries(&self) -> std::vec::Vec<crate::memory::index::Entry> {
        let entries = self.index.entries().iter();
        entries.filter(|entry| entry.is_used()).copied().collect()
    }

    /// Offset of the first slot of a sector.
    pub(super) fn first_slot(&self, sector: u32) -> u32 {
        sector.wrapping_add(2 * self.layout().sector_header_bytes())
    }

    /// Offset of the sector that a slot stands in.
    pub(super) fn sector_of(&self, slot: u32) -> u32 {
        slot.wrapping_sub(slot % self.layout().sector_bytes)
    }

    /// Offset of the data of a record.
    pub(super) fn data_of(&self, slot: u32, extent: Extent) -> u32 {
        let layout = self.layout();
        let end = self.sector_of(slot).wrapping_add(layout.sector_bytes);
        end.wrapping_sub(extent.depth().wrapping_mul(layout.granule_bytes()))
    }

    /// Closes the newest sector: no record may follow in it.
    pub(super) fn close(&mut self) {
        let layout = self.layout();
        self.log.slot = self.log.sector.wrapping_add(layout.sector_bytes);
    }

    /// The next sector in turn.
    pub(super) fn next_sector(&self, sector: u32) -> u32 {
        let layout = self.layout();
        match sector.wrapping_add(layout.sector_bytes) {
            next if next < layout.area_bytes() => next,
            _ => 0,
        }
    }

    /// The header of a sector: the first copy that is whole.
    #[inline(never)]
    pub(crate) fn sector_header(&self, sector: u32) -> Found {
        let layout = self.layout();
        let mut words = [[0; WORD_BYTES]; sector::HEADER_WORDS];
        let mut offset = sector;
        while offset != self.first_slot(sector) {
            if read_sealed(&self.flash, offset, &mut words) {
                let found = SectorHeader::decode(&words, layout);
                if found != Found::Nothing {
                    return found;
                }
            }
            offset = offset.wrapping_add(layout.sector_header_bytes());
        }
        Found::Nothing
    }

    /// Number of the sector with this header, if it is part of the log.
    pub(crate) const fn number_in_log(&self, found: &Found) -> Option<u32> {
        match found {
            Found::Header(SectorHeader { sequence, .. })
                if sequence.wrapping_sub(self.log.oldest) < self.log.sectors() =>
            {
                Some(*sequence)
            }
            _ => None,
        }
    }

    /// The first part of a slot, if at most one byte of it is damaged.
    #[inline(always)] // called once
    pub(crate) fn header(&self, slot: u32) -> Option<Header> {
        let mut words = [[0; WORD_BYTES]; slot::HEADER_WORDS];
        read_header(&self.flash, slot, &mut words).then(|| Header::decode(&words))
    }

    /// Whether there is room for a record of this size. One slot always stays erased: it ends the
    /// slots, so that data is never read as a slot.
    #[inline(never)]
    pub(super) fn fits(&self, extent: Extent) -> bool {
        let layout = self.layout();
        let end = self.log.sector.wrapping_add(layout.sector_bytes);
        let wanted = (2 * layout.slot_bytes())
            .wrapping_add(layout.data_bytes(extent.size_bytes()))
            .wrapping_add(self.log.depth.wrapping_mul(layout.granule_bytes()));
        self.log.slot.wrapping_add(wanted) <= end
    }

    /// Ends a request: clears the transient buffer and, if the flash failed, has it read again
    /// before the next request.
    pub(crate) fn finish(&mut self, outcome: Result<(), Error>) -> Result<(), Error> {
        self.buffer.bytes_mut().fill(0);
        core::hint::black_box(&mut self.buffer);
        self.state = match outcome {
            Err(Error::StorageFailure) => State::Failed,
            _ => State::Mounted,
        };
        outcome
    }

    /// Whether all words from `start` to `end` are erased.
    pub(crate) fn is_erased(&self, start: u32, end: u32) -> bool {
        let mut offset = start;
        while offset < end {
            match read_words(&self.flash, offset) {
                Ok([word]) if word == [ERASED; WORD_BYTES] => {}
                _ => return false,
            }
            offset = offset.wrapping_add(WORD_BYTES as u32);
        }
        true
    }
}
