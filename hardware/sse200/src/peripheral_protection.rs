// SPDX-License-Identifier: Apache-2.0
//! Security control block: which peripherals and which callable regions are non-secure
//! (SSE-200 TRM 101104, "Secure access configuration registers").

use armv8m::mmio::Register;

/// The secure access configuration registers.
#[derive(Clone, Copy)]
pub struct SecurityControl {
    response: Register,
    callable: Register,
    subsystem_apb: Register,
    expansion_apb: [Register; 2],
}

/// Illegal accesses answer with a bus error instead of zero.
const RESPOND_WITH_ERROR: u32 = 1;

impl SecurityControl {
    /// The block at `base`.
    ///
    /// # Safety
    /// The SSE-200 secure access configuration registers lie at `base`.
    #[must_use]
    pub const unsafe fn new(base: usize) -> Self {
        // SAFETY: the caller vouches for the device; these are its registers.
        unsafe {
            Self {
                response: Register::new(base + 0x10),
                callable: Register::new(base + 0x14),
                subsystem_apb: Register::new(base + 0x70),
                expansion_apb: [Register::new(base + 0x80), Register::new(base + 0x84)],
            }
        }
    }

    /// Answers illegal accesses with a bus error and allows no non-secure callable region in the
    /// IDAU's secure aliases: the gateways lie where only the SAU decides.
    pub fn close(&self) {
        self.response.write(RESPOND_WITH_ERROR);
        self.callable.write(0);
    }

    /// Gives the peripherals whose bits are set to the non-secure world: of the subsystem
    /// (timers), and of the board's expansion ports 0 and 1 (port 1: UARTs from bit 5).
    pub fn give_to_non_secure(&self, subsystem: u32, expansion: [u32; 2]) {
        self.subsystem_apb.write(subsystem);
        for (register, bits) in self.expansion_apb.iter().zip(expansion) {
            register.write(bits);
        }
    }
}
