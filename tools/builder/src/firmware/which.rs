// SPDX-License-Identifier: Apache-2.0
//! Which of two images.

use anyhow::{Result, ensure};
use clap::ValueEnum;
use configure::Effective;
use configure::areas::{self, Area};

/// An image of a device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// The secure image; where there is one image, both worlds.
    #[default]
    Secure,
    /// The non-secure image, where it is an image of its own.
    Nonsecure,
}

impl Which {
    /// Both, in the order of their slots.
    pub const BOTH: [Self; 2] = [Self::Secure, Self::Nonsecure];

    /// Fails if the configuration does not have this image.
    pub fn require(self, effective: &Effective) -> Result<()> {
        ensure!(
            self == Self::Secure || effective.has_two_images(),
            "`--image nonsecure`: there is one image, with both worlds in it (`boot.image_number` \
             is 1)"
        );
        Ok(())
    }

    /// The slot of this image in an area of the flash, `primary` or `secondary`.
    pub fn slot(self, effective: &Effective, area: &str) -> Area {
        if !effective.has_two_images() {
            return areas::named(effective, area);
        }
        let [secure, nonsecure] = areas::divided(effective, area);
        match self {
            Self::Secure => secure,
            Self::Nonsecure => nonsecure,
        }
    }
}
