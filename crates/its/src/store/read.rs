// SPDX-License-Identifier: Apache-2.0
//! Finds objects and reads their data.
//!
//! Data is always read as a whole, even if a part is asked for: the checksum covers all of it.

use flash::Flash as _;

use super::state::Store;
use crate::{
    configuration::Configuration,
    error::Error,
    format::{
        checksum::{WORD_BYTES, checksum},
        identity::Identity,
        slot::{self, COMMIT_BYTES, Commit, Extent},
        words::read_header,
    },
    memory::{buffer::TransientBuffer as _, index::Entry},
};

/// Where an object was found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Located {
    /// There is none.
    Missing,
    /// At this place of the index.
    Whole(usize),
    /// Probably at this place of the index, because its slot is damaged.
    Damaged(usize),
}

impl Located {
    /// Place in the index.
    pub(super) const fn place(self) -> Option<usize> {
        match self {
            Self::Missing => None,
            Self::Whole(place) | Self::Damaged(place) => Some(place),
        }
    }
}

/// Data that is being read or written, part by part.
#[derive(Debug)]
pub(crate) struct Transfer {
    /// Offset of the next part on flash.
    pub(super) offset: u32,
    /// Bytes that are still to come.
    pub(crate) rest_bytes: u32,
    /// Checksum of all parts up to now.
    pub(crate) checksum: u32,
}

impl<C: Configuration> Store<C> {
    /// Where the object of this identity is.
    #[inline(never)]
    pub(super) fn locate(&self, identity: &Identity) -> Located {
        let tag = identity.tag();
        let mut found = Located::Missing;
        for (place, entry) in self.index.entries().iter().enumerate() {
            if entry.tag != tag || !entry.is_used() {
                continue;
            }
            let mut words = [[0; WORD_BYTES]; slot::HEADER_WORDS];
            let is_read = self
                .flash
                .read(entry.slot as usize, words.as_flattened_mut());
            if is_read.is_ok() && slot::is_about(&words, identity) && !entry.extent.is_lost() {
                return Located::Whole(place);
            }
            // The object of another identity, or one that was damaged since it was found.
            if !read_header(&self.flash, entry.slot, &mut words) {
                found = Located::Damaged(place);
            } else if slot::is_about(&words, identity) {
                return Located::Whole(place);
            }
        }
        if let Located::Missing = found {
            // Of a lost object only the lower half of the tag is known.
            let mut entries = self.index.entries().iter();
            let lost =
                entries.position(|entry| entry.extent.is_lost() && entry.tag as u16 == tag as u16);
            found = lost.map_or(found, Located::Damaged);
        }
        found
    }

    /// The object of this identity.
    pub(crate) fn object(&self, identity: &Identity) -> Result<&Entry, Error> {
        match self.locate(identity) {
            Located::Whole(place) => self.index.entries().get(place).ok_or(Error::DataCorrupt),
            Located::Damaged(_) => Err(Error::DataCorrupt),
            Located::Missing => Err(Error::DoesNotExist),
        }
    }

    /// Reads the second part of a slot.
    #[inline(never)]
    pub(super) fn read_commit(&self, slot: u32) -> Commit {
        let header_bytes = self.layout().record_header_bytes();
        let mut bytes = [0; COMMIT_BYTES];
        match self
            .flash
            .read(slot.wrapping_add(header_bytes) as usize, &mut bytes)
        {
            Ok(()) => Commit::from_bytes(bytes),
            Err(_) => Commit::UNREADABLE,
        }
    }

    /// Checks the data of an object after all of it was read. A commit that was interrupted or
    /// damaged does not count against the data: it was begun after the data was complete.
    pub(crate) fn verify(&self, entry: &Entry, transfer: &Transfer) -> Result<(), Error> {
        let commit = self.read_commit(entry.slot);
        if commit.contradicts(transfer.checksum, entry.tag as u16) {
            return Err(Error::DataCorrupt);
        }
        Ok(())
    }

    /// The data of a record, from its beginning.
    pub(crate) fn transfer(&self, slot: u32, extent: Extent) -> Transfer {
        Transfer {
            offset: self.data_of(slot, extent),
            rest_bytes: extent.size_bytes(),
            checksum: 0,
        }
    }

    /// Reads the next part into the transient buffer. After an error, the part that follows can
    /// be read.
    #[inline(never)]
    pub(crate) fn load(&mut self, transfer: &mut Transfer) -> Result<&[u8], Error> {
        let padded_bytes = self.padded_part(transfer.rest_bytes as usize);
        let bytes = (transfer.rest_bytes as usize).min(padded_bytes);
        let offset = transfer.offset;
        transfer.offset = offset.wrapping_add(bytes as u32);
        transfer.rest_bytes = transfer.rest_bytes.wrapping_sub(bytes as u32);
        // The data is padded with erased bytes.
        let part = self
            .buffer
            .bytes_mut()
            .get_mut(..padded_bytes)
            .unwrap_or_default();
        if self.flash.read(offset as usize, part).is_err() {
            return Err(Error::DataCorrupt);
        }
        transfer.checksum = checksum(transfer.checksum, part.as_chunks().0);
        Ok(part.get(..bytes).unwrap_or_default())
    }
}
