// SPDX-License-Identifier: Apache-2.0
//! Reads the log: finds its end and builds the index. Writes nothing.

use super::{log::Log, state::Store};
use crate::{
    configuration::Configuration,
    format::{
        sector::Found,
        slot::{Header, REMOVED},
    },
    memory::index::Entry,
};

impl<C: Configuration> Store<C> {
    /// Finds the end of the log and builds the index; returns whether there is a log. A store that
    /// this code can't read is an error.
    #[inline(never)]
    pub(super) fn read_log(&mut self) -> Result<bool, flash::Error> {
        let layout = self.layout();
        self.index.clear();
        self.log = Log::none(layout);
        let mut sector = self.log.sector;
        let mut rest = layout.sector_count;
        while rest > 0 {
            rest = rest.wrapping_sub(1);
            sector = self.next_sector(sector);
            match self.sector_header(sector) {
                Found::Unknown => return Err(flash::Error::Failed),
                Found::Header(header) if header.sequence > self.log.sequence => {
                    self.log.sequence = header.sequence;
                    self.log.oldest = header.oldest;
                    self.log.erase_count = header.erase_count;
                    self.log.sector = sector;
                }
                _ => {}
            }
        }
        // After the newest sector come the free ones in turn, then the oldest.
        let mut sector = self.log.sector;
        let mut rest = layout.sector_count;
        while rest > 0 {
            rest = rest.wrapping_sub(1);
            sector = self.next_sector(sector);
            if self.number_in_log(&self.sector_header(sector)).is_some() {
                self.replay(sector)?;
            }
        }
        Ok(self.log.sequence > 0)
    }

    /// Reads the records of a sector in the order in which they were written.
    fn replay(&mut self, sector: u32) -> Result<(), flash::Error> {
        let layout = self.layout();
        let sector_end = sector.wrapping_add(layout.sector_bytes);
        self.log.slot = self.first_slot(sector);
        self.log.depth = 0;
        let mut is_open = true;
        loop {
            let slot = self.log.slot;
            let next = slot.wrapping_add(layout.slot_bytes());
            if next.wrapping_add(self.log.depth.wrapping_mul(layout.granule_bytes())) > sector_end {
                break;
            }
            if self.is_erased(slot, next) {
                break;
            }
            self.log.slot = next;
            let header = self.header(slot);
            let commit = self.read_commit(slot);
            if let Some(header) = &header {
                self.log.depth = self.log.depth.max(header.extent.depth());
                if !commit.is_erased() {
                    self.apply(header, slot)?;
                }
            } else {
                // The end of its data is unknown, so no record may follow.
                is_open = false;
                if let Some(tag) = commit.tag() {
                    self.index.lose(tag.into(), slot);
                }
            }
        }
        if !is_open {
            self.log.slot = sector_end;
        }
        Ok(())
    }

    /// Adds a record to the index. If the index is full, the record takes the place of a lost
    /// object. More objects than the configuration has are an error, so that none of them is lost.
    #[inline(always)] // called once
    fn apply(&mut self, header: &Header, slot: u32) -> Result<(), flash::Error> {
        let mut place = self.locate(&header.identity).place();
        if place.is_none() {
            if header.extent.attributes() & REMOVED != 0 {
                return Ok(());
            }
            place = self.index.free_place().or_else(|| self.index.lost_place());
        }
        let entry = Entry {
            slot,
            extent: header.extent,
            tag: header.identity.tag(),
        };
        self.index.put(place.ok_or(flash::Error::Failed)?, &entry);
        Ok(())
    }
}
