// SPDX-License-Identifier: Apache-2.0
//! What the images AN505 and AN521 of the MPS2+ board have in common: which devices are where, and
//! which of them the non-secure world gets.
//!
//! Sources: Arm application notes AN505 (DAI 0505) and AN521 (DAI 0521), "Memory map" and "Interrupts".

use armv8m::interrupts;

use crate::debug_control::DebugControl;
use crate::memory_protection::MemoryProtection;
use crate::peripheral_protection::SecurityControl;
use crate::uart::Uart;

/// First address of the RAM of both worlds, in its non-secure alias.
const RAM_START: u32 = 0x2800_0000;
/// TIMER0, TIMER1 and the dual timer, in the subsystem's APB protection register.
const TIMERS: u32 = 0b111;
/// UART0 in the protection register of expansion port 1.
const UART0: u32 = 1 << 5;
/// Interrupts of the protection controllers, which stay secure.
const PROTECTION_INTERRUPTS: [u32; 3] = [9, 10, 11];

/// The devices that the secure world uses.
#[derive(Clone, Copy)]
pub struct Devices {
    /// UART0 in its secure alias, which is there until [`Devices::divide`].
    pub secure_uart: Uart,
    /// UART0 in its non-secure alias, which both worlds may use afterwards.
    pub nonsecure_uart: Uart,
    /// Control of the debug port.
    pub debug_control: DebugControl,
    ram_protection: MemoryProtection,
    security_control: SecurityControl,
}

impl Devices {
    /// The devices at their addresses.
    ///
    /// # Safety
    /// The image runs on AN505 or AN521, and its secure world has no other owner of these devices.
    #[must_use]
    pub const unsafe fn new() -> Self {
        // SAFETY: the caller vouches for the board, whose application note has these addresses.
        unsafe {
            Self {
                secure_uart: Uart::new(0x5020_0000),
                nonsecure_uart: Uart::new(0x4020_0000),
                debug_control: DebugControl::new(0x5002_1000),
                ram_protection: MemoryProtection::new(0x5800_8000),
                security_control: SecurityControl::new(0x5008_0000),
            }
        }
    }

    /// Gives the non-secure world the RAM from `nonsecure_ram` on (an address of its own alias),
    /// the timers, UART0, and all interrupts but those of the protection controllers. Locks the
    /// controller of the RAM.
    pub fn divide(&self, nonsecure_ram: u32) {
        self.security_control.close();
        self.ram_protection
            .non_secure_from(nonsecure_ram - RAM_START);
        self.security_control.give_to_non_secure(TIMERS, [0, UART0]);
        interrupts::assign_to_non_secure_except(&PROTECTION_INTERRUPTS);
    }
}
