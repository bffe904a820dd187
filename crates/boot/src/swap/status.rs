// SPDX-License-Identifier: Apache-2.0
//! How far an exchange has come, by the last sector of the primary slot ([`super::sector`]).
//!
//! The sector is erased and gets its plan when a request is accepted; after that it is only
//! appended to. The plan and the magic stand at its two ends and only both together count, so an
//! erasure that was cut leaves no plan, from whichever end it came. A torn write of the plan leaves
//! none either. Of all that follows one programmed bit is enough: each note is written after what
//! it tells of was done.

use flash::{Area, Chip, ERASED, Geometry, Mapped};

use super::plan::{PLAN_BYTES, Plan};
use super::sector::{RETURNED, TURNED, largest_image_sectors, program};
use crate::Layout;
use crate::trailer::{self, FIELD_BYTES, Flag, MAGIC};

/// What the primary slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// An image that stays: from the factory, confirmed, or gone back to.
    Settled,
    /// Parts of two images: the exchange goes on.
    Forward(Plan),
    /// A new image that was started and is not confirmed.
    Trial(Plan),
    /// Parts of two images on their way back.
    Back(Plan),
}

impl Status {
    /// The status of the primary slot by its last sector.
    pub(super) fn of(trailer: &[u8], slot_bytes: usize, geometry: Geometry) -> Self {
        let Some(plan) = planned(trailer, slot_bytes, geometry) else {
            return Self::Settled;
        };
        let is_confirmed = Flag::ImageOk.is_set(trailer);
        if is_written(trailer, TURNED) {
            if !is_written(trailer, RETURNED) {
                Self::Back(plan)
            } else if plan.old_is_on_trial && !is_confirmed {
                Self::Trial(Plan::NOTHING)
            } else {
                Self::Settled
            }
        } else if Flag::CopyDone.is_erased(trailer) {
            Self::Forward(plan)
        } else if plan.is_permanent || is_confirmed {
            Self::Settled
        } else {
            Self::Trial(plan)
        }
    }
}

/// The plan in the last sector of a slot. It is not signed: one that the boot ROM would not have
/// made is none.
fn planned(trailer: &[u8], slot_bytes: usize, geometry: Geometry) -> Option<Plan> {
    trailer::requested(trailer)?; // the magic is there
    let plan = Plan::decode(trailer.get(..PLAN_BYTES)?)?;
    let (sector_bytes, unit_bytes) = (geometry.sector_bytes, geometry.program_unit_bytes);
    let most = largest_image_sectors(slot_bytes, sector_bytes, unit_bytes);
    let is_possible = plan.new_sectors > 0 && plan.old_sectors.max(plan.new_sectors) <= most;
    is_possible.then_some(plan)
}

fn is_written(sector: &[u8], field: usize) -> bool {
    let bytes = sector.get(field..).and_then(<[u8]>::first_chunk);
    bytes != Some(&[ERASED; FIELD_BYTES])
}

/// Writes the plan; with it the exchange has begun.
pub(super) fn begin(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    plan: &Plan,
) -> Result<(), flash::Error> {
    let slot = layout.primary;
    flash.erase(slot, flash.last_sector(slot))?;
    let magic = flash.geometry().sector_bytes.wrapping_sub(MAGIC.len());
    program(flash, slot, magic, &MAGIC)?;
    program(flash, slot, 0, &plan.encode())
}

/// Sets a flag of a slot, unless something is programmed there.
pub(super) fn set_flag(
    flash: &mut Chip<impl Mapped>,
    slot: Area,
    flag: Flag,
) -> Result<(), flash::Error> {
    if !flag.is_erased(flash.bytes(slot)) {
        return Ok(());
    }
    let offset_bytes = flag
        .offset_bytes(slot.size_bytes)
        .ok_or(flash::Error::OutOfBounds)?;
    flash.program(slot, offset_bytes, &Flag::SET)
}

/// Notes that the way back begins.
pub(super) fn note_turned(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
) -> Result<(), flash::Error> {
    program(flash, layout.primary, TURNED, &[0; FIELD_BYTES])
}

/// Notes that the way back is done.
pub(super) fn note_returned(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
) -> Result<(), flash::Error> {
    program(flash, layout.primary, RETURNED, &[0; FIELD_BYTES])
}
