// SPDX-License-Identifier: Apache-2.0
//! What a debugger may access, by the lifecycle of the device.

use crate::{area::Parts, lifecycle::Lifecycle};

/// What a debugger may access on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebugAccess {
    /// Everything: the device protects nothing yet.
    Everything,
    /// The non-secure world.
    NonSecure,
    /// Nothing.
    Nothing,
}

impl DebugAccess {
    /// What the OTP area of a device allows. It goes by the log of the lifecycle alone, before
    /// anything else of the device is known.
    ///
    /// A device that never had a state has not left its factory, and is open; one whose state can't
    /// be told is closed. The keys of the device lie in memory that a debugger of the secure world
    /// could read, so no state after provisioning opens that.
    #[must_use]
    #[inline(always)] // in one place
    pub fn of(area: &[u8]) -> Self {
        const ASSEMBLY_AND_TEST: u32 = Lifecycle::AssemblyAndTest as u32;
        const PROVISIONING: u32 = Lifecycle::Provisioning as u32;
        const NON_PSA_ROT_DEBUG: u32 = Lifecycle::NonPsaRotDebug as u32;
        const RECOVERABLE_PSA_ROT_DEBUG: u32 = Lifecycle::RecoverablePsaRotDebug as u32;
        match Parts::of(area).map(|parts| parts.lifecycle_value()) {
            Ok(None | Some(ASSEMBLY_AND_TEST | PROVISIONING)) => Self::Everything,
            Ok(Some(NON_PSA_ROT_DEBUG | RECOVERABLE_PSA_ROT_DEBUG)) => Self::NonSecure,
            _ => Self::Nothing,
        }
    }
}
