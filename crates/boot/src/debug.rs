// SPDX-License-Identifier: Apache-2.0
//! The debug port: closed by the boot ROM as far as the lifecycle of the device demands (PSA
//! Platform Security Model, "Security lifecycle").
//!
//! [`close`] is the first thing that a boot ROM does, before it looks at anything that somebody
//! could have written, and the last before it does so: each time it reads the lifecycle anew, so no
//! single fault leaves the port open while anything of worth is there to be seen. It is also one of
//! the last things, whatever happened meanwhile.

use provisioning::DebugAccess;

/// The debug port of a device. What is closed stays closed until the power goes.
pub trait DebugPort {
    /// Closes everything but what may be reached.
    fn restrict(&self, access: DebugAccess);
}

/// Closes the port of the device with this OTP area.
#[inline(never)] // several times
pub fn close(port: &impl DebugPort, otp: &[u8]) {
    port.restrict(DebugAccess::of(otp));
}
