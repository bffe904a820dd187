// SPDX-License-Identifier: Apache-2.0
//! What of the chip the non-secure world gets: RAM behind a memory protection controller, the
//! timers and UART0, and all interrupts but those of the protection controllers.

use armv8m::interrupts;

use crate::config::memory::NONSECURE_RAM;
use crate::memory_map::{RAM_PROTECTION, RAM_START, SECURITY_CONTROL};

/// TIMER0, TIMER1 and the dual timer, in the subsystem's APB protection register.
const TIMERS: u32 = 0b111;
/// UART0 in the protection register of expansion port 1.
const UART0: u32 = 1 << 5;
/// Interrupts of the protection controllers, which stay secure.
const PROTECTION_INTERRUPTS: [u32; 3] = [9, 10, 11];

/// Gives the parts away and locks the controller of the RAM.
pub fn divide() {
    SECURITY_CONTROL.close();
    RAM_PROTECTION.non_secure_from(NONSECURE_RAM.origin - RAM_START);
    SECURITY_CONTROL.give_to_non_secure(TIMERS, [0, UART0]);
    interrupts::assign_to_non_secure_except(&PROTECTION_INTERRUPTS);
}
