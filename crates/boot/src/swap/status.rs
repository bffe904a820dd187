// SPDX-License-Identifier: Apache-2.0
//! How far an exchange has come: the last sector of the primary slot.
//!
//! ```text
//! 0    the plan: sizes of both images, is it permanent, which image was there before
//! 32   turned: the way back has begun            (any bit programmed)
//! 40   returned: the way back is done            (any bit programmed)
//! 48   a mark for each step that is done, each a program unit
//!      ...
//! -32  the flags of the trailer, and its magic, see `trailer`
//! ```
//!
//! The sector is erased and gets its plan when a request is accepted; after that it is only
//! appended to. The plan and the magic stand at its two ends and only both together count, so an
//! erasure that was cut leaves no plan, from whichever end it came. The plan consists of entries
//! with their complement, so a torn write of it is none either. Of all that follows one bit is
//! enough: what it stands for was done before it was begun to be programmed.

use flash::{Area, Chip, ERASED, Geometry, LARGEST_PROGRAM_UNIT_BYTES, Mapped};
use provisioning::log;

use crate::Layout;
use crate::trailer::{self, FIELD_BYTES, Flag, MAGIC};

const PLAN_BYTES: usize = 2 * log::ENTRY_BYTES;
const TURNED: usize = PLAN_BYTES;
const RETURNED: usize = TURNED + FIELD_BYTES;
/// Where the marks begin.
const MARKS: usize = RETURNED + FIELD_BYTES;
/// Flags and magic, and two more fields of MCUboot's trailer, which stay erased.
const TRAILER_BYTES: usize = MAGIC.len() + 4 * FIELD_BYTES;
/// An exchange takes at most so many steps for each sector of the larger image.
const STEPS: usize = 3;

const PERMANENT: u32 = 1 << 31;
const OLD_ON_TRIAL: u32 = 1 << 30;
const OLD_SHIFT: u32 = 15;
const SECTORS: u32 = (1 << OLD_SHIFT) - 1;

/// What is exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Sectors of the image that is in the primary slot before; 0: none that could be started.
    pub(super) old_sectors: usize,
    /// Sectors of the image that is in the secondary slot before.
    pub(super) new_sectors: usize,
    /// The new image needs no confirmation.
    pub(super) is_permanent: bool,
    /// The old image had none.
    pub(super) old_is_on_trial: bool,
    /// The beginning of the measurement of the old image, to know it again.
    pub(super) old_image: u32,
}

impl Plan {
    /// There is nothing to go back to.
    pub(super) const NOTHING: Self = Self {
        old_sectors: 0,
        new_sectors: 0,
        is_permanent: false,
        old_is_on_trial: false,
        old_image: 0,
    };

    fn encode(&self) -> [u8; PLAN_BYTES] {
        let flag = |is_set: bool, bit| if is_set { bit } else { 0 };
        let word = (self.old_sectors as u32 & SECTORS) << OLD_SHIFT
            | (self.new_sectors as u32 & SECTORS)
            | flag(self.is_permanent, PERMANENT)
            | flag(self.old_is_on_trial, OLD_ON_TRIAL);
        let mut bytes = [0; PLAN_BYTES];
        let entries = [log::encode(word), log::encode(self.old_image)];
        let place = bytes.iter_mut();
        place
            .zip(entries.as_flattened())
            .for_each(|(to, from)| *to = *from);
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut entries = log::values(bytes);
        let (word, old_image) = (entries.next()?, entries.next()?);
        Some(Self {
            old_sectors: (word >> OLD_SHIFT & SECTORS) as usize,
            new_sectors: (word & SECTORS) as usize,
            is_permanent: word & PERMANENT != 0,
            old_is_on_trial: word & OLD_ON_TRIAL != 0,
            old_image,
        })
    }
}

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
    /// Reads the status of the primary slot from its last sector.
    pub(super) fn read(trailer: &[u8], slot_bytes: usize, geometry: Geometry) -> Self {
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

/// The plan in the last sector of a slot. Nobody signs a plan: one that the boot ROM would not have
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

/// The most sectors that an image may have which is to be exchanged: beside it the slot has a
/// spare sector and that of the status, which has to have room for all marks.
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
    if least < SECTORS as usize {
        least
    } else {
        SECTORS as usize
    }
}

/// Which slot's last sector has the marks: that of the primary one on the way there, that of the
/// secondary one, which has no request to keep then, on the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks(pub(super) Area);

impl Marks {
    /// How many steps are done: a mark is programmed when its step is done, and one bit of it
    /// is enough.
    pub(super) fn count(self, flash: &Chip<impl Mapped>) -> usize {
        let end = flash.geometry().sector_bytes.saturating_sub(TRAILER_BYTES);
        let sector = flash.bytes(self.0).get(flash.last_sector(self.0)..);
        let marks = sector.and_then(|sector| sector.get(MARKS..end));
        let is_written = |byte: &u8| *byte != ERASED;
        let last = marks.unwrap_or_default().iter().rposition(is_written);
        last.and_then(|last| last.checked_div(flash.geometry().program_unit_bytes))
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

/// Programs something in the last sector of a slot.
fn program(
    flash: &mut Chip<impl Mapped>,
    slot: Area,
    offset_bytes: usize,
    data: &[u8],
) -> Result<(), flash::Error> {
    let offset_bytes = flash.last_sector(slot).wrapping_add(offset_bytes);
    flash.program(slot, offset_bytes, data)
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
pub(super) fn set(
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

/// The way back begins.
pub(super) fn turn(flash: &mut Chip<impl Mapped>, layout: &Layout) -> Result<(), flash::Error> {
    program(flash, layout.primary, TURNED, &[0; FIELD_BYTES])
}

/// The way back is done.
pub(super) fn arrive(flash: &mut Chip<impl Mapped>, layout: &Layout) -> Result<(), flash::Error> {
    program(flash, layout.primary, RETURNED, &[0; FIELD_BYTES])
}
