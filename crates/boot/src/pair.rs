// SPDX-License-Identifier: Apache-2.0
//! Two images: the secure one, number 0, and the non-secure one, number 1. Each has its own slots,
//! version, security counter and signature, and may depend on a version of the other
//! ([`crate::tlv::kind::DEPENDENCY`]), as with MCUboot and two images.
//!
//! Both are verified before anything of them starts, and only a pair whose dependencies hold is
//! started. An upgrade of one alone, or of both together, overwrites. The order is that of one image
//! ([`crate::start()`]): every request stays until the whole pair has been verified in its place, so a
//! power cut at any moment leaves the originals of whatever was overwritten, and the next start
//! makes the same decision and copies again. The counters follow last.
//!
//! * `plan` decides what is installed. A request that lacks its counterpart waits.
//! * `install` copies, verifies and records.
//! * `member` is what the device knows of one of the two.

mod fit;
mod install;
mod member;
mod plan;

use flash::{Chip, Mapped};

use crate::known::device;
use crate::trust::Trust as _;
use crate::whole::whole;
use crate::{Error, Layout, Refusal, Settings, Upgrade, VerifiedImage, rollback, verify_by};
use member::members;
use provisioning::Device;

/// Something of each image: the secure, then the non-secure one.
pub type Both<T> = [T; 2];

/// The images to start, and what became of the requests.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The images in their primary slots.
    pub images: Both<VerifiedImage<'a>>,
    /// The device that starts them, as it is now.
    pub device: Device<'a>,
    /// The OTP area of the device, to be read once more.
    pub otp: &'a [u8],
    /// What became of the requests. [`Error::DependencyNotMet`]: the request waits for the other
    /// image.
    pub upgrades: Both<Upgrade>,
}

/// Why no pair is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which image, as a console puts it before an error of [`Refusal::Image`].
    pub image: &'static str,
    /// Why.
    pub why: Refusal,
}

impl Refused {
    const NAMES: Both<&'static str> = ["secure image: ", "nonsecure image: "];
    const PAIR: &'static str = "images: ";

    pub(crate) const fn image(image: &'static str, error: Error) -> Self {
        Self {
            image,
            why: Refusal::Image(error),
        }
    }

    const fn device(error: provisioning::Error) -> Self {
        Self {
            image: Self::PAIR,
            why: Refusal::Device(error),
        }
    }
}

impl From<flash::Error> for Refused {
    fn from(_: flash::Error) -> Self {
        Self {
            image: Self::PAIR,
            why: Refusal::Flash,
        }
    }
}

/// Finds the pair to start, after the upgrades that are asked for.
///
/// What it gives holds the flash: until the images run, nothing can be written to it. `layouts` have
/// one OTP area.
///
/// # Errors
/// Nothing may be started then. The next start tries again.
pub fn start<'a, S: Settings>(
    flash: &'a mut Chip<impl Mapped>,
    layouts: &Both<Layout>,
) -> Result<Start<'a>, Refused> {
    let [secure, nonsecure] = layouts;
    let otp = flash.bytes(secure.otp);
    let known = members::<S>(otp, &device::<S>(otp).map_err(Refused::device)?);
    let upgrades = install::install(flash, layouts, &known)?;

    let otp = flash.bytes(secure.otp);
    let device = device::<S>(otp).map_err(Refused::device)?;
    let now = members::<S>(otp, &device); // it may be another now
    let [own, other] = &now;
    let [name, other_name] = Refused::NAMES;
    let images = [
        verify_by::<S>(flash.bytes(secure.primary), own)
            .map_err(|error| Refused::image(name, error))?,
        verify_by::<S>(flash.bytes(nonsecure.primary), other)
            .map_err(|error| Refused::image(other_name, error))?,
    ];
    let images = whole(&images);
    if !fit::fit(images.each_ref().map(VerifiedImage::parsed)) {
        return Err(Refused::image(Refused::PAIR, Error::DependencyNotMet));
    }
    // Once more, from what was read before: no single fault passes both (`crate::hardened`).
    for ((image, known), name) in images.iter().zip(&known).zip(Refused::NAMES) {
        if rollback::is_too_old::<S>(image.security_counter(), known.security_counter()) {
            return Err(Refused::image(name, Error::CounterTooLow));
        }
        if !known.accepts_key(image.key_hash()) {
            return Err(Refused::image(name, Error::WrongKey));
        }
    }
    Ok(Start {
        images: *images,
        device,
        otp,
        upgrades,
    })
}
