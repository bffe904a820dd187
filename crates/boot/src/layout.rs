// SPDX-License-Identifier: Apache-2.0
//! Areas of the boot ROM.

use flash::Area;

/// The areas of the flash that the boot ROM works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The one-time programmable area of the device (crate `provisioning`).
    pub otp: Area,
    /// The slot from which images are started.
    pub primary: Area,
    /// The slot in which upgrades arrive.
    pub secondary: Area,
}
