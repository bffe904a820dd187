// SPDX-License-Identifier: Apache-2.0
//! The steps of an exchange.
//!
//! The image of the primary slot first moves up by one sector, which is the spare sector of the
//! slot; then, from the first sector on, the other image takes its place and it takes the place of
//! the other. Each step copies one sector over one whose content is elsewhere by then, and is marked
//! when it is done: after a power cut it is done again, and no other is.

use flash::{Chip, Mapped};

use super::marks::Marks;
use crate::Layout;
use crate::copy::{Position, copy};

/// Which slot a sector is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Primary,
    Secondary,
}

/// Exchanges the first sectors of the primary slot with those of the secondary one, from the
/// first step on that is not marked.
pub(super) fn exchange(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    marks: Marks,
    primary_sectors: usize,
    secondary_sectors: usize,
) -> Result<(), flash::Error> {
    let sector_bytes = flash.geometry().sector_bytes;
    let primary = |sector| (Slot::Primary, sector);
    let secondary = |sector| (Slot::Secondary, sector);
    let up = (0..primary_sectors)
        .rev()
        .map(|sector| (primary(sector), primary(sector.wrapping_add(1))));
    let across = (0..primary_sectors.max(secondary_sectors)).flat_map(|sector| {
        let there = (secondary(sector), primary(sector));
        let back = (primary(sector.wrapping_add(1)), secondary(sector));
        let there = (sector < secondary_sectors).then_some(there);
        let back = (sector < primary_sectors).then_some(back);
        there.into_iter().chain(back)
    });
    let done = marks.count(flash);
    let position = |(slot, sector): (Slot, usize)| Position {
        slot: match slot {
            Slot::Primary => layout.primary,
            Slot::Secondary => layout.secondary,
        },
        offset_bytes: sector.wrapping_mul(sector_bytes),
    };
    for (step, (from, to)) in up.chain(across).enumerate().skip(done) {
        copy(flash, position(from), position(to), sector_bytes)?;
        marks.set(flash, step)?;
    }
    Ok(())
}
