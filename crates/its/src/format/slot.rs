// SPDX-License-Identifier: Apache-2.0
//! A slot: the description of one record. It has two parts, each of whole program units.
//!
//! 1. The header has the identity of the object, its size and the place of its data. It is programmed
//!    before the data, so every programmed byte of a sector belongs to a header.
//! 2. The commit is programmed after the data. A record is valid as soon as any bit of its commit is
//!    programmed, because the data was complete before. The commit holds the checksum of the data and
//!    a tag of the identity. If the header is damaged later, the tag identifies the object.

use psa::storage::CreateFlags;

use super::{
    checksum::{Word, checksum},
    identity::Identity,
};

/// Size of the header without padding: owner, uid, extent, checksum.
pub(crate) const HEADER_BYTES: usize = 20;
/// The same in words.
pub(crate) const HEADER_WORDS: usize = HEADER_BYTES / 4;
/// Size of the commit without padding: checksum of the data, tag, check.
pub(crate) const COMMIT_BYTES: usize = 8;
/// The largest object that a header can describe.
pub(crate) const MOST_DATA_BYTES: u32 = u16::MAX as u32;

/// `PSA_STORAGE_FLAG_WRITE_ONCE`.
pub(crate) const WRITE_ONCE: u32 = CreateFlags::WRITE_ONCE.0;
/// Attribute of a record that removes its object. The other attributes are creation flags.
pub(crate) const REMOVED: u32 = 8;

/// Whether a slot that begins with these words is about this object.
pub(crate) const fn is_about(words: &[Word; HEADER_WORDS], identity: &Identity) -> bool {
    let [owner, low, high] = identity.0;
    let [found_owner, found_low, found_high, ..] = *words;
    let different = u32::from_le_bytes(found_owner) ^ owner
        | u32::from_le_bytes(found_low) ^ low
        | u32::from_le_bytes(found_high) ^ high;
    different == 0
}

/// Size (16 bits), depth (12 bits) and attributes (4 bits) of a record. The depth says where the
/// data begins, in granules back from the end of the sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent(u32);

impl Extent {
    pub(crate) const NONE: Self = Self(0);
    /// A value that no record has: a size without a depth.
    pub(crate) const LOST: Self = Self(1);
    const SIZE_MASK: u32 = MOST_DATA_BYTES;
    const DEPTH_SHIFT: u32 = 16;
    const DEPTH_MASK: u32 = 0xFFF << Self::DEPTH_SHIFT;
    const ATTRIBUTES_SHIFT: u32 = 28;

    /// The numbers must be in range.
    pub(crate) const fn new(size_bytes: u32, depth: u32, attributes: u32) -> Self {
        Self(size_bytes | depth << Self::DEPTH_SHIFT | attributes << Self::ATTRIBUTES_SHIFT)
    }

    /// The same extent at another depth.
    pub(crate) const fn at(self, depth: u32) -> Self {
        Self(self.0 & !Self::DEPTH_MASK | depth << Self::DEPTH_SHIFT)
    }

    pub(crate) const fn is_lost(self) -> bool {
        self.0 == Self::LOST.0
    }

    pub(crate) const fn size_bytes(self) -> u32 {
        self.0 & Self::SIZE_MASK
    }

    pub(crate) const fn depth(self) -> u32 {
        (self.0 & Self::DEPTH_MASK) >> Self::DEPTH_SHIFT
    }

    pub(crate) const fn attributes(self) -> u32 {
        self.0 >> Self::ATTRIBUTES_SHIFT
    }
}

/// First part of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) identity: Identity,
    pub(crate) extent: Extent,
}

impl Header {
    /// The words of the header; the last is the place of the checksum.
    pub(crate) fn encode(&self) -> [Word; HEADER_WORDS] {
        let [owner, low, high] = self.identity.0;
        [owner, low, high, self.extent.0, 0].map(u32::to_le_bytes)
    }

    /// Changes place and size in the words.
    pub(crate) const fn set_extent(words: &mut [Word; HEADER_WORDS], extent: Extent) {
        let [_, _, _, word, _] = words;
        *word = extent.0.to_le_bytes();
    }

    /// Reads the words of a header whose checksum is right.
    pub(crate) fn decode(words: &[Word; HEADER_WORDS]) -> Self {
        let [owner, low, high, extent, _] = words.map(u32::from_le_bytes);
        Self {
            identity: Identity([owner, low, high]),
            extent: Extent(extent),
        }
    }
}

/// Second part of a slot, as on flash: checksum of the data, tag, check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Commit(u64);

impl Commit {
    const TAG_SHIFT: u32 = 32;
    const CHECK_SHIFT: u32 = 48;

    /// The commit of a slot that can't be read.
    pub(crate) const UNREADABLE: Self = Self(0);

    /// The commit of an object with this tag and data.
    #[inline(never)]
    pub(crate) fn new(data_checksum: u32, tag: u16) -> Self {
        let words = [data_checksum, tag.into()].map(u32::to_le_bytes);
        let check = checksum(0, &words);
        // This way to fold it into sixteen bits detects three flipped bits.
        let check = u64::from(check ^ check >> 14);
        Self(
            u64::from(data_checksum)
                | u64::from(tag) << Self::TAG_SHIFT
                | check << Self::CHECK_SHIFT,
        )
    }

    /// The commit in these bytes.
    pub(crate) const fn from_bytes(bytes: [u8; COMMIT_BYTES]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    /// The bytes in the order of the flash.
    pub(crate) const fn to_bytes(self) -> [u8; COMMIT_BYTES] {
        self.0.to_le_bytes()
    }

    /// The tag, if the commit is whole.
    pub(crate) fn tag(self) -> Option<u16> {
        let tag = (self.0 >> Self::TAG_SHIFT) as u16;
        self.data_checksum(tag).map(|_| tag)
    }

    /// The checksum of the data, if the commit is that of an object with this tag, and whole.
    pub(crate) fn data_checksum(self, tag: u16) -> Option<u32> {
        let data_checksum = self.0 as u32;
        (Self::new(data_checksum, tag) == self).then_some(data_checksum)
    }

    /// Whether the commit is whole and the data of the object with this tag has another checksum.
    pub(crate) fn contradicts(self, data_checksum: u32, tag: u16) -> bool {
        self.0 as u32 != data_checksum && self.data_checksum(tag).is_some()
    }

    /// Whether nothing was programmed. A single bit that is not erased is damage.
    pub(crate) const fn is_erased(self) -> bool {
        let programmed = !self.0;
        programmed & programmed.wrapping_sub(1) == 0
    }
}

#[cfg(test)]
mod tests;
