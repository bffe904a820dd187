// SPDX-License-Identifier: Apache-2.0
//! The result of a start.

use provisioning::Device;

use crate::{Error, VerifiedImage};

/// The image to start, and the result of an upgrade.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The image in the primary slot.
    pub image: VerifiedImage<'a>,
    /// The device that starts it, as it is now.
    pub device: Device<'a>,
    /// The OTP area of the device, to be read once more.
    pub otp: &'a [u8],
    /// The result of a request for an upgrade.
    pub upgrade: Upgrade,
}

/// The result of a request for an upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// There was no request.
    NotRequested,
    /// The image is in the primary slot now.
    Installed,
    /// The image is in the primary slot and has to be confirmed before the next start.
    OnTrial,
    /// The image was not confirmed, or refused in the primary slot: the one before it is back.
    Reverted,
    /// The image was refused; the primary slot is as it was.
    Refused(Error),
}

/// Reason for starting no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// OTP is damaged or blank, or does not allow the device to start.
    Device(provisioning::Error),
    /// The image in the primary slot is refused.
    Image(Error),
    /// An upgrade could not be written, or the security counter could not be raised.
    Flash,
}

impl From<flash::Error> for Refusal {
    fn from(_: flash::Error) -> Self {
        Self::Flash
    }
}
