// SPDX-License-Identifier: Apache-2.0
//! Appending a record: header, data, commit.

use super::{Share, Store, WRITE_ONCE};
use crate::{
    checksum::Checksum,
    error::Error,
    flash::{ERASED, Flash, FlashError, program_sealed, program_words},
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
    /// A copy has its checksum already.
    is_copy: bool,
    checksum: Checksum,
}

impl Record {
    pub(crate) const fn new(identity: Identity, is_copy: bool) -> Self {
        Self {
            identity,
            extent: Extent::NONE,
            slot: 0,
            place: 0,
            next: 0,
            rest_bytes: 0,
            is_copy,
            checksum: Checksum::new(),
        }
    }

    /// Where it stands.
    pub(super) const fn place(&self) -> (u32, Extent) {
        (self.slot, self.extent)
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
        share: Share,
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
        self.require_share(record.identity.owner(), record.place, size_bytes, share)?;
        self.make_room(size_bytes)?;
        self.begin_record(record, Extent::new(size_bytes, 0, attributes))?;
        Ok(())
    }

    /// Finishes the record.
    pub(crate) fn commit(&mut self, record: &Record) -> Result<(), FlashError> {
        let entry = Entry {
            slot: record.slot,
            extent: record.extent,
            checksum: record.checksum.value(),
            tag: record.identity.tag(),
        };
        self.settle(record.place, &entry)
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
        program_sealed(&mut self.flash, record.slot, &mut header.encode())
    }

    /// Appends the first `bytes` of the transient buffer to the data of the record. All parts but
    /// the last fill the buffer.
    #[inline(never)]
    pub(crate) fn append(&mut self, record: &mut Record, bytes: usize) -> Result<(), FlashError> {
        let geometry = self.flash.geometry();
        let checked_bytes = geometry.checked_bytes(bytes);
        let part = self.buffer.0.get_mut(..checked_bytes).unwrap_or_default();
        for byte in part.iter_mut().skip(bytes) {
            *byte = ERASED;
        }
        if !record.is_copy {
            record.checksum.update(part);
        }
        let units = part.get(..geometry.whole_units(bytes as u32) as usize);
        self.flash.program(record.next, units.unwrap_or_default())?;
        record.next = record.next.wrapping_add(checked_bytes as u32);
        record.rest_bytes = record.rest_bytes.saturating_sub(bytes as u32);
        Ok(())
    }

    /// Programs the commit of a record, from which on it counts, and makes it known.
    #[inline(never)]
    pub(super) fn settle(&mut self, place: usize, entry: &Entry) -> Result<(), FlashError> {
        let commit = Commit {
            data_checksum: entry.checksum,
            tag: entry.tag,
        };
        let header_bytes = self.flash.geometry().record_header_bytes();
        let offset = entry.slot.wrapping_add(header_bytes);
        program_words(&mut self.flash, offset, &commit.encode())?;
        self.index.put(place, entry);
        Ok(())
    }

    /// The next slot, which from now on is not erased any more.
    pub(super) fn take_slot(&mut self) -> u32 {
        let slot = self.log.slot;
        self.log.slot = slot.wrapping_add(self.flash.geometry().slot_bytes());
        slot
    }
}
