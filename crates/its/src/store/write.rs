// SPDX-License-Identifier: Apache-2.0
//! Appends a record: header, data, commit.

use flash::{ERASED, Flash as _};
use psa::framework::{Framework, LIFECYCLE_PROVISIONING, LIFECYCLE_STATE_MASK};

use super::{
    read::{Located, Transfer},
    state::Store,
};
use crate::{
    configuration::Configuration,
    error::Error,
    format::{
        checksum::{Word, checksum},
        identity::Identity,
        slot::{self, Commit, Extent, Header, REMOVED, WRITE_ONCE},
        words::{program_sealed, program_words},
    },
    memory::{buffer::TransientBuffer as _, index::Entry},
};

/// A record that is being written.
#[derive(Debug)]
pub(crate) struct Record {
    /// Place of the object in the index.
    pub(super) place: usize,
    /// Its entry in the index after the commit.
    pub(crate) entry: Entry,
    /// Its data.
    pub(crate) transfer: Transfer,
}

impl Record {
    /// The record of an object at this place, which will replace `entry`.
    pub(crate) const fn new(place: usize, entry: Entry) -> Self {
        Self {
            place,
            entry,
            transfer: Transfer {
                offset: 0,
                rest_bytes: 0,
                checksum: 0,
            },
        }
    }
}

impl<C: Configuration> Store<C> {
    /// The place in the index of an object that is to be created, replaced or removed. An object
    /// with `PSA_STORAGE_FLAG_WRITE_ONCE` is refused, except while the device is being provisioned
    /// (PSA Secure Storage API 1.0, section 3.2).
    #[inline(never)]
    pub(crate) fn claim(
        &self,
        framework: &impl Framework,
        identity: &Identity,
        extent: Extent,
    ) -> Result<usize, Error> {
        let place = match self.locate(identity) {
            Located::Whole(place) => {
                let entry = self.index.entries().get(place);
                if entry.is_some_and(|entry| entry.extent.attributes() & WRITE_ONCE != 0)
                    && framework.lifecycle_state() & LIFECYCLE_STATE_MASK != LIFECYCLE_PROVISIONING
                {
                    return Err(Error::NotPermitted);
                }
                place
            }
            Located::Damaged(place) => place,
            Located::Missing if extent.attributes() & REMOVED != 0 => {
                return Err(Error::DoesNotExist);
            }
            Located::Missing => self.index.free_place().ok_or(Error::InsufficientStorage)?,
        };
        if extent.attributes() & REMOVED == 0 {
            self.require_quotas(identity.owner(), place, extent.size_bytes())?;
        }
        Ok(place)
    }

    /// Programs the header of a record of this object.
    #[inline(never)] // the words leave the stack before the data comes
    pub(crate) fn begin(
        &mut self,
        record: &mut Record,
        identity: &Identity,
    ) -> Result<(), flash::Error> {
        let header = Header {
            identity: *identity,
            extent: record.entry.extent,
        };
        self.begin_record(record, &mut header.encode())
    }

    /// Programs the header of a record for which there is room. The caller has set size,
    /// attributes and tag, and the identity in `header`; slot, depth and transfer are set here.
    #[inline(never)]
    pub(super) fn begin_record(
        &mut self,
        record: &mut Record,
        header: &mut [Word; slot::HEADER_WORDS],
    ) -> Result<(), flash::Error> {
        let layout = self.layout();
        let size_bytes = record.entry.extent.size_bytes();
        self.log.depth += layout.data_bytes(size_bytes) / layout.granule_bytes();
        let extent = record.entry.extent.at(self.log.depth);
        let slot = self.take_slot();
        record.entry.slot = slot;
        record.entry.extent = extent;
        record.transfer = self.transfer(slot, extent);
        Header::set_extent(header, extent);
        program_sealed(&mut self.flash, slot, header)
    }

    /// Appends the first `bytes` of the transient buffer to the data. Every part except the last
    /// fills the buffer.
    #[inline(never)]
    pub(crate) fn append(
        &mut self,
        transfer: &mut Transfer,
        bytes: usize,
    ) -> Result<(), flash::Error> {
        let padded_bytes = self.padded_part(bytes);
        let part = self
            .buffer
            .bytes_mut()
            .get_mut(..padded_bytes)
            .unwrap_or_default();
        part.get_mut(bytes..).unwrap_or_default().fill(ERASED);
        transfer.checksum = checksum(transfer.checksum, part.as_chunks().0);
        let offset = transfer.offset;
        transfer.offset = offset.wrapping_add(padded_bytes as u32);
        transfer.rest_bytes = transfer.rest_bytes.saturating_sub(bytes as u32);
        self.flash.program(offset as usize, part)
    }

    /// Programs the commit of a record, which makes it valid, and puts it into the index.
    #[inline(never)]
    pub(crate) fn program_commit(
        &mut self,
        record: &Record,
        data_checksum: u32,
    ) -> Result<(), flash::Error> {
        let entry = &record.entry;
        let commit = Commit::new(data_checksum, entry.tag as u16).to_bytes();
        let header_bytes = self.layout().record_header_bytes();
        let offset = entry.slot.wrapping_add(header_bytes);
        program_words(&mut self.flash, offset, commit.as_chunks().0)?;
        self.index.put(record.place, entry);
        Ok(())
    }

    /// Takes the next slot.
    pub(super) fn take_slot(&mut self) -> u32 {
        let slot = self.log.slot;
        self.log.slot = slot.wrapping_add(self.layout().slot_bytes());
        slot
    }
}
