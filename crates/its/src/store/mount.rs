// SPDX-License-Identifier: Apache-2.0
//! Reading the log: nothing is written but to a flash that holds no store.
//!
//! Torn or damaged? A record that a power cut interrupted must not count; one that was damaged
//! later must be reported. Nothing ever follows an interrupted record in its sector, because the
//! sector is closed then, and the header of the next sector says whether the last record was such
//! a one. So a record without a whole commit is damaged as soon as something follows it.

use super::{Log, Store};
use crate::{
    error::Error,
    flash::{Flash, Foreign, read_words},
    index::Entry,
    sector::SectorHeader,
    slot::{Commit, Header, REMOVED},
};

/// Tag and slot of the last record, as long as it is open whether it counts.
type Pending = Option<(u16, u32)>;

impl<F: Flash, const ASSETS: usize, const BUFFER_BYTES: usize> Store<F, ASSETS, BUFFER_BYTES> {
    /// Reads the flash, if that was not done before.
    pub(crate) fn mount(&mut self) -> Result<(), Error> {
        if !self.is_mounted {
            if !self.read_log()? {
                self.format()?;
            }
            self.is_mounted = true;
        }
        Ok(())
    }

    /// Makes the end of the log and the index from the flash, and says whether there is a log.
    #[inline(never)]
    pub(super) fn read_log(&mut self) -> Result<bool, Error> {
        let geometry = self.flash.geometry();
        self.index.clear();
        // Before the first sector is the last one.
        self.log = Log {
            sequence: 0,
            oldest: 1,
            erase_count: 0,
            sector: geometry.area_bytes().wrapping_sub(geometry.sector_bytes),
            slot: 0,
            depth: 0,
            is_open: false,
        };
        let newest = self.newest()?;
        if let Some(newest) = &newest {
            self.replay(newest);
        }
        Ok(newest.is_some())
    }

    /// The header of the newest sector; an error if one belongs to a store that this code can't
    /// read.
    fn newest(&self) -> Result<Option<SectorHeader>, Error> {
        let geometry = self.flash.geometry();
        let mut newest: Option<SectorHeader> = None;
        let mut sector = 0;
        while sector < geometry.area_bytes() {
            if let Some(header) = self.sector_header(sector) {
                if !header.shape.is_known(geometry) {
                    return Err(Error::StorageFailure);
                }
                if newest.is_none_or(|newest| newest.sequence < header.sequence) {
                    newest = Some(header);
                }
            }
            sector = sector.wrapping_add(geometry.sector_bytes);
        }
        Ok(newest)
    }

    /// Reads the sectors that count, oldest first.
    fn replay(&mut self, newest: &SectorHeader) {
        let mut pending = None;
        let mut sequence = newest.oldest;
        loop {
            let found = self.find_sector(sequence);
            let header = found.and_then(|sector| self.sector_header(sector));
            if let Some(sector) = found
                && let Some(header) = header
            {
                self.log = Log {
                    sequence,
                    oldest: newest.oldest,
                    erase_count: header.erase_count,
                    sector,
                    slot: self.first_slot(sector),
                    depth: 0,
                    is_open: true,
                };
                if header.shape.follows_torn() {
                    pending = None;
                }
                self.settle(&mut pending);
                self.replay_sector(&mut pending);
            } else {
                // A whole sector is lost, and with it the knowledge about the one before.
                pending = None;
            }
            if sequence == newest.sequence {
                break;
            }
            sequence = sequence.wrapping_add(1);
        }
    }

    /// Reads the records of the sector at the end of the log, in the order in which they were
    /// written.
    fn replay_sector(&mut self, pending: &mut Pending) {
        let geometry = self.flash.geometry();
        let sector_end = self.log.sector.wrapping_add(geometry.sector_bytes);
        loop {
            let slot = self.log.slot;
            let next = slot.wrapping_add(geometry.slot_bytes());
            if next.wrapping_add(self.log.depth * geometry.granule_bytes()) > sector_end {
                break;
            }
            let header = self.header(slot);
            if header.is_none() && self.is_erased(slot, next) {
                break;
            }
            let commit = self.commit_at(slot, header.as_ref());
            self.settle(pending);
            self.log.slot = next;
            // Where the data of a damaged header ends is unknown: nothing may follow.
            self.log.is_open = header.is_some() && commit.is_some();
            if let Some(header) = &header {
                self.log.depth = self.log.depth.max(header.extent.depth());
                match &commit {
                    Some(commit) => self.apply(header, commit, slot),
                    None => *pending = Some((header.identity.tag(), slot)),
                }
            } else if let Some(commit) = &commit {
                self.index.lose(commit.tag, slot);
            }
        }
    }

    /// The second part of a slot, if it is whole. A single flipped bit is put right where header and
    /// data tell what must stand there: the commit of the newest record, made unreadable by damage,
    /// could not be told from one that a power cut interrupted.
    fn commit_at(&mut self, slot: u32, header: Option<&Header>) -> Option<Commit> {
        let header_bytes = self.flash.geometry().record_header_bytes();
        let words = read_words(&self.flash, slot.wrapping_add(header_bytes)).ok()?;
        let commit = Commit::decode(&words);
        let Some(header) = header else {
            return commit;
        };
        let tag = header.identity.tag();
        if commit.as_ref().is_some_and(|commit| commit.tag == tag) {
            return commit;
        }
        let mut reading = self.reading(slot, header.extent);
        while reading.rest_bytes() > 0 {
            self.load(&mut reading).ok()?;
        }
        let commit = Commit {
            data_checksum: reading.checksum(),
            tag,
        };
        commit.nearly_is(&words).then_some(commit)
    }

    /// Something follows, so the record before was complete once.
    fn settle(&mut self, pending: &mut Pending) {
        if let Some((tag, slot)) = pending.take() {
            self.index.lose(tag, slot);
        }
    }

    /// Brings a whole record into the index. Where there is no room for it, an object that is lost
    /// gives way.
    #[inline(never)]
    fn apply(&mut self, header: &Header, commit: &Commit, slot: u32) {
        let mut place = self.locate(&header.identity).place();
        if place.is_none() && header.extent.attributes() & REMOVED == 0 {
            let mut entries = self.index.entries().iter();
            place = self
                .index
                .free_place()
                .or_else(|| entries.position(|entry| entry.is_lost));
        }
        let entry = Entry {
            slot,
            extent: header.extent,
            checksum: commit.data_checksum,
            tag: commit.tag,
            is_lost: false,
        };
        self.index.put(place, &entry);
    }

    /// Begins a log on a flash that holds none.
    fn format(&mut self) -> Result<(), Error> {
        match F::FOREIGN {
            Foreign::Format => self.advance(),
            Foreign::Refuse => {
                let sector = self.blank_sector().ok_or(Error::StorageFailure)?;
                self.open(sector, true)
            }
        }
    }

    /// A sector that is erased, on a flash that is erased but for interrupted attempts to begin a
    /// log. These attempts erase nothing, so that they leave no traces but in sector headers.
    fn blank_sector(&mut self) -> Option<u32> {
        let geometry = self.flash.geometry();
        let mut found = None;
        let mut sector = 0;
        while sector < geometry.area_bytes() {
            let next = sector.wrapping_add(geometry.sector_bytes);
            if !self.is_erased(self.first_slot(sector), next) {
                return None;
            }
            if found.is_none() && self.is_erased(sector, next) {
                found = Some(sector);
            }
            sector = next;
        }
        found
    }

    /// Whether an area is erased.
    fn is_erased(&self, start: u32, end: u32) -> bool {
        let mut offset = start;
        while offset < end {
            if read_words(&self.flash, offset) != Ok([u32::MAX]) {
                return false;
            }
            offset = offset.wrapping_add(4);
        }
        true
    }
}
