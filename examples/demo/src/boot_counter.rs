// SPDX-License-Identifier: Apache-2.0
//! Counts boots in flash: each boot programs the next erased unit of the area.
//!
//! The count is the number of programmed units, so it needs no erase until the area is full and
//! a power cut can at most lose the boot that was being counted. When the area is full the
//! count starts again.

use flash::{Error, Flash as _, Mapped as _};
use nonsecure::memory_map::FlashArea;

/// One boot: one program unit of the board, four bytes.
const MARK: [u8; 4] = [0; 4];
const ERASED: [u8; 4] = [0xff; 4];
const SECTOR_BYTES: usize = nonsecure::config::flash::SECTOR_BYTES;

/// Counts this boot and returns its number, from 1.
pub fn count(area: &mut FlashArea) -> Result<usize, Error> {
    let units = |area: &FlashArea| area.bytes().len() / MARK.len();
    let earlier = area
        .bytes()
        .chunks_exact(MARK.len())
        .take_while(|unit| **unit != ERASED)
        .count();
    let boots = if earlier < units(area) {
        earlier
    } else {
        for offset in (0..area.bytes().len()).step_by(SECTOR_BYTES) {
            area.erase(offset)?;
        }
        0
    };
    area.program(boots * MARK.len(), &MARK)?;
    Ok(boots + 1)
}
