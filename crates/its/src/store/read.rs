// SPDX-License-Identifier: Apache-2.0
//! Finding an object and reading its data.
//!
//! Data is read as a whole, whatever part is asked for: only then the checksum tells whether it is
//! what was set.

use super::Store;
use crate::{
    checksum::Checksum,
    error::Error,
    flash::{Flash, read_words},
    index::Entry,
    slot::{Extent, Identity},
};

/// Where an object was found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Located {
    /// There is none.
    Missing,
    /// At this place of the index.
    Whole(usize),
    /// Probably at this place of the index: its slot is damaged.
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

/// Data that is being read.
#[derive(Debug)]
pub(crate) struct Reading {
    offset: u32,
    rest_bytes: u32,
    checksum: Checksum,
}

impl Reading {
    /// How much is still to be read.
    pub(crate) const fn rest_bytes(&self) -> u32 {
        self.rest_bytes
    }

    /// Checksum of what was read.
    pub(crate) const fn checksum(&self) -> u32 {
        self.checksum.value()
    }
}

impl<F: Flash, const ASSETS: usize, const BUFFER_BYTES: usize> Store<F, ASSETS, BUFFER_BYTES> {
    /// Where the object of this identity is.
    #[inline(never)]
    pub(super) fn locate(&self, identity: &Identity) -> Located {
        let tag = identity.tag();
        let mut found = Located::Missing;
        for (place, entry) in self.index.entries().iter().enumerate() {
            if entry.tag != tag || !entry.is_used() {
                continue;
            }
            if read_words(&self.flash, entry.slot).as_ref() == Ok(identity.words()) {
                return Located::Whole(place);
            }
            // The object of another identity, if its header is whole.
            if self.header(entry.slot).is_none() {
                found = Located::Damaged(place);
            }
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

    /// Begins to read the data of a record.
    pub(crate) fn reading(&self, slot: u32, extent: Extent) -> Reading {
        Reading {
            offset: self.data_of(slot, extent),
            rest_bytes: extent.size_bytes(),
            checksum: Checksum::new(),
        }
    }

    /// Reads the next data into the transient buffer.
    #[inline(never)]
    pub(crate) fn load(&mut self, reading: &mut Reading) -> Result<&[u8], Error> {
        let bytes = (reading.rest_bytes as usize).min(BUFFER_BYTES);
        // Behind the data stand erased bytes.
        let checked_bytes = self.flash.geometry().checked_bytes(bytes);
        let part = self.buffer.0.get_mut(..checked_bytes).unwrap_or_default();
        if self.flash.read(reading.offset, part).is_err() {
            return Err(Error::DataCorrupt);
        }
        reading.checksum.update(part);
        reading.offset = reading.offset.wrapping_add(bytes as u32);
        reading.rest_bytes = reading.rest_bytes.wrapping_sub(bytes as u32);
        Ok(part.get(..bytes).unwrap_or_default())
    }
}
