// SPDX-License-Identifier: Apache-2.0
//! The header that makes an erased sector part of the log.
//!
//! It is programmed after the sector was erased and the live records of the oldest sector were
//! copied into it. At that moment the new sector replaces the oldest one. There are two copies, so
//! damage to one of them has no effect.

use super::checksum::Word;
use super::layout::{Layout, SECTOR_HEADER_BYTES};

/// Size of one copy without padding, in words.
pub(crate) const HEADER_WORDS: usize = SECTOR_HEADER_BYTES / 4;

const MAGIC: u32 = u32::from_le_bytes(*b"CITS");
/// Version of the whole format.
const VERSION: u8 = 2;
const SIZE_STEP_BYTES: u32 = 512;

/// The content of a sector header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SectorHeader {
    /// Number of the sector in the log, counted from one.
    pub(crate) sequence: u32,
    /// The first sector that belongs to the log since this one was opened.
    pub(crate) oldest: u32,
    /// How often this sector was erased.
    pub(crate) erase_count: u32,
}

/// What was found in the place of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// No header.
    Nothing,
    /// The header of a store that this code can't read: another version or layout.
    Unknown,
    /// A header of this store.
    Header(SectorHeader),
}

/// Version, program unit and sector size as one word.
const fn shape(layout: Layout) -> u32 {
    let size = (layout.sector_bytes / SIZE_STEP_BYTES).wrapping_sub(1);
    let unit = layout.program_unit_bytes;
    u32::from_le_bytes([VERSION, unit as u8, size as u8, 0])
}

impl SectorHeader {
    /// The words of the header; the last is the place of the checksum.
    pub(crate) fn encode(&self, layout: Layout) -> [Word; HEADER_WORDS] {
        let Self {
            sequence,
            oldest,
            erase_count,
        } = *self;
        [MAGIC, shape(layout), sequence, oldest, erase_count, 0].map(u32::to_le_bytes)
    }

    /// Reads words whose checksum is right.
    pub(crate) fn decode(words: &[Word; HEADER_WORDS], layout: Layout) -> Found {
        let [magic, found_shape, sequence, oldest, erase_count, _] = words.map(u32::from_le_bytes);
        if magic != MAGIC {
            return Found::Nothing;
        }
        // A log can't be longer than the flash.
        if found_shape != shape(layout) || sequence.wrapping_sub(oldest) >= layout.sector_count {
            return Found::Unknown;
        }
        Found::Header(Self {
            sequence,
            oldest,
            erase_count,
        })
    }
}

#[cfg(test)]
mod tests;
