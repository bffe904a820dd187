// SPDX-License-Identifier: Apache-2.0
//! From the bytes of two blocks to slices and back: 8 x 8 bits are transposed in each byte lane.

use core::arch::naked_asm;

/// Exchanges the bits of `$low` above the mask with those of `$high` under it.
#[rustfmt::skip]
macro_rules! swap {
    ($low:literal, $high:literal, $mask:literal, $distance:literal) => {
        concat!(
            "eor r1, ", $high, ", ", $low, ", lsr #", $distance, "\n",
            "and r1, r1, #", $mask, "\n",
            "eors ", $high, ", ", $high, ", r1\n",
            "eor ", $low, ", ", $low, ", r1, lsl #", $distance,
        )
    };
}

/// Exchanges the index of the word and the index of the bit within each byte, in the registers
/// of slices 0 to 7: r0, r2, r4, r3, r9, r8, r12, r11. r1 is lost.
///
/// # Safety
/// Only for assembly that keeps to these conventions, which are not those of the procedure call
/// standard.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn transpose() {
    naked_asm!(
        swap!("r0", "r2", "0x55555555", "1"),
        swap!("r4", "r3", "0x55555555", "1"),
        swap!("r9", "r8", "0x55555555", "1"),
        swap!("r12", "r11", "0x55555555", "1"),
        swap!("r0", "r4", "0x33333333", "2"),
        swap!("r2", "r3", "0x33333333", "2"),
        swap!("r9", "r12", "0x33333333", "2"),
        swap!("r8", "r11", "0x33333333", "2"),
        swap!("r0", "r9", "0x0f0f0f0f", "4"),
        swap!("r2", "r8", "0x0f0f0f0f", "4"),
        swap!("r4", "r12", "0x0f0f0f0f", "4"),
        swap!("r3", "r11", "0x0f0f0f0f", "4"),
        "bx lr",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        name = sym transpose,
    )
}
