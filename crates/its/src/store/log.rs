// SPDX-License-Identifier: Apache-2.0
//! The end of the log: where the next record goes.

use crate::format::layout::Layout;

/// The end of the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Log {
    /// Number of the newest sector.
    pub(super) sequence: u32,
    /// Number of the oldest valid sector.
    pub(super) oldest: u32,
    /// How often the newest sector was erased.
    pub(super) erase_count: u32,
    /// Offset of the newest sector.
    pub(super) sector: u32,
    /// Offset of the next slot in it; the end of the sector if it is closed.
    pub(super) slot: u32,
    /// How much data its end holds, in granules.
    pub(super) depth: u32,
}

impl Log {
    pub(super) const NONE: Self = Self {
        sequence: 0,
        oldest: 0,
        erase_count: 0,
        sector: 0,
        slot: 0,
        depth: 0,
    };

    /// An empty log. Sector 0 follows the last one in turn, so it is opened first.
    pub(super) const fn none(layout: Layout) -> Self {
        Self {
            oldest: 1,
            sector: layout.area_bytes().wrapping_sub(layout.sector_bytes),
            ..Self::NONE
        }
    }

    /// Count of sectors, lost ones included.
    pub(super) const fn sectors(&self) -> u32 {
        self.sequence.wrapping_sub(self.oldest).wrapping_add(1)
    }
}
