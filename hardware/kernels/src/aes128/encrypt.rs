// SPDX-License-Identifier: Apache-2.0
//! The rounds: linear steps on the slices between calls of the S-box.
//!
//! MixColumns gives each byte `2 (x0 + x1) + x1 + x2 + x3`, where `x1` to `x3` stand one to three
//! rows below `x0`. With the sum `t = x0 + x1` that is, for slice `i`,
//! `t(i-1) + x1(i) + t(i) two rows below`, and `t(7)` once more for slices 1, 3 and 4, where the
//! polynomial of the field has its bits. Slices are replaced from 7 down to 0, since each needs
//! the sum of the one below it; t(7) stays in a register until the end.
//!
//! Frame, from the stack pointer: 44 bytes scratch of the S-box, pointer to the next round key,
//! pointer to the last one, pointer to the blocks.

use core::arch::naked_asm;

use primitives::aes::BlockPair;

use super::EXPANDED_WORDS;
use super::substitute::substitute;
use super::transpose::transpose;

/// AddRoundKey: eight words from r1 on; r1, also in the frame, goes on to the next round key.
#[rustfmt::skip]
macro_rules! add_round_key {
    () => {
        "ldm r1!, {{r5, r6, r7, r10}}
         eors r0, r0, r5
         eors r2, r2, r6
         eors r3, r3, r7
         eor r4, r4, r10
         ldm r1!, {{r5, r6, r7, r10}}
         str r1, [sp, #44]
         eor r8, r8, r5
         eor r9, r9, r6
         eor r11, r11, r7
         eor r12, r12, r10"
    };
}

/// `$sum = $x` + the slice one row below and one column on: the rows are not shifted.
#[rustfmt::skip]
macro_rules! sum_diagonal {
    ($sum:literal, $x:literal, $scratch:literal) => {
        concat!(
            "and ", $sum, ", ", $x, ", #0xfcfcfcfc\n",
            "and ", $scratch, ", ", $x, ", #0x03030303\n",
            "eor ", $sum, ", ", $x, ", ", $sum, ", ror #10\n",
            "eor ", $sum, ", ", $sum, ", ", $scratch, ", ror #2",
        )
    };
}

/// Slice `$x` of MixColumns along diagonals, into `$to`, from its sum and that of the slice
/// below it. `x1` is recovered as `x0 + t`; two rows below means two columns on.
#[rustfmt::skip]
macro_rules! mix_diagonal {
    ($to:literal, $x:literal, $sum:literal, $lower:literal, $scratch:literal) => {
        concat!(
            "eors ", $to, ", ", $x, ", ", $sum, "\n",
            "eors ", $to, ", ", $to, ", ", $lower, "\n",
            "and ", $scratch, ", ", $sum, ", #0x0f0f0f0f\n",
            "eor ", $to, ", ", $to, ", ", $scratch, ", ror #12\n",
            "and ", $scratch, ", ", $sum, ", #0xf0f0f0f0\n",
            "eor ", $to, ", ", $to, ", ", $scratch, ", ror #20",
        )
    };
}

/// Two times ShiftRows, from `$x` to `$to`: rows 1 and 3 go on by two columns.
#[rustfmt::skip]
macro_rules! shift_rows_twice {
    ($to:literal, $x:literal) => {
        concat!(
            "eor r1, ", $x, ", ", $x, ", lsr #4\n",
            "and r1, r1, #0x0f000f00\n",
            "eors ", $x, ", ", $x, ", r1\n",
            "eor ", $to, ", ", $x, ", r1, lsl #4",
        )
    };
}

/// `$sum = $x` + the slice one row below.
#[rustfmt::skip]
macro_rules! sum_column {
    ($sum:literal, $x:literal) => {
        concat!("eor ", $sum, ", ", $x, ", ", $x, ", ror #8")
    };
}

/// Slice `$x` of MixColumns, in place, from its sum and that of the slice below it.
#[rustfmt::skip]
macro_rules! mix_column {
    ($x:literal, $sum:literal, $lower:literal) => {
        concat!(
            "eor ", $x, ", ", $lower, ", ", $x, ", ror #8\n",
            "eor ", $x, ", ", $x, ", ", $sum, ", ror #16",
        )
    };
}

/// Encrypts both blocks where they are.
///
/// # Safety
/// As the types say: the first argument is only read, the second one written.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn encrypt(
    round_keys: &[u32; EXPANDED_WORDS],
    blocks: &mut BlockPair,
) {
    naked_asm!(
        "push {{r4-r11, lr}}",
        "sub sp, #56",
        "str r0, [sp, #44]",
        "add r2, r0, #320",
        "strd r2, r1, [sp, #48]",
        // Columns of the first block in even slices, of the second one in odd slices.
        "ldm r1!, {{r0, r4, r9, r12}}",
        "ldm r1, {{r2, r3, r8, r11}}",
        "bl {transpose}",
        "ldr r1, [sp, #44]",
        "1:",
        add_round_key!(),
        // An odd round. The S-box leaves slices 0 to 7 in r6, r0, r7, lr, r4, r8, r3, r5;
        // MixColumns brings them back to where they belong.
        "bl {substitute}",
        sum_diagonal!("r1", "r5", "r10"), // t(7)
        sum_diagonal!("r10", "r3", "r2"), // t(6)
        mix_diagonal!("r11", "r5", "r1", "r10", "r5"),
        sum_diagonal!("r5", "r8", "r2"), // t(5)
        mix_diagonal!("r12", "r3", "r10", "r5", "r2"),
        sum_diagonal!("r10", "r4", "r2"), // t(4)
        mix_diagonal!("r8", "r8", "r5", "r10", "r2"),
        sum_diagonal!("r5", "lr", "r2"), // t(3)
        mix_diagonal!("r9", "r4", "r10", "r5", "r2"),
        "eor r9, r9, r1",
        sum_diagonal!("r10", "r7", "r2"), // t(2)
        mix_diagonal!("r3", "lr", "r5", "r10", "lr"),
        "eors r3, r3, r1",
        sum_diagonal!("r5", "r0", "lr"), // t(1)
        mix_diagonal!("r4", "r7", "r10", "r5", "r7"),
        sum_diagonal!("r7", "r6", "r10"), // t(0)
        mix_diagonal!("r2", "r0", "r5", "r7", "r10"),
        "eors r2, r2, r1",
        mix_diagonal!("r0", "r6", "r7", "r1", "r5"),
        "ldr r1, [sp, #44]",
        add_round_key!(),
        // An even round. The order is that in which registers become free.
        "bl {substitute}",
        shift_rows_twice!("r2", "r0"),
        shift_rows_twice!("r0", "r6"),
        shift_rows_twice!("r9", "r4"),
        shift_rows_twice!("r4", "r7"),
        shift_rows_twice!("r8", "r8"),
        shift_rows_twice!("r12", "r3"),
        shift_rows_twice!("r3", "lr"),
        shift_rows_twice!("r11", "r5"),
        // The last round has no MixColumns.
        "ldrd r1, r5, [sp, #44]",
        "cmp r1, r5",
        "beq 2f",
        sum_column!("r5", "r11"), // t(7)
        sum_column!("r6", "r12"), // t(6)
        mix_column!("r11", "r5", "r6"),
        sum_column!("r7", "r8"), // t(5)
        mix_column!("r12", "r6", "r7"),
        sum_column!("r6", "r9"), // t(4)
        mix_column!("r8", "r7", "r6"),
        sum_column!("r7", "r3"), // t(3)
        mix_column!("r9", "r6", "r7"),
        "eor r9, r9, r5",
        sum_column!("r6", "r4"), // t(2)
        mix_column!("r3", "r7", "r6"),
        "eors r3, r3, r5",
        sum_column!("r7", "r2"), // t(1)
        mix_column!("r4", "r6", "r7"),
        sum_column!("r6", "r0"), // t(0)
        mix_column!("r2", "r7", "r6"),
        "eors r2, r2, r5",
        mix_column!("r0", "r6", "r5"),
        "b 1b",
        "2:",
        add_round_key!(),
        "bl {transpose}",
        "ldr r1, [sp, #52]",
        "stm r1!, {{r0, r4, r9, r12}}",
        "stm r1, {{r2, r3, r8, r11}}",
        // What the S-box left on the stack is secret.
        "movs r4, #0",
        "movs r5, #0",
        "movs r6, #0",
        "movs r7, #0",
        "mov r0, sp",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6}}",
        "add sp, #56",
        "pop {{r4-r11, pc}}",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 92",
        ".popsection",
        name = sym encrypt,
        substitute = sym substitute,
        transpose = sym transpose,
    )
}
