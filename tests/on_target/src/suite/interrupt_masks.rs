// SPDX-License-Identifier: Apache-2.0
//! Calls with interrupts masked. They are served, the masks stay set, and pending interrupts are
//! taken when the caller clears them.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering};

use super::support::call_kinds::{Material, kinds};
use super::support::interrupt::{self, Interruption};

/// System handler priority register 3; the topmost byte is the priority of SysTick.
const PRIORITIES: *mut u32 = 0xE000_ED20 as *mut u32;
const LOW_PRIORITY: u32 = 0xC000_0000;
/// Value of BASEPRI that masks this priority and lower ones.
const BASE_PRIORITY: u32 = 0x40;
/// Shorter than every call if time follows the instructions. By the clock of the host a call may
/// end before; the test then waits for the interrupt.
const PERIOD_TICKS: u32 = 30;

static INTERRUPTS: AtomicU32 = AtomicU32::new(0);

fn count(_: &mut Interruption) {
    interrupt::stop();
    INTERRUPTS.fetch_add(1, Ordering::Relaxed);
}

/// Makes every kind of call while the register `$mask` holds `$value`.
macro_rules! calls_with {
    ($mask:literal, $value:expr) => {{
        let material = Material::new();
        for kind in kinds() {
            let expected = (kind.run)(&material);
            INTERRUPTS.store(0, Ordering::Relaxed);
            // SAFETY: masks interrupts of this world.
            unsafe { asm!(concat!("msr ", $mask, ", {}"), in(reg) $value) };
            interrupt::each(PERIOD_TICKS, count);
            let answer = (kind.run)(&material);
            let found: u32;
            // SAFETY: reads the mask.
            unsafe { asm!(concat!("mrs {}, ", $mask), out(reg) found) };
            interrupt::await_pending();
            assert_eq!(INTERRUPTS.load(Ordering::Relaxed), 0, "{}", kind.name);
            // SAFETY: takes the mask away; the barrier lets what is pending come.
            unsafe { asm!(concat!("msr ", $mask, ", {}"), "isb", in(reg) 0) };
            assert_eq!(INTERRUPTS.load(Ordering::Relaxed), 1, "{}", kind.name);
            assert_eq!(found, $value, "{}", kind.name);
            assert_eq!(answer, expected, "{}", kind.name);
        }
        material.release();
    }};
}

pub fn calls_are_served_with_primask() {
    calls_with!("primask", 1u32);
}

pub fn calls_are_served_with_faultmask() {
    calls_with!("faultmask", 1u32);
}

pub fn calls_are_served_with_basepri() {
    // SAFETY: a register of this world's system control block; nothing else sets it.
    unsafe { PRIORITIES.write_volatile(LOW_PRIORITY) };
    calls_with!("basepri", BASE_PRIORITY);
    // SAFETY: as above.
    unsafe { PRIORITIES.write_volatile(0) };
}
