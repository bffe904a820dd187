// SPDX-License-Identifier: Apache-2.0
//! From what lies in flash to the one image that may be started.
//!
//! The order is what makes it safe: install an upgrade that was asked for, prove what is in the
//! primary slot, raise the security counter to that of the proven image, withdraw the request,
//! and prove the image again that is handed out. A power cut in any step leaves what the step began
//! with, and the next start takes it from there.

use flash::{Area, Chip, Mapped};

use crate::changes::Changes;
use crate::known::{Known, device};
use crate::settings::Mode;
use crate::trust::Trust as _;
use crate::whole::whole;
use crate::{
    Error, Layout, ParsedImage, Refusal, Settings, Start, Upgrade, overwrite, rollback, swap,
    verify_by,
};

/// Finds the image to start, after an upgrade if one is asked for.
///
/// What it gives holds the flash: until the image runs, nothing can be written to it.
///
/// ```compile_fail,E0499
/// # use boot::{Layout, Refusal, Settings};
/// # use flash::{Chip, Mapped};
/// fn boot<S: Settings>(flash: &mut Chip<impl Mapped>, layout: &Layout) -> Result<usize, Refusal> {
///     let started = boot::start::<S>(flash, layout)?;
///     let _ = flash.erase(layout.primary, 0);
///     Ok(started.image.payload().len())
/// }
/// ```
///
/// # Errors
/// Nothing may be started then. The next start tries again.
pub fn start<'a, S: Settings>(
    flash: &'a mut Chip<impl Mapped>,
    layout: &Layout,
) -> Result<Start<'a>, Refusal> {
    let otp = flash.bytes(layout.otp);
    let known = Known::<S>::of(otp, &device::<S>(otp).map_err(Refusal::Device)?);
    let upgrade = match S::UPGRADE {
        Mode::Overwrite => overwrite::install(flash, layout, &known)?,
        Mode::Swap => swap::carry_out(flash, layout, &known)?,
    };

    let claimed = ParsedImage::read(flash.bytes(layout.primary), S::KINDS);
    let claimed = claimed.map_err(Refusal::Image)?;
    let claimed_counter = claimed.security_counter;
    let is_unproven = Changes::of(&known, &claimed).are_any() || upgrade == Upgrade::Installed;
    if S::UPGRADE == Mode::Overwrite && is_unproven {
        overwrite::complete(flash, layout, &known, upgrade)?;
    }

    let otp = flash.bytes(layout.otp);
    let device = device::<S>(otp).map_err(Refusal::Device)?;
    let known_now = Known::<S>::of(otp, &device); // it may be another now
    let image = &verify_by::<S>(flash.bytes(layout.primary), &known_now).map_err(Refusal::Image)?;
    let image = whole(image);
    // Once more, from what was read apart: no single fault passes both (`crate::hardened`).
    if rollback::is_too_old::<S>(claimed_counter, known.security_counter) {
        return Err(Refusal::Image(Error::CounterTooLow));
    }
    if !known.accepts_key(image.key_hash()) {
        return Err(Refusal::Image(Error::WrongKey));
    }
    Ok(Start {
        image: *image,
        device,
        otp,
        upgrade,
    })
}

/// Whether a start would accept the image in this slot. For information only: nothing can be
/// started by it.
#[inline(never)]
pub fn is_acceptable<S: Settings>(flash: &Chip<impl Mapped>, layout: &Layout, slot: Area) -> bool {
    let otp = flash.bytes(layout.otp);
    device::<S>(otp).is_ok_and(|device| {
        let known = Known::<S>::of(otp, &device);
        verify_by::<S>(flash.bytes(slot), &known).is_ok()
    })
}
