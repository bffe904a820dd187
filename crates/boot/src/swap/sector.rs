// SPDX-License-Identifier: Apache-2.0
//! The last sector of a slot, where the progress of an exchange stands.
//!
//! ```text
//! 0    the plan: sizes of both images, is it permanent, which image was there before
//! 32   turned: the way back has begun            (any bit programmed)
//! 40   returned: the way back is done            (any bit programmed)
//! 48   a mark for each step that is done, each a program unit
//!      ...
//! -32  the flags of the trailer, and its magic, see `trailer`
//! ```

use flash::{Area, Chip, Mapped};

use super::plan::{MOST_SECTORS, PLAN_BYTES};
use crate::trailer::{FIELD_BYTES, MAGIC};

/// The way back has begun.
pub(super) const TURNED: usize = PLAN_BYTES;
/// The way back is done.
pub(super) const RETURNED: usize = TURNED + FIELD_BYTES;
/// Where the marks begin.
pub(super) const MARKS: usize = RETURNED + FIELD_BYTES;
/// Flags and magic, and two more fields of MCUboot's trailer, which stay erased.
pub(super) const TRAILER_BYTES: usize = MAGIC.len() + 4 * FIELD_BYTES;
/// The most steps that an exchange takes for each sector of the larger image.
const STEPS: usize = 3;

/// The most sectors that an image to be exchanged may have. Beside it the slot has a spare sector, and
/// the sector of the status, which has to have room for all marks.
#[must_use]
pub const fn largest_image_sectors(
    slot_bytes: usize,
    sector_bytes: usize,
    program_unit_bytes: usize,
) -> usize {
    let sectors = match slot_bytes.checked_div(sector_bytes) {
        Some(sectors) => sectors.saturating_sub(2),
        None => 0,
    };
    let marks = sector_bytes.saturating_sub(MARKS + TRAILER_BYTES);
    let by_marks = match marks.checked_div(program_unit_bytes.saturating_mul(STEPS)) {
        Some(by_marks) => by_marks,
        None => 0,
    };
    let least = if sectors < by_marks {
        sectors
    } else {
        by_marks
    };
    if least < MOST_SECTORS {
        least
    } else {
        MOST_SECTORS
    }
}

/// Programs something in the last sector of a slot.
pub(super) fn program(
    flash: &mut Chip<impl Mapped>,
    slot: Area,
    offset_bytes: usize,
    data: &[u8],
) -> Result<(), flash::Error> {
    let offset_bytes = flash.last_sector(slot).wrapping_add(offset_bytes);
    flash.program(slot, offset_bytes, data)
}
