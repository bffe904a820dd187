// SPDX-License-Identifier: Apache-2.0
//! SysTick of the current world as a free-running counter of processor ticks.

use crate::mmio::Register;

// SAFETY: SysTick registers of every Armv8-M core, banked by world (DDI 0553, D1.2).
const CONTROL: Register = unsafe { Register::new(0xE000_E010) };
// SAFETY: as above.
const RELOAD: Register = unsafe { Register::new(0xE000_E014) };
// SAFETY: as above.
const CURRENT: Register = unsafe { Register::new(0xE000_E018) };

const ENABLE: u32 = 1;
const INTERRUPT: u32 = 1 << 1;
const PROCESSOR_CLOCK: u32 = 1 << 2;
/// The counter is 24 bits wide and counts down.
const COUNTER_MASK: u32 = 0x00ff_ffff;

/// Starts the counter over its whole range, without interrupt.
pub fn start_counter() {
    CONTROL.write(0);
    RELOAD.write(COUNTER_MASK);
    CURRENT.write(0);
    CONTROL.write(ENABLE | PROCESSOR_CLOCK);
}

/// Starts the periodic interrupt, each `period_ticks` (at most 2^24).
pub fn start_interrupt(period_ticks: u32) {
    CONTROL.write(0);
    RELOAD.write(period_ticks.wrapping_sub(1) & COUNTER_MASK);
    CURRENT.write(0);
    CONTROL.write(ENABLE | INTERRUPT | PROCESSOR_CLOCK);
}

/// Stops counter and interrupt.
pub fn stop() {
    CONTROL.write(0);
}

/// Ticks since the counter began its period, which is since the periodic interrupt became due.
#[must_use]
pub fn elapsed_of_period_ticks() -> u32 {
    RELOAD.read().wrapping_sub(CURRENT.read()) & COUNTER_MASK
}

/// The counter now, in ticks, counting down.
#[must_use]
pub fn now_ticks() -> u32 {
    CURRENT.read()
}

/// Ticks from `earlier` to `later`, both from [`now_ticks`], less than one whole range apart.
#[must_use]
pub fn elapsed_ticks(earlier: u32, later: u32) -> u32 {
    earlier.wrapping_sub(later) & COUNTER_MASK
}
