// SPDX-License-Identifier: Apache-2.0
//! Upgrade by exchanging: the image of the secondary slot and that of the primary one change
//! places, and change back unless the new one is confirmed.
//!
//! The old image first moves up by one sector, which is the spare sector of the slot; then, from
//! the first sector on, the new image takes the place of the old one and the old one that of the
//! new one. Each step copies one sector over one whose content is elsewhere by then, and is
//! marked when it is done (`status`): after a cut it is done again, and no other is.
//!
//! A new image is tried once: if the next start does not find it confirmed, it goes back the same
//! way, and so it does at once if it is refused in its new place. The security counter follows
//! only what stays, so the old image can be started until the new one is confirmed. What is
//! confirmed raises the counter before any further request is looked at.

mod status;

use flash::{Chip, Geometry, Mapped};

use crate::keys::Keys as _;
use crate::manifest::Kinds;
use crate::rollback::{self, Known};
use crate::trailer::{self, Flag};
use crate::upgrade::{self, Position, Upgrade};
use crate::{Error, Layout, Manifest, Refusal, Settings, VerifiedImage, keys, start, verify_by};

pub use status::largest_image_sectors;
use status::{Marks, Plan, Status};

/// Whether the image that runs is on trial: it is replaced at the next start by the one before it,
/// unless [`Flag::SET`] is programmed at the place of [`Flag::ImageOk`] in the primary slot.
///
/// `trailer` is the last sector of that slot, `slot_bytes` the size of the slot.
#[must_use]
pub fn is_on_trial(trailer: &[u8], slot_bytes: usize, geometry: Geometry) -> bool {
    matches!(
        Status::read(trailer, slot_bytes, geometry),
        Status::Trial(_)
    )
}

/// Brings the slots into a state in which the primary slot may be started.
///
/// # Errors
/// The flash failed, or OTP is not whole.
pub(crate) fn settle<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Upgrade, Refusal> {
    let known = follow(flash, layout, known)?;
    let mut status = read(flash, layout);
    let is_under_way = matches!(status, Status::Forward(_) | Status::Back(_));
    if !is_under_way && trailer::requested(flash.bytes(layout.secondary)).is_some() {
        match plan(flash, layout, &known, status) {
            Ok(plan) => {
                if plan.old_is_on_trial {
                    // The sector that tells so is erased next.
                    status::set(flash, layout.secondary, Flag::CopyDone)?;
                }
                status::begin(flash, layout, &plan)?;
            }
            Err(error) => {
                upgrade::withdraw(flash, layout)?;
                return Ok(Upgrade::Refused(error));
            }
        }
        status = read(flash, layout);
    } else if let Status::Trial(plan) = status {
        status = turn(flash, layout, &known, &plan)?;
    }
    if let Status::Forward(plan) = status {
        go_forward(flash, layout, &plan)?;
        if verify_by::<S>(flash.bytes(layout.primary), &known).is_ok() {
            return arrive(flash, layout, &known, &plan);
        }
        status = turn(flash, layout, &known, &plan)?;
        if status == Status::Forward(plan) {
            // Refused, and no way back: nothing is started, but another request may come.
            status::set(flash, layout.primary, Flag::CopyDone)?;
        }
    }
    if let Status::Back(plan) = status {
        go_back(flash, layout, &plan)?;
        return Ok(Upgrade::Reverted);
    }
    Ok(Upgrade::NotRequested)
}

/// The status of the primary slot. That it is on trial stands in the secondary slot while another
/// exchange begins: in the flag next to the request, which has no meaning there otherwise.
fn read(flash: &Chip<impl Mapped>, layout: &Layout) -> Status {
    let secondary = flash.bytes(layout.secondary);
    let is_on_trial =
        trailer::requested(secondary).is_some() && !Flag::CopyDone.is_erased(secondary);
    let primary = flash.bytes(layout.primary);
    let trailer = primary
        .get(flash.last_sector(layout.primary)..)
        .unwrap_or_default();
    match Status::read(trailer, primary.len(), flash.geometry()) {
        Status::Settled if is_on_trial => Status::Trial(Plan::NOTHING),
        status => status,
    }
}

/// The device learns from an image that stays: a higher security counter, and which key is
/// revoked. What it knows then.
fn follow<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Known<S>, Refusal> {
    let raised = |image: &Manifest<'_>| {
        rollback::raises::<S>(image.security_counter, known.security_counter)
    };
    let revokes = |image: &Manifest<'_>| known.keys.are_to_change::<S::Compression>(image);
    let claimed = Manifest::read(flash.bytes(layout.primary), Kinds::of::<S>());
    let is_news = claimed.is_ok_and(|image| raised(&image) || revokes(&image));
    if is_news
        && read(flash, layout) == Status::Settled
        && let Ok(image) = verify_by::<S>(flash.bytes(layout.primary), known)
    {
        let (security_counter, manifest) = (image.security_counter(), image.manifest());
        let (is_raised, is_revoked) = (raised(manifest), revokes(manifest));
        if is_raised {
            rollback::raise(flash, layout.otp, security_counter)?;
        }
        if is_revoked {
            keys::revoke_first(flash, layout.otp)?;
        }
    }
    let otp = flash.bytes(layout.otp);
    let device = start::device::<S>(otp).map_err(Refusal::Device)?;
    Ok(Known::of(otp, &device))
}

/// Judges the image that is asked for, and plans its exchange with the one that is there.
fn plan<S: Settings>(
    flash: &Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    status: Status,
) -> Result<Plan, Error> {
    let (primary, secondary) = (flash.bytes(layout.primary), flash.bytes(layout.secondary));
    let new = verify_by::<S>(secondary, known)?;
    upgrade::admit(flash, layout, known, &new)?;
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
        old_is_on_trial: matches!(status, Status::Trial(_)),
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

/// The beginning of the measurement of an image.
fn beginning(image: &VerifiedImage) -> u32 {
    let beginning = image.digest().first_chunk();
    beginning.copied().map_or(0, u32::from_le_bytes)
}

/// Begins the way back, if the image that was there before still waits in the secondary slot.
fn turn<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    plan: &Plan,
) -> Result<Status, flash::Error> {
    let old = verify_by::<S>(flash.bytes(layout.secondary), known);
    let is_the_old_one = old.is_ok_and(|image| beginning(&image) == plan.old_image);
    if plan.old_sectors > 0 && is_the_old_one {
        upgrade::withdraw(flash, layout)?; // its last sector gets the marks
        status::turn(flash, layout)?;
    }
    Ok(read(flash, layout))
}

/// The steps of the exchange that are left, and the end of the request.
fn go_forward(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    plan: &Plan,
) -> Result<(), flash::Error> {
    let marks = Marks(layout.primary);
    exchange(flash, layout, marks, plan.old_sectors, plan.new_sectors)?;
    if trailer::requested(flash.bytes(layout.secondary)).is_some() {
        upgrade::withdraw(flash, layout)?;
    }
    Ok(())
}

/// The new image is in its place and has been verified there.
fn arrive<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    plan: &Plan,
) -> Result<Upgrade, Refusal> {
    if plan.is_permanent {
        status::set(flash, layout.primary, Flag::ImageOk)?;
    }
    status::set(flash, layout.primary, Flag::CopyDone)?;
    follow(flash, layout, known)?;
    Ok(if plan.is_permanent {
        Upgrade::Installed
    } else {
        Upgrade::OnTrial
    })
}

/// The steps of the way back that are left, and its end.
fn go_back(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    plan: &Plan,
) -> Result<(), flash::Error> {
    let marks = Marks(layout.secondary);
    exchange(flash, layout, marks, plan.new_sectors, plan.old_sectors)?;
    status::arrive(flash, layout)?;
    if !plan.old_is_on_trial {
        status::set(flash, layout.primary, Flag::ImageOk)?; // for whoever reads the flags
    }
    Ok(())
}

/// Which slot a sector is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Primary,
    Secondary,
}

/// Exchanges the first sectors of the primary slot with those of the secondary one, from the
/// first step on that is not marked.
fn exchange(
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
        upgrade::copy(flash, position(from), position(to), sector_bytes)?;
        marks.set(flash, step)?;
    }
    Ok(())
}
