// SPDX-License-Identifier: Apache-2.0
//! Interrupts in the middle of calls: before every instruction of every kind of call.
//!
//! A call during a call returns "busy", from the handler and from another thread. The interrupted
//! call ends as if nothing had happened. No interrupt waits for the end of a call.

use nonsecure::print_line;

use super::support::busy::assert_busy;
use super::support::call_kinds::{Material, kinds};
use super::support::interrupt::{self, Interruption};
use super::support::threads;

/// Number of calls of which the longest counts, because calls of storage vary.
const TRIED_CALLS: u32 = 64;
/// The most calls of one kind that are interrupted.
const MOST_MOMENTS: u32 = 10_000;
/// The most calls that are interrupted by a thread, which takes longer.
const MOST_MOMENTS_OF_THREADS: u32 = 500;
/// Time after the end of the call in which interrupts still come.
const TAIL_TICKS: u32 = 80;
/// Duration of a tick of SysTick and of an instruction in the emulator.
const TICK_NS: u32 = 50;
const INSTRUCTION_NS: u32 = 64;

fn turned_away(interruption: &mut Interruption) {
    interrupt::stop();
    if interruption.is_of_secure_code() {
        assert_eq!(
            interruption.registers, [0; 13],
            "registers of the secure world are seen"
        );
    }
    assert_busy();
}

/// Interrupts every kind of call at every moment and prints how long interrupts have waited.
pub fn every_call_at_every_moment() {
    let material = Material::new();
    let way_into_handler_ticks = way_into_handler_ticks();
    for kind in kinds() {
        let expected = (kind.run)(&material);
        let once = || assert_eq!((kind.run)(&material), expected, "{}", kind.name);
        let durations = (0..TRIED_CALLS).map(|_| interrupt::duration_ticks(once));
        let duration_ticks = durations.max().unwrap_or(0) + TAIL_TICKS;

        interrupt::forget();
        let stride_ticks = duration_ticks.div_ceil(MOST_MOMENTS);
        interrupt::at_every_moment(duration_ticks, stride_ticks, turned_away, once);
        assert!(interrupt::count_of_secure_code() > 0, "{}", kind.name);
        let waited_ticks = interrupt::longest_wait_ticks() - way_into_handler_ticks;
        let waited = (waited_ticks * TICK_NS).div_ceil(INSTRUCTION_NS);
        print_line!("latency {} {waited}", kind.name);

        let stride_ticks = duration_ticks.div_ceil(MOST_MOMENTS_OF_THREADS);
        threads::interrupt_at_every_moment(duration_ticks, stride_ticks, once);
        print_line!("test interruption::{} ... ok", kind.name);
    }
    material.release();
}

/// What an interrupt needs that nothing holds up: the least of many.
fn way_into_handler_ticks() -> u32 {
    let mut least = u32::MAX;
    for delay_ticks in 300..400 {
        interrupt::forget();
        interrupt::each(delay_ticks, |_| interrupt::stop());
        while interrupt::longest_wait_ticks() == 0 {}
        least = least.min(interrupt::longest_wait_ticks());
    }
    least
}
