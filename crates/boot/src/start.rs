// SPDX-License-Identifier: Apache-2.0
//! From what lies in flash to the one image that may be started.
//!
//! The order is what makes it safe: install an upgrade that was asked for, prove what is in the
//! primary slot, raise the security counter to that of the proven image, withdraw the request,
//! and prove the image again that is handed out. A cut in any step leaves what the step began
//! with, and the next start takes it from there.

use flash::{Area, Chip, Mapped};
use provisioning::Device;

use crate::keys::Keys as _;
use crate::manifest::Kinds;
use crate::rollback::{self, Known};
use crate::upgrade::{self, Mode, Upgrade};
use crate::verify::Trust as _;
use crate::whole::whole;
use crate::{Error, Layout, Manifest, Settings, VerifiedImage, keys, swap, verify_by};

/// What is started, and what was done before.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The image in the primary slot.
    pub image: VerifiedImage<'a>,
    /// The device that starts it, as it is now.
    pub device: Device<'a>,
    /// Its provisioned data, to be read once more.
    pub otp: &'a [u8],
    /// What became of the request for an upgrade.
    pub upgrade: Upgrade,
}

/// Why nothing is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The device does not know itself.
    Device(provisioning::Error),
    /// The image in the primary slot.
    Image(Error),
    /// An upgrade could not be written, or the security counter not be raised.
    Flash,
}

impl From<flash::Error> for Refusal {
    fn from(_: flash::Error) -> Self {
        Self::Flash
    }
}

/// Finds the image to start, after an upgrade if one is asked for.
///
/// What it gives holds the flash: until the image is run nobody can write to it.
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
        Mode::Overwrite => upgrade::install::<S>(flash, layout, &known)?,
        Mode::Swap => swap::settle(flash, layout, &known)?,
    };

    let claimed = Manifest::read(flash.bytes(layout.primary), Kinds::of::<S>());
    let claimed = claimed.map_err(Refusal::Image)?;
    let claimed_counter = claimed.security_counter;
    let claims_more = rollback::raises::<S>(claimed_counter, known.security_counter)
        || known.keys.are_to_change::<S::Compression>(&claimed);
    let is_unproven = claims_more || upgrade == Upgrade::Installed;
    if S::UPGRADE == Mode::Overwrite && is_unproven {
        let image = verify_by::<S>(flash.bytes(layout.primary), &known).map_err(Refusal::Image)?;
        let security_counter = image.security_counter();
        let revokes = known.keys.are_to_change::<S::Compression>(image.manifest());
        if rollback::raises::<S>(security_counter, known.security_counter) {
            rollback::raise(flash, layout.otp, security_counter)?;
        }
        if revokes {
            keys::revoke_first(flash, layout.otp)?;
        }
        if upgrade == Upgrade::Installed {
            upgrade::withdraw(flash, layout)?;
        }
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

/// The device with this OTP area, as the boot ROM of the settings `S` takes it.
///
/// # Errors
/// As [`Device::read`], which refuses secured devices that are marked to have published keys; and so
/// is one whose boot ROM has one.
pub(crate) fn device<S: Settings>(otp: &[u8]) -> Result<Device<'_>, provisioning::Error> {
    let device = Device::read(otp)?;
    if S::Keys::IS_PUBLISHED && device.lifecycle.is_secured() {
        return Err(provisioning::Error::SecuredWithDevelopmentKeys);
    }
    Ok(device)
}

/// Whether a start would accept the image in this slot: a piece of news, by which nothing can be
/// started.
#[inline(never)]
pub fn is_acceptable<S: Settings>(flash: &Chip<impl Mapped>, layout: &Layout, slot: Area) -> bool {
    let otp = flash.bytes(layout.otp);
    device::<S>(otp).is_ok_and(|device| {
        let known = Known::<S>::of(otp, &device);
        verify_by::<S>(flash.bytes(slot), &known).is_ok()
    })
}
