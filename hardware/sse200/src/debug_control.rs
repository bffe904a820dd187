// SPDX-License-Identifier: Apache-2.0
//! Secure debug configuration: which debug authentication signals the cores get
//! (SSE-200 TRM 101104, "System control registers", SECDBGSET and SECDBGCLR).
//!
//! Each of the four signals has two bits: a value, and above it a selector that takes the value in
//! place of the pin. What is set here stays until the power goes: a reset does not clear it.

use core::hint::black_box;

use armv8m::mmio::Register;
use boot::DebugPort;
use provisioning::DebugAccess;

/// The registers of secure debug configuration.
#[derive(Clone, Copy)]
pub struct DebugControl {
    set: Register,
    clear: Register,
}

/// Selectors of DBGEN and NIDEN, for debugging at all, and of SPIDEN and SPNIDEN, for that of the
/// secure world.
const ALL_SELECTORS: u32 = 0b1010_1010;
const SECURE_SELECTORS: u32 = 0b1010_0000;

impl DebugControl {
    /// The registers of the system control block at `base`.
    ///
    /// # Safety
    /// The SSE-200 system control registers lie at `base`.
    #[must_use]
    pub const unsafe fn new(base: usize) -> Self {
        // SAFETY: the caller vouches for the device; these are its registers.
        unsafe {
            Self {
                set: Register::new(base + 0x4),
                clear: Register::new(base + 0x8),
            }
        }
    }
}

impl DebugPort for DebugControl {
    fn restrict(&self, access: DebugAccess) {
        let selectors = match access {
            DebugAccess::Everything => return,
            DebugAccess::NonSecure => SECURE_SELECTORS,
            DebugAccess::Nothing => ALL_SELECTORS,
        };
        // Whatever a fault has made of them, and whichever of these steps it leaves out: what is
        // closed already stays so.
        let selectors = black_box(selectors) & ALL_SELECTORS;
        self.clear.write(selectors >> 1);
        self.set.write(selectors);
    }
}
