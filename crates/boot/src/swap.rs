// SPDX-License-Identifier: Apache-2.0
//! Upgrade by exchanging: the image of the secondary slot and that of the primary one change
//! places, and change back unless the new one is confirmed.
//!
//! A new image is tried once: if the next start does not find it confirmed, it goes back the same
//! way, and so it does at once if it is refused in its new place. The security counter follows
//! only what stays, so the old image can be started until the new one is confirmed. What is
//! confirmed raises the counter before any further request is looked at.
//!
//! This file decides, by the status of the primary slot. Below it: `judge` looks at the images,
//! `exchange` has the steps, `marks` which of them are done, `status` how far all of it has come,
//! `plan` what was decided, `sector` where each of these stands in flash.

mod exchange;
mod judge;
mod marks;
mod plan;
mod sector;
mod status;

use flash::{Chip, Geometry, Mapped};

use crate::changes::Changes;
use crate::known::{Known, device};
use crate::trailer::{self, Flag};
use crate::{Layout, ParsedImage, Refusal, Settings, Upgrade, request, verify_by};

use exchange::exchange;
use marks::Marks;
use plan::Plan;
pub use sector::largest_image_sectors;
use status::Status;

/// Whether the image that runs is on trial: the next start replaces it by the one before it, unless
/// [`Flag::SET`] is programmed at the place of [`Flag::ImageOk`] in the primary slot.
///
/// `trailer` is the last sector of that slot, `slot_bytes` the size of the slot.
#[must_use]
pub fn is_on_trial(trailer: &[u8], slot_bytes: usize, geometry: Geometry) -> bool {
    matches!(Status::of(trailer, slot_bytes, geometry), Status::Trial(_))
}

/// Brings the slots into a state in which the primary slot may be started.
///
/// # Errors
/// The flash failed, or OTP is not whole.
pub(crate) fn carry_out<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Upgrade, Refusal> {
    let known = follow(flash, layout, known)?;
    let mut status = read(flash, layout);
    let is_under_way = matches!(status, Status::Forward(_) | Status::Back(_));
    if !is_under_way && trailer::requested(flash.bytes(layout.secondary)).is_some() {
        let is_on_trial = matches!(status, Status::Trial(_));
        match judge::plan(flash, layout, &known, is_on_trial) {
            Ok(plan) => {
                if plan.old_is_on_trial {
                    // The sector that tells so is erased next.
                    status::set_flag(flash, layout.secondary, Flag::CopyDone)?;
                }
                status::begin(flash, layout, &plan)?;
            }
            Err(error) => {
                request::withdraw(flash, layout)?;
                return Ok(Upgrade::Refused(error));
            }
        }
        status = read(flash, layout);
    } else if let Status::Trial(plan) = status {
        status = turn_back(flash, layout, &known, &plan)?;
    }
    if let Status::Forward(plan) = status {
        go_forward(flash, layout, &plan)?;
        if verify_by::<S>(flash.bytes(layout.primary), &known).is_ok() {
            return accept(flash, layout, &known, &plan);
        }
        status = turn_back(flash, layout, &known, &plan)?;
        if status == Status::Forward(plan) {
            // Refused, and no way back: nothing is started, but another request may come.
            status::set_flag(flash, layout.primary, Flag::CopyDone)?;
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
    let (primary, secondary) = (flash.bytes(layout.primary), flash.bytes(layout.secondary));
    let is_on_trial =
        trailer::requested(secondary).is_some() && !Flag::CopyDone.is_erased(secondary);
    let trailer = primary.get(flash.last_sector(layout.primary)..);
    let trailer = trailer.unwrap_or_default();
    match Status::of(trailer, primary.len(), flash.geometry()) {
        Status::Settled if is_on_trial => Status::Trial(Plan::NOTHING),
        status => status,
    }
}

/// The device follows an image that stays. What it knows then.
fn follow<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Known<S>, Refusal> {
    let claimed = ParsedImage::read(flash.bytes(layout.primary), S::KINDS);
    let is_news = claimed.is_ok_and(|image| Changes::of(known, &image).are_any());
    if is_news
        && read(flash, layout) == Status::Settled
        && let Ok(image) = verify_by::<S>(flash.bytes(layout.primary), known)
    {
        let changes = Changes::of(known, image.parsed());
        changes.record(flash, layout)?;
    }
    let otp = flash.bytes(layout.otp);
    let device = device::<S>(otp).map_err(Refusal::Device)?;
    Ok(Known::of(otp, &device))
}

/// Begins the way back, if there is one.
fn turn_back<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    plan: &Plan,
) -> Result<Status, flash::Error> {
    if judge::can_turn_back(flash, layout, known, plan) {
        request::withdraw(flash, layout)?; // its last sector gets the marks
        status::note_turned(flash, layout)?;
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
        request::withdraw(flash, layout)?;
    }
    Ok(())
}

/// The new image is in its place and has been verified there.
fn accept<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    plan: &Plan,
) -> Result<Upgrade, Refusal> {
    if plan.is_permanent {
        status::set_flag(flash, layout.primary, Flag::ImageOk)?;
    }
    status::set_flag(flash, layout.primary, Flag::CopyDone)?;
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
    status::note_returned(flash, layout)?;
    if !plan.old_is_on_trial {
        status::set_flag(flash, layout.primary, Flag::ImageOk)?; // for whoever reads the flags
    }
    Ok(())
}
