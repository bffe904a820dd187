// SPDX-License-Identifier: Apache-2.0
//! The debug port: closed by the boot ROM as far as the lifecycle of the device demands (PSA
//! Platform Security Model, "Security lifecycle").
//!
//! A boot ROM calls [`close`] first, before it reads anything that an attacker could have written,
//! again directly before it does so, and once more before it ends. Each call reads the lifecycle
//! again, so no single fault leaves the port open.

use provisioning::DebugAccess;

/// The debug port of a device. A closed port stays closed until power-off.
pub trait DebugPort {
    /// Closes everything except the permitted access.
    fn restrict(&self, access: DebugAccess);
}

/// Closes the port of the device with this OTP area.
#[inline(never)] // several times
pub fn close(port: &impl DebugPort, otp: &[u8]) {
    port.restrict(DebugAccess::of(otp));
}
