// SPDX-License-Identifier: Apache-2.0
//! The header that makes an erased sector part of the log.
//!
//! It is programmed after the sector was erased and the live records of the oldest sector were
//! copied into it; that is the moment in which the one replaces the other. It stands there
//! twice, so that damage to one copy costs nothing.

use crate::{checksum::checksum, geometry::Geometry};

/// Size of one copy without padding: magic, shape, sequence, oldest, erase count, checksum.
pub(crate) const HEADER_BYTES: usize = 24;
/// The same in words.
pub(crate) const HEADER_WORDS: usize = HEADER_BYTES / 4;

const MAGIC: u32 = u32::from_le_bytes(*b"CITS");
/// Version of the whole format.
const VERSION: u8 = 1;
const SIZE_STEP_BYTES: u32 = 512;

/// What the header of a sector says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SectorHeader {
    /// Version, program unit, sector size and a flag.
    pub(crate) shape: Shape,
    /// Number of the sector in the log, counted from one.
    pub(crate) sequence: u32,
    /// The first sector that belongs to the log since this one was opened.
    pub(crate) oldest: u32,
    /// How often this sector was erased.
    pub(crate) erase_count: u32,
}

/// What kind of store the sector belongs to, and a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape(u32);

impl Shape {
    const FOLLOWS_TORN: u32 = 1 << 24;

    pub(crate) const fn new(geometry: Geometry, follows_torn: bool) -> Self {
        let size = (geometry.sector_bytes / SIZE_STEP_BYTES).wrapping_sub(1);
        Self(u32::from_le_bytes([
            VERSION,
            geometry.program_unit_bytes as u8,
            size as u8,
            follows_torn as u8,
        ]))
    }

    /// Whether this code can read such a store.
    pub(crate) const fn is_known(self, geometry: Geometry) -> bool {
        (self.0 ^ Self::new(geometry, false).0) & !Self::FOLLOWS_TORN == 0
    }

    /// Whether the last record of the sector before was interrupted.
    pub(crate) const fn follows_torn(self) -> bool {
        self.0 & Self::FOLLOWS_TORN != 0
    }
}

impl SectorHeader {
    pub(crate) fn encode(&self) -> [u32; HEADER_WORDS] {
        let Self {
            shape: Shape(shape),
            sequence,
            oldest,
            erase_count,
        } = *self;
        let check = checksum(&[MAGIC, shape, sequence, oldest, erase_count]);
        [MAGIC, shape, sequence, oldest, erase_count, check]
    }

    /// The header, if it is one and not absurd.
    pub(crate) fn decode(words: &[u32; HEADER_WORDS], geometry: Geometry) -> Option<Self> {
        let [magic, shape, sequence, oldest, erase_count, check] = *words;
        let covered = words.first_chunk::<{ HEADER_WORDS - 1 }>()?;
        let is_whole = magic == MAGIC
            && checksum(covered) == check
            && sequence.wrapping_sub(oldest) < geometry.sector_count;
        is_whole.then_some(Self {
            shape: Shape(shape),
            sequence,
            oldest,
            erase_count,
        })
    }
}

#[cfg(test)]
mod tests;
