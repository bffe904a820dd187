// SPDX-License-Identifier: Apache-2.0
//! What a start ends in.

use provisioning::Device;

use crate::{Error, VerifiedImage};

/// What is started, and what was done before.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// The image in the primary slot.
    pub image: VerifiedImage<'a>,
    /// The device that starts it, as it is now.
    pub device: Device<'a>,
    /// The OTP area of the device, to be read once more.
    pub otp: &'a [u8],
    /// What became of the request for an upgrade.
    pub upgrade: Upgrade,
}

/// What became of the request for an upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// There was none.
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

/// Why nothing is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// OTP is not whole, or does not allow the device to start.
    Device(provisioning::Error),
    /// The image in the primary slot is refused.
    Image(Error),
    /// An upgrade could not be written, or the security counter not be raised.
    Flash,
}

impl From<flash::Error> for Refusal {
    fn from(_: flash::Error) -> Self {
        Self::Flash
    }
}
