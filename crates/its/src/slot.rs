// SPDX-License-Identifier: Apache-2.0
//! A slot: what the log says about one record. It has two parts, each whole program units.
//!
//! 1. The header says whose object it is, how large and where its data lies. It is programmed
//!    before the data, so that no byte of a sector is ever programmed without being spoken for.
//! 2. The commit is programmed after the data. A record counts as soon as anything of its commit
//!    was programmed: the data was complete before. The commit holds the checksum of the data, and
//!    a tag of the identity: should the header be damaged later, the tag still tells which object
//!    was hit.

use crate::{checksum::checksum, flash::is_sealed};

/// Size of the header without padding: owner, uid, extent, checksum.
pub(crate) const HEADER_BYTES: usize = 20;
/// The same in words.
pub(crate) const HEADER_WORDS: usize = HEADER_BYTES / 4;
/// Size of the commit without padding: checksum of the data, tag, check.
pub(crate) const COMMIT_BYTES: usize = 8;
/// The same in words.
pub(crate) const COMMIT_WORDS: usize = COMMIT_BYTES / 4;
/// The largest object that a header can describe.
pub(crate) const MOST_DATA_BYTES: u32 = u16::MAX as u32;

/// Attribute of a record that says that its object is gone; the others are creation flags.
pub(crate) const REMOVED: u32 = 8;

/// Whose object, and which of its objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity([u32; 3]);

impl Identity {
    /// The object that `owner` calls `uid`.
    #[must_use]
    pub const fn new(owner: i32, uid: u64) -> Self {
        Self([owner as u32, uid as u32, (uid >> 32) as u32])
    }

    /// Client id of the owner.
    #[must_use]
    pub const fn owner(self) -> i32 {
        self.0[0] as i32
    }

    /// Number that the owner chose; never zero.
    #[must_use]
    pub const fn uid(self) -> u64 {
        (self.0[2] as u64) << 32 | self.0[1] as u64
    }

    /// The words of the identity as they stand at the beginning of a slot.
    pub(crate) const fn words(&self) -> &[u32; 3] {
        &self.0
    }

    /// Sixteen bits of the identity: equal for equal ones, rarely for others.
    pub(crate) const fn tag(&self) -> u16 {
        const SPREAD: u32 = 0x9E37_79B1;
        let [owner, low, high] = self.0;
        let mixed = owner.rotate_left(16) ^ low ^ high.rotate_left(8);
        (mixed.wrapping_mul(SPREAD) >> 16) as u16
    }
}

/// Size (16 bits), depth (12 bits) and attributes (4 bits) of a record. The depth says where the
/// data begins, in granules back from the end of the sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent(u32);

impl Extent {
    pub(crate) const NONE: Self = Self(0);
    /// What no record has: size without depth.
    pub(crate) const LOST: Self = Self(1);
    const SIZE_MASK: u32 = MOST_DATA_BYTES;
    const DEPTH_SHIFT: u32 = 16;
    const DEPTH_MASK: u32 = 0xFFF << Self::DEPTH_SHIFT;
    const ATTRIBUTES_SHIFT: u32 = 28;

    /// The numbers must be in range.
    pub(crate) const fn new(size_bytes: u32, depth: u32, attributes: u32) -> Self {
        Self(size_bytes | depth << Self::DEPTH_SHIFT | attributes << Self::ATTRIBUTES_SHIFT)
    }

    /// The same elsewhere.
    pub(crate) const fn at(self, depth: u32) -> Self {
        Self(self.0 & !Self::DEPTH_MASK | depth << Self::DEPTH_SHIFT)
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
    pub(crate) const fn encode(&self) -> [u32; HEADER_WORDS] {
        let [owner, low, high] = self.identity.0;
        [owner, low, high, self.extent.0, 0]
    }

    /// The header, if it is whole.
    pub(crate) fn decode(words: &[u32; HEADER_WORDS]) -> Option<Self> {
        let [owner, low, high, extent, _] = *words;
        is_sealed(words).then_some(Self {
            identity: Identity([owner, low, high]),
            extent: Extent(extent),
        })
    }
}

/// Second part of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) data_checksum: u32,
    pub(crate) tag: u16,
}

impl Commit {
    const CHECK_SHIFT: u32 = 16;

    pub(crate) fn encode(&self) -> [u32; COMMIT_WORDS] {
        let Self { data_checksum, tag } = *self;
        let tag = u32::from(tag);
        let check = checksum(&[data_checksum, tag]);
        [data_checksum, tag | check << Self::CHECK_SHIFT]
    }

    /// The tag in a commit, if it is whole. The first word is the checksum then.
    pub(crate) fn tag_of(words: &[u32; COMMIT_WORDS]) -> Option<u16> {
        let [data_checksum, second] = *words;
        let tag = second as u16;
        (Self { data_checksum, tag }.encode() == *words).then_some(tag)
    }

    /// Whether nothing was programmed there. One bit that isn't erased is damage.
    pub(crate) const fn is_erased(words: &[u32; COMMIT_WORDS]) -> bool {
        let [first, second] = *words;
        let programmed = !((second as u64) << 32 | first as u64);
        programmed & programmed.wrapping_sub(1) == 0
    }
}

#[cfg(test)]
mod tests;
