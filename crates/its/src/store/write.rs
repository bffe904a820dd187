// SPDX-License-Identifier: Apache-2.0
//! Appending a record: header, data, commit.

use super::{Store, WRITE_ONCE};
use crate::{
    checksum::Checksum,
    error::Error,
    flash::{Flash, FlashError, program_words},
    index::Entry,
    slot::{Commit, Extent, Header, Identity, REMOVED},
    store::read::Located,
};

/// A record in the making.
#[derive(Debug)]
pub(crate) struct Record {
    identity: Identity,
    extent: Extent,
    /// Offset of its slot.
    slot: u32,
    /// Place of the object in the index.
    place: usize,
    /// Offset at which the next data goes.
    next: u32,
    rest_bytes: u32,
    checksum: Checksum,
}

impl Record {
    pub(crate) const fn new(identity: Identity) -> Self {
        Self {
            identity,
            extent: Extent::NONE,
            slot: 0,
            place: 0,
            next: 0,
            rest_bytes: 0,
            checksum: Checksum::new(),
        }
    }

    /// The record as the index has it.
    pub(super) const fn entry(&self, checksum: u32) -> Entry {
        Entry {
            slot: self.slot,
            extent: self.extent,
            checksum,
            tag: self.identity.tag(),
        }
    }

    /// How much data is still to come.
    pub(crate) const fn rest_bytes(&self) -> u32 {
        self.rest_bytes
    }
}

impl<F: Flash, const ASSETS: usize, const BUFFER_BYTES: usize> Store<F, ASSETS, BUFFER_BYTES> {
    /// Begins to create, to replace or to remove an object.
    #[inline(never)]
    pub(crate) fn begin(
        &mut self,
        record: &mut Record,
        size_bytes: u32,
        attributes: u32,
    ) -> Result<(), Error> {
        record.place = match self.locate(&record.identity) {
            Located::Whole(place) => {
                let entry = self.index.entries().get(place);
                if entry.is_some_and(|entry| entry.extent.attributes() & WRITE_ONCE != 0) {
                    return Err(Error::NotPermitted);
                }
                place
            }
            Located::Damaged(place) => place,
            Located::Missing if attributes & REMOVED != 0 => return Err(Error::DoesNotExist),
            Located::Missing => self.index.free_place().ok_or(Error::InsufficientStorage)?,
        };
        self.make_room(size_bytes)?;
        self.begin_record(record, Extent::new(size_bytes, 0, attributes))?;
        Ok(())
    }

    /// Takes the data that stands in the transient buffer into the checksum and appends it. All
    /// parts but the last fill the buffer.
    #[inline(never)]
    pub(crate) fn append_new(&mut self, record: &mut Record, bytes: usize) -> Result<(), Error> {
        match self.buffer.0.get(..bytes) {
            // A caller that has less than it said ends here.
            None | Some([]) => Err(Error::Programmer),
            Some(data) => {
                record.checksum.update(data);
                self.append(record, bytes)?;
                Ok(())
            }
        }
    }

    /// Finishes the record and makes it known.
    #[inline(never)]
    pub(crate) fn commit(&mut self, record: &Record) -> Result<(), FlashError> {
        let entry = record.entry(record.checksum.value());
        self.end_record(&entry)?;
        self.index.put(record.place, &entry);
        Ok(())
    }

    /// Programs the header of a record for which there is room. Of its extent the depth is new.
    #[inline(never)]
    pub(super) fn begin_record(
        &mut self,
        record: &mut Record,
        extent: Extent,
    ) -> Result<(), FlashError> {
        let geometry = self.flash.geometry();
        record.slot = self.take_slot();
        let data_bytes = geometry.data_bytes(extent.size_bytes());
        self.log.depth += data_bytes / geometry.granule_bytes();
        record.extent = extent.at(self.log.depth);
        record.next = self.data_of(record.slot, record.extent);
        record.rest_bytes = extent.size_bytes();
        let header = Header {
            identity: record.identity,
            extent: record.extent,
        };
        program_words(&mut self.flash, record.slot, &header.encode())
    }

    /// Programs the first `bytes` of the transient buffer, with padding up to whole units.
    #[inline(never)]
    pub(super) fn append(&mut self, record: &mut Record, bytes: usize) -> Result<(), FlashError> {
        let padded = self.flash.geometry().whole_units(bytes as u32) as usize;
        if let Some(part) = self.buffer.0.get_mut(..padded) {
            for byte in part.iter_mut().skip(bytes) {
                *byte = 0xFF;
            }
            self.flash.program(record.next, part)?;
        }
        record.next = record.next.wrapping_add(padded as u32);
        record.rest_bytes = record.rest_bytes.saturating_sub(bytes as u32);
        Ok(())
    }

    /// Programs the commit: from here on the record counts.
    #[inline(never)]
    pub(super) fn end_record(&mut self, entry: &Entry) -> Result<(), FlashError> {
        let commit = Commit {
            data_checksum: entry.checksum,
            tag: entry.tag,
        };
        let header_bytes = self.flash.geometry().record_header_bytes();
        let offset = entry.slot.wrapping_add(header_bytes);
        program_words(&mut self.flash, offset, &commit.encode())
    }

    /// The next slot, which from now on is not erased any more.
    pub(super) fn take_slot(&mut self) -> u32 {
        let slot = self.log.slot;
        self.log.slot = slot.wrapping_add(self.flash.geometry().slot_bytes());
        slot
    }
}
