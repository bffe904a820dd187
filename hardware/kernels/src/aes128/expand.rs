// SPDX-License-Identifier: Apache-2.0
//! Key expansion on slices, with the S-box of the cipher.
//!
//! A round key follows from the one before: the substituted last column, one row up, and the
//! round constant are added to the first column; each column is then added to all after it. On
//! slices these sums over columns are two shifts by one and two columns.
//!
//! What is stored differs from the key of the standard in two ways that the rounds expect. The
//! S-box comes without its constant: 0x63 is missing in the first column and, by the sums, in
//! all of them. So it is stored, and slices 0, 1, 5 and 6 are complemented afterwards for the
//! next round. And the keys of odd rounds have their rows shifted back.
//!
//! Frame, from the stack pointer: 44 bytes scratch of the S-box, pointer to the next round key,
//! round constant, eight words for the current key. The upper bits of the round constant carry
//! an alternating pattern that moves up with it: its top bit tells odd rounds from even ones.

use core::arch::naked_asm;

use primitives::aes::KEY_BYTES;

use super::EXPANDED_WORDS;
use super::substitute::substitute;
use super::transpose::transpose;

/// Slice `$bit` of the next round key, into `$to`, from the substituted slice and the current
/// one at `$offset` in the frame; r1 holds the round constant.
#[rustfmt::skip]
macro_rules! next_slice {
    ($to:literal, $offset:literal, $substituted:literal, $bit:literal) => {
        concat!(
            "and ", $substituted, ", ", $substituted, ", #0xc0c0c0c0\n",
            "ldr r10, [sp, #", $offset, "]\n",
            "eor ", $to, ", r10, ", $substituted, ", ror #14\n",
            "and r10, ", $to, ", #0x3f3f3f3f\n",
            "eor ", $to, ", ", $to, ", r10, lsl #2\n",
            "and r10, ", $to, ", #0x0f0f0f0f\n",
            "eor ", $to, ", ", $to, ", r10, lsl #4\n",
            // Bit `$bit` of the round constant, in row 0 of all columns of both blocks.
            "sbfx r10, r1, #", $bit, ", #1\n",
            "eor ", $to, ", ", $to, ", r10, lsr #24",
        )
    };
}

/// Fills `round_keys` from `key`.
///
/// # Safety
/// As the types say: the first argument is written, the second one only read.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn expand(
    round_keys: &mut [u32; EXPANDED_WORDS],
    key: &[u8; KEY_BYTES],
) {
    naked_asm!(
        "push {{r4-r11, lr}}",
        "sub sp, #84",
        "mov r5, r0",
        // The key may lie anywhere: single loads need no alignment. Both blocks have the same.
        "ldr r0, [r1, #0]",
        "ldr r4, [r1, #4]",
        "ldr r9, [r1, #8]",
        "ldr r12, [r1, #12]",
        "mov r2, r0",
        "mov r3, r4",
        "mov r8, r9",
        "mov r11, r12",
        "bl {transpose}",
        "stm r5!, {{r0, r2, r3, r4, r8, r9, r11, r12}}",
        "movw r1, #0x5001",
        "movt r1, #0x5555",
        "strd r5, r1, [sp, #44]",
        "1:",
        "add r1, sp, #52",
        "stm r1, {{r0, r2, r3, r4, r8, r9, r11, r12}}",
        // Slices 0 to 7 come out in r6, r0, r7, lr, r4, r8, r3, r5; the order below is that in
        // which registers become free.
        "bl {substitute}",
        "ldr r1, [sp, #48]",
        next_slice!("r2", "56", "r0", "1"),
        next_slice!("r0", "52", "r6", "0"),
        next_slice!("r9", "72", "r4", "4"),
        next_slice!("r4", "64", "r7", "2"),
        next_slice!("r8", "68", "r8", "5"),
        next_slice!("r12", "80", "r3", "6"),
        next_slice!("r3", "60", "lr", "3"),
        next_slice!("r11", "76", "r5", "7"),
        // The next round constant: 0x11b is the polynomial, its bit 8 falls out by itself.
        "lsls r1, r1, #1",
        "tst r1, #0x100",
        "it ne",
        "eorne r1, r1, #0x1b",
        "ldr r5, [sp, #44]",
        "stm r5!, {{r0, r2, r3, r4, r8, r9, r11, r12}}",
        "strd r5, r1, [sp, #44]",
        "mvns r0, r0",
        "mvns r2, r2",
        "mvn r8, r8",
        "mvn r12, r12",
        // After ten rounds bit 10 is set for the first time.
        "tst r1, #0x400",
        "bne 3f",
        "cmp r1, #0",
        "bpl 1b",
        // An odd round: row r of the stored key goes back by r columns, slice by slice.
        "add r1, sp, #52",
        "stm r1, {{r0, r2, r3, r4, r8, r9, r11, r12}}",
        "sub r1, r5, #32",
        "movs r2, #0",
        "movt r2, #0x0f0f",
        "2:",
        "ldr r4, [r5, #-4]!",
        // Rows 2 and 3 by two columns.
        "eor r3, r4, r4, lsr #4",
        "ands r3, r3, r2",
        "eors r4, r4, r3",
        "eor r4, r4, r3, lsl #4",
        // Rows 1 and 3 by one column.
        "and r3, r4, #0xc000c000",
        "and r0, r4, #0x3f003f00",
        "and r4, r4, #0x00ff00ff",
        "orr r4, r4, r0, lsl #2",
        "orr r4, r4, r3, lsr #6",
        "str r4, [r5]",
        "cmp r5, r1",
        "bne 2b",
        "add r1, sp, #52",
        "ldm r1, {{r0, r2, r3, r4, r8, r9, r11, r12}}",
        "b 1b",
        "3:",
        // What is left on the stack is secret.
        "movs r4, #0",
        "movs r5, #0",
        "movs r6, #0",
        "movs r7, #0",
        "mov r0, sp",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6, r7}}",
        "stm r0!, {{r4, r5, r6, r7}}",
        "str r4, [r0]",
        "add sp, #84",
        "pop {{r4-r11, pc}}",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 120",
        ".popsection",
        name = sym expand,
        substitute = sym substitute,
        transpose = sym transpose,
    )
}
