// SPDX-License-Identifier: Apache-2.0
//! Which steps of an exchange are done.

use flash::{Area, Chip, ERASED, LARGEST_PROGRAM_UNIT_BYTES, Mapped};

use super::sector::{MARKS, TRAILER_BYTES, program};

/// The slot whose last sector has the marks: the primary one on the way there; on the way back the
/// secondary one, which has no request to keep then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(pub(super) Area);

impl Marks {
    /// How many steps are done: a mark is programmed when its step is done, and one bit of it
    /// is enough.
    pub(super) fn count(self, flash: &Chip<impl Mapped>) -> usize {
        let geometry = flash.geometry();
        let end = geometry.sector_bytes.saturating_sub(TRAILER_BYTES);
        let sector = flash.bytes(self.0).get(flash.last_sector(self.0)..);
        let marks = sector.and_then(|sector| sector.get(MARKS..end));
        let is_written = |byte: &u8| *byte != ERASED;
        let last = marks.unwrap_or_default().iter().rposition(is_written);
        last.and_then(|last| last.checked_div(geometry.program_unit_bytes))
            .map_or(0, |last| last.wrapping_add(1))
    }

    /// Marks a step as done.
    pub(super) fn set(
        self,
        flash: &mut Chip<impl Mapped>,
        step: usize,
    ) -> Result<(), flash::Error> {
        let unit_bytes = flash.geometry().program_unit_bytes;
        let mark = [0; LARGEST_PROGRAM_UNIT_BYTES];
        let mark = mark.get(..unit_bytes).ok_or(flash::Error::OutOfBounds)?;
        let offset_bytes = step.wrapping_mul(unit_bytes).wrapping_add(MARKS);
        program(flash, self.0, offset_bytes, mark)
    }
}
