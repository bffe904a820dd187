// SPDX-License-Identifier: Apache-2.0
//! The store: a log of records over the sectors of the flash.
//!
//! * `mount` reads the log and makes the index.
//! * `advance` opens the next sector and moves what is live out of the oldest.
//! * `write` appends records; `read` finds and verifies them.
//! * `share` says how much one client may have.
//!
//! What is in RAM can always be made again from the flash. When the flash reports an error, that is
//! what happens before the next request, as after a power cut.

mod advance;
mod mount;
mod read;
mod share;
mod write;

pub(crate) use share::Share;
pub(crate) use write::Record;

use crate::{
    checksum::WORD_BYTES,
    error::Error,
    flash::{Flash, read_header, read_sealed},
    geometry::Geometry,
    index::Index,
    sector::{self, Found, SectorHeader},
    slot::{self, Extent, Header},
};

/// The end of the log.
#[derive(Clone, Copy, Debug)]
struct Log {
    /// Number of the newest sector.
    sequence: u32,
    /// Number of the oldest sector that counts.
    oldest: u32,
    /// How often the newest sector was erased.
    erase_count: u32,
    /// Offset of the newest sector.
    sector: u32,
    /// Offset of the next slot in it; that of its end if nothing may follow.
    slot: u32,
    /// How much of its end holds data, in granules.
    depth: u32,
}

impl Log {
    const NONE: Self = Self {
        sequence: 0,
        oldest: 0,
        erase_count: 0,
        sector: 0,
        slot: 0,
        depth: 0,
    };

    /// The log before there is one: the first sector comes behind the last one in turn.
    const fn none(geometry: Geometry) -> Self {
        Self {
            oldest: 1,
            sector: geometry.area_bytes().wrapping_sub(geometry.sector_bytes),
            ..Self::NONE
        }
    }

    /// Count of sectors, lost ones included.
    const fn sectors(&self) -> u32 {
        self.sequence.wrapping_sub(self.oldest).wrapping_add(1)
    }
}

/// The transient buffer.
#[derive(Clone, Debug)]
#[repr(align(4))]
struct Buffer<const BYTES: usize>([u8; BYTES]);

/// What is known of the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing.
    Unread,
    /// Index and end of the log are those of the flash.
    Mounted,
    /// It has to be read again, and nothing may follow in its newest sector, which failed.
    Failed,
}

/// Objects on a flash.
#[derive(Clone, Debug)]
pub(crate) struct Store<F, const ASSETS: usize, const BUFFER_BYTES: usize> {
    flash: F,
    state: State,
    log: Log,
    index: Index<ASSETS>,
    buffer: Buffer<BUFFER_BYTES>,
}

impl<F: Flash, const ASSETS: usize, const BUFFER_BYTES: usize> Store<F, ASSETS, BUFFER_BYTES> {
    /// The store on this flash, which is not touched yet.
    pub(crate) const fn new(flash: F) -> Self {
        Self {
            flash,
            state: State::Unread,
            log: Log::NONE,
            index: Index::new(),
            buffer: Buffer([0; BUFFER_BYTES]),
        }
    }

    /// The flash.
    pub(crate) const fn flash(&self) -> &F {
        &self.flash
    }

    /// The flash, to do something to it.
    pub(crate) const fn flash_mut(&mut self) -> &mut F {
        &mut self.flash
    }

    /// Gives the flash back.
    pub(crate) fn into_flash(self) -> F {
        self.flash
    }

    /// The first bytes of the transient buffer, at most `most_bytes`.
    pub(crate) fn buffer(&mut self, most_bytes: u32) -> &mut [u8] {
        let bytes = (most_bytes as usize).min(BUFFER_BYTES);
        self.buffer.0.get_mut(..bytes).unwrap_or_default()
    }

    /// How much of the transient buffer the next of so many bytes take, with their padding.
    fn padded_part(&self, bytes: usize) -> usize {
        self.flash.geometry().padded_bytes(bytes).min(BUFFER_BYTES)
    }

    /// Offset of the newest sector.
    #[cfg(not(target_os = "none"))]
    pub(crate) const fn newest_sector(&self) -> u32 {
        self.log.sector
    }

    /// The objects.
    #[cfg(not(target_os = "none"))]
    pub(crate) fn entries(&self) -> std::vec::Vec<crate::index::Entry> {
        let entries = self.index.entries().iter();
        entries.filter(|entry| entry.is_used()).copied().collect()
    }

    /// Offset of the first slot of a sector.
    fn first_slot(&self, sector: u32) -> u32 {
        sector.wrapping_add(2 * self.flash.geometry().sector_header_bytes())
    }

    /// Offset of the sector that a slot stands in.
    fn sector_of(&self, slot: u32) -> u32 {
        slot.wrapping_sub(slot % self.flash.geometry().sector_bytes)
    }

    /// Offset of the data of a record.
    fn data_of(&self, slot: u32, extent: Extent) -> u32 {
        let geometry = self.flash.geometry();
        let end = self.sector_of(slot).wrapping_add(geometry.sector_bytes);
        end.wrapping_sub(extent.depth().wrapping_mul(geometry.granule_bytes()))
    }

    /// Nothing may follow in the newest sector.
    fn close(&mut self) {
        let geometry = self.flash.geometry();
        self.log.slot = self.log.sector.wrapping_add(geometry.sector_bytes);
    }

    /// The sector behind this one in turn.
    fn next_sector(&self, sector: u32) -> u32 {
        let geometry = self.flash.geometry();
        match sector.wrapping_add(geometry.sector_bytes) {
            next if next < geometry.area_bytes() => next,
            _ => 0,
        }
    }

    /// The header of a sector: the first copy that is whole.
    #[inline(never)]
    pub(crate) fn sector_header(&self, sector: u32) -> Found {
        let geometry = self.flash.geometry();
        let mut words = [[0; WORD_BYTES]; sector::HEADER_WORDS];
        let mut offset = sector;
        while offset != self.first_slot(sector) {
            if read_sealed(&self.flash, offset, &mut words) {
                let found = SectorHeader::decode(&words, geometry);
                if found != Found::Nothing {
                    return found;
                }
            }
            offset = offset.wrapping_add(geometry.sector_header_bytes());
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

    /// The first part of a slot, if it is whole but for one byte.
    #[inline(always)] // in one place
    pub(crate) fn header(&self, slot: u32) -> Option<Header> {
        let mut words = [[0; WORD_BYTES]; slot::HEADER_WORDS];
        read_header(&self.flash, slot, &mut words).then(|| Header::decode(&words))
    }

    /// Whether a record of this size can follow. One slot always stays erased: it ends the slots,
    /// so that data is never taken for one.
    #[inline(never)]
    fn fits(&self, extent: Extent) -> bool {
        let geometry = self.flash.geometry();
        let end = self.log.sector.wrapping_add(geometry.sector_bytes);
        let wanted = (2 * geometry.slot_bytes())
            .wrapping_add(geometry.data_bytes(extent.size_bytes()))
            .wrapping_add(self.log.depth.wrapping_mul(geometry.granule_bytes()));
        self.log.slot.wrapping_add(wanted) <= end
    }

    /// After each request: leaves nothing of an object in the transient buffer, and if the flash
    /// failed, has it read again before the next request.
    pub(crate) fn finish(&mut self, outcome: Result<(), Error>) -> Result<(), Error> {
        self.buffer.0.fill(0);
        core::hint::black_box(&mut self.buffer);
        self.state = match outcome {
            Err(Error::StorageFailure) => State::Failed,
            _ => State::Mounted,
        };
        outcome
    }
}
