// SPDX-License-Identifier: Apache-2.0
//! The change to the next sector: erase it, copy the live records of the oldest sector into it, then
//! program its header. The header makes the change valid. Before that the log is as it was;
//! afterwards the oldest sector is no part of the log, and stays as it is until it is erased in its
//! turn.

use flash::Flash as _;

use super::{state::Store, write::Record};
use crate::{
    configuration::Configuration,
    error::Error,
    format::{
        checksum::WORD_BYTES,
        sector::{Found, SectorHeader},
        slot::{self, Extent},
        words::{program_sealed, read_header},
    },
    memory::{
        buffer::TransientBuffer as _,
        index::{AssetTable as _, Entry},
    },
};

impl<C: Configuration> Store<C> {
    /// Makes sure that a record of this size can be appended. After one round through
    /// the window all records in it are live, so more rounds would make no room.
    #[inline(always)] // no frame of its own above the deepest calls
    pub(crate) fn make_room(&mut self, extent: Extent) -> Result<(), Error> {
        let mut rest = self.layout().window_sectors().wrapping_add(1);
        while !self.fits(extent) {
            if rest == 0 {
                return Err(Error::InsufficientStorage);
            }
            rest = rest.wrapping_sub(1);
            self.advance()?;
        }
        Ok(())
    }

    /// Opens the next free sector in turn that does not fail. The deepest calls of the store are
    /// below this one.
    #[inline(never)]
    pub(super) fn advance(&mut self) -> Result<(), flash::Error> {
        let mut sector = self.log.sector;
        let mut rest = self.layout().sector_count;
        while rest > 0 {
            rest = rest.wrapping_sub(1);
            sector = self.next_sector(sector);
            match self.open(sector, false) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                // Index and log may be half changed: build them again.
                Err(_) => {
                    self.read_log()?;
                }
            }
        }
        Err(flash::Error::Failed)
    }

    /// Makes `sector` the newest of the log; returns `false` if it is part of the log already.
    /// After an error, index and log are undefined.
    #[inline(always)] // used once, but where a foreign flash is refused
    pub(super) fn open(&mut self, sector: u32, is_erased: bool) -> Result<bool, flash::Error> {
        let found = self.sector_header(sector);
        if self.number_in_log(&found).is_some() {
            return Ok(false);
        }
        let is_full = self.log.sectors() >= self.layout().window_sectors();
        // The old header has the count. If a power cut came between erasure and header, the count
        // is that of the newest sector, or one lower, because sectors take turns.
        self.log.erase_count = match found {
            Found::Header(header) => header.erase_count.wrapping_add(1),
            _ => self.log.erase_count.max(1),
        };
        if !is_erased {
            self.flash.erase(sector as usize)?;
        }
        self.log.sequence = self.log.sequence.wrapping_add(1);
        self.log.sector = sector;
        self.log.slot = self.first_slot(sector);
        self.log.depth = 0;
        if is_full {
            self.vacate_oldest()?;
        }
        self.begin_sector()?;
        Ok(true)
    }

    /// Copies the live records of the oldest sector to the end of the log.
    #[inline(never)] // its records are not on the stack beside the headers of sectors
    fn vacate_oldest(&mut self) -> Result<(), flash::Error> {
        let oldest = self.log.oldest;
        for place in 0..C::Assets::PLACES {
            if let Some(&entry) = self.index.entries().get(place)
                && entry.is_used()
                && let Found::Header(header) = self.sector_header(self.sector_of(entry.slot))
                && header.sequence == oldest
            {
                self.copy(&mut Record::new(place, entry))?;
            }
        }
        self.log.oldest = oldest.wrapping_add(1);
        Ok(())
    }

    /// Copies a live record to the end of the log. The checksum is copied unchanged, so
    /// damaged data stays detectable. Data that can't be read becomes zeros, which do not match the
    /// checksum. Of a record whose header is damaged only the tag remains.
    fn copy(&mut self, record: &mut Record) -> Result<(), flash::Error> {
        let Entry { slot, extent, tag } = record.entry;
        let checksum = self.read_commit(slot).data_checksum(tag as u16);
        let mut from = self.transfer(slot, extent);
        let mut header = [[0; WORD_BYTES]; slot::HEADER_WORDS];
        if read_header(&self.flash, slot, &mut header) && self.fits(extent) {
            self.begin_record(record, &mut header)?;
            while from.rest_bytes > 0 {
                let bytes = self.buffer(from.rest_bytes).len();
                if self.load(&mut from).is_err() {
                    self.buffer.bytes_mut().fill(0);
                }
                self.append(&mut record.transfer, bytes)?;
            }
        } else {
            record.entry.extent = Extent::LOST;
            record.entry.slot = self.take_slot();
        }
        // Without a whole commit: the checksum of the data that was read.
        self.program_commit(record, checksum.unwrap_or(from.checksum))
    }

    /// Programs both copies of the header. One of them is enough.
    #[inline(never)] // beside the copies of records
    fn begin_sector(&mut self) -> Result<(), flash::Error> {
        let layout = self.layout();
        let header = SectorHeader {
            sequence: self.log.sequence,
            oldest: self.log.oldest,
            erase_count: self.log.erase_count,
        };
        let mut words = header.encode(layout);
        let mut outcome = Err(flash::Error::Failed);
        let mut offset = self.log.sector;
        while offset != self.first_slot(self.log.sector) {
            let programmed = program_sealed(&mut self.flash, offset, &mut words);
            outcome = outcome.or(programmed);
            offset = offset.wrapping_add(layout.sector_header_bytes());
        }
        outcome
    }
}
