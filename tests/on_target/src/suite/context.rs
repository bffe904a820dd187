// SPDX-License-Identifier: Apache-2.0
//! The single secure context: registers across a call, and a second call during the first.

use core::arch::asm;
use core::sync::atomic::{AtomicU32, Ordering};

use client::hash;
use client::veneers::Veneers;
use psa::Status;
use psa::crypto::Algorithm;

use super::{interrupt, raw};

/// Bits 1 to 31 of an address: bit 0 is the instruction set or the world.
const ADDRESS_BITS: u32 = !1;

pub fn registers_survive_and_tell_nothing() {
    let (r1, r2, r3, r12, lr, kept): (u32, u32, u32, u32, u32, u32);
    // SAFETY: an ordinary call of the veneer with a bad handle; r4 to r11 are saved around it.
    unsafe {
        asm!(
            "push {{r4-r11}}",
            "mov r4, #0x44", "mov r5, #0x55", "mov r6, #0x66", "mov r7, #0x77",
            "mov r8, #0x88", "mov r9, #0x99", "mov r10, #0xaa", "mov r11, #0xbb",
            "movs r0, #0", "movs r1, #0", "movs r2, #0", "movs r3, #0",
            "bl tfm_psa_call_veneer",
            "mov r0, lr",
            "mov lr, r12",
            "eor r4, r4, #0x44", "eor r5, r5, #0x55", "eor r6, r6, #0x66", "eor r7, r7, #0x77",
            "eor r8, r8, #0x88", "eor r9, r9, #0x99", "eor r10, r10, #0xaa", "eor r11, r11, #0xbb",
            "orr r4, r4, r5", "orr r4, r4, r6", "orr r4, r4, r7", "orr r4, r4, r8",
            "orr r4, r4, r9", "orr r4, r4, r10", "orr r4, r4, r11",
            "mov r12, r4",
            "pop {{r4-r11}}",
            out("r0") lr, out("r1") r1, out("r2") r2, out("r3") r3,
            out("r12") kept, out("lr") r12,
        );
    }
    assert_eq!(kept, 0, "a callee-saved register was changed");
    // What the caller knows already, its return address, is all that is left.
    for (name, value) in [("r1", r1), ("r2", r2), ("r3", r3), ("r12", r12)] {
        assert_eq!(
            value & ADDRESS_BITS,
            lr & ADDRESS_BITS,
            "{name} tells something"
        );
    }
}

/// Answers that the interrupt handler got.
static BUSY_ANSWERS: AtomicU32 = AtomicU32::new(0);
/// Answers that it should not have got.
static OTHER_ANSWERS: AtomicU32 = AtomicU32::new(0);

/// Calls a service from an interrupt, wherever the interrupted call is.
fn call_in_between() {
    let counter = match raw::call(0, 0, 0, 0) {
        Status::CONNECTION_BUSY => &BUSY_ANSWERS,
        _ => &OTHER_ANSWERS,
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

pub fn a_second_call_is_busy() {
    let message = [0x61; 300];
    let mut expected = [0; 32];
    hash::compute(&Veneers, Algorithm::SHA_256, &message, &mut expected).unwrap();
    // Periods without a common divisor, so that the interrupts come at ever other points.
    for period_ticks in (301..4001).step_by(37) {
        interrupt::each(period_ticks, call_in_between);
        let mut digest = [0; 32];
        let answer = hash::compute(&Veneers, Algorithm::SHA_256, &message, &mut digest);
        interrupt::stop();
        assert_eq!(answer, Ok(32));
        assert_eq!(digest, expected, "period {period_ticks}");
    }
    assert!(BUSY_ANSWERS.load(Ordering::Relaxed) > 100);
    assert_eq!(OTHER_ANSWERS.load(Ordering::Relaxed), 0);
}
