// SPDX-License-Identifier: Apache-2.0
//! Which images may be exchanged.

use flash::{Chip, Mapped};

use super::plan::Plan;
use super::sector::largest_image_sectors;
use crate::known::Known;
use crate::trailer::Flag;
use crate::{Error, Layout, Settings, VerifiedImage, request, verify_by};

/// Judges the image that is asked for, and plans its exchange with the one that is there.
pub(super) fn plan<S: Settings>(
    flash: &Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    old_is_on_trial: bool,
) -> Result<Plan, Error> {
    let (primary, secondary) = (flash.bytes(layout.primary), flash.bytes(layout.secondary));
    let new = verify_by::<S>(secondary, known)?;
    request::admit(flash, layout, known, &new)?;
    let old = verify_by::<S>(primary, known).ok();
    let sectors = |image: &VerifiedImage| {
        let sector_bytes = flash.geometry().sector_bytes;
        let bytes = image.image_bytes().saturating_add(sector_bytes);
        let sectors = bytes.saturating_sub(1).checked_div(sector_bytes);
        sectors.unwrap_or_default()
    };
    let plan = Plan {
        old_sectors: old.as_ref().map_or(0, sectors),
        new_sectors: sectors(&new),
        is_permanent: Flag::ImageOk.is_set(secondary),
        old_is_on_trial,
        old_image: old.as_ref().map_or(0, beginning),
    };
    let most = largest_image_sectors(
        primary.len().min(secondary.len()),
        flash.geometry().sector_bytes,
        flash.geometry().program_unit_bytes,
    );
    if plan.old_sectors.max(plan.new_sectors) > most {
        return Err(Error::WrongImageSize);
    }
    Ok(plan)
}

/// Whether the image that was there before the exchange still waits in the secondary slot.
pub(super) fn can_turn_back<S: Settings>(
    flash: &Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    plan: &Plan,
) -> bool {
    let old = verify_by::<S>(flash.bytes(layout.secondary), known);
    let is_the_old_one = old.is_ok_and(|image| beginning(&image) == plan.old_image);
    plan.old_sectors > 0 && is_the_old_one
}

/// The beginning of the measurement of an image, by which it is known again.
fn beginning(image: &VerifiedImage) -> u32 {
    let beginning = image.digest().first_chunk();
    beginning.copied().map_or(0, u32::from_le_bytes)
}
