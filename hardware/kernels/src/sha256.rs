// SPDX-License-Identifier: Apache-2.0
//! The compression of SHA-256 (FIPS 180-4, 6.2.2) in assembly: 2,007 instructions for a block. The
//! portable one takes 2,640 and more than twice as many bytes.
//!
//! The loop has four rounds, after which the working variables have exchanged halves. They are
//! pushed and popped in the other order; in between all registers are free to extend the schedule by
//! four words and to move it down by four, so that each word is at the same address in each pass.
//!
//! Two identities save operations: the sums of three rotations are one rotation of a sum of the
//! other two relative to it, and `majority(a, b, c) = ((a ^ b) & (b ^ c)) ^ b`, where `a ^ b` is
//! the `b ^ c` of the next round.
//!
//! Registers: r4 to r11 the working variables a to h of the first round, r12 the next constant,
//! lr the next word of the schedule, r3 the end of the constants that need more words, r0
//! to r2 temporaries. Frame: 64 bytes of schedule and the pointer to the state; below it, at
//! times, the working variables.

use core::arch::naked_asm;

use primitives::sha256::{BLOCK_BYTES, Compression, ROUND_CONSTANTS};

/// The compression in assembly.
#[derive(Clone, Copy)]
pub struct Assembly;

impl Compression for Assembly {
    fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
        // SAFETY: both are valid for the lengths that their types state, and only the first is
        // written.
        unsafe { compress(state, block) }
    }
}

/// A round whose constant was added to `$h` already. `$x` holds `b ^ c`; afterwards `$t` holds
/// `a ^ b`.
#[rustfmt::skip]
macro_rules! round {
    ($a:literal, $b:literal, $d:literal, $e:literal, $f:literal, $g:literal, $h:literal,
     $word:literal, $x:literal, $t:literal) => {
        concat!(
            "ldr ", $t, ", [lr, #", $word, "]\n",
            "add ", $h, ", ", $h, ", ", $t, "\n",
            // Rotations by 6, 11, 25.
            "eor ", $t, ", ", $e, ", ", $e, ", ror #5\n",
            "eor ", $t, ", ", $t, ", ", $e, ", ror #19\n",
            "add ", $h, ", ", $h, ", ", $t, ", ror #6\n",
            // Choice.
            "eors ", $t, ", ", $f, ", ", $g, "\n",
            "ands ", $t, ", ", $t, ", ", $e, "\n",
            "eors ", $t, ", ", $t, ", ", $g, "\n",
            "add ", $h, ", ", $h, ", ", $t, "\n",
            "add ", $d, ", ", $d, ", ", $h, "\n",
            // Rotations by 2, 13, 22.
            "eor ", $t, ", ", $a, ", ", $a, ", ror #11\n",
            "eor ", $t, ", ", $t, ", ", $a, ", ror #20\n",
            "add ", $h, ", ", $h, ", ", $t, ", ror #2\n",
            // Majority.
            "eors ", $t, ", ", $a, ", ", $b, "\n",
            "ands ", $x, ", ", $x, ", ", $t, "\n",
            "eors ", $x, ", ", $x, ", ", $b, "\n",
            "add ", $h, ", ", $h, ", ", $x,
        )
    };
}

/// Adds to a word of the schedule a function of another one: two rotations and a shift.
#[rustfmt::skip]
macro_rules! extend {
    ($word:literal, $other:literal, $first:literal, $second:literal, $shift:literal) => {
        concat!(
            "ror r0, ", $other, ", #", $first, "\n",
            "eor r0, r0, ", $other, ", ror #", $second, "\n",
            "eor r0, r0, ", $other, ", lsr #", $shift, "\n",
            "add ", $word, ", ", $word, ", r0",
        )
    };
}

/// Mixes one block of the message into `state`.
///
/// # Safety
/// As the types say: the first argument is written, the second one only read.
#[unsafe(naked)]
unsafe extern "C" fn compress(state: &mut [u32; 8], block: &[u8; BLOCK_BYTES]) {
    naked_asm!(
        "push {{r4-r11, lr}}",
        "sub sp, #68",
        "str r0, [sp, #64]",
        "mov lr, sp",
        "add r3, sp, #64",
        "1:",
        "ldr r2, [r1], #4", // the block may be unaligned
        "ldr r12, [r1], #4",
        "rev r2, r2",
        "rev r12, r12",
        "strd r2, r12, [lr], #8",
        "cmp lr, r3",
        "bne 1b",
        "ldm r0, {{r4-r11}}",
        "ldr r12, ={constants}",
        "add r3, r12, #192",
        "mov lr, sp",
        "2:",
        "eor r2, r5, r6",
        "ldrd r0, r1, [r12], #8",
        "add r11, r11, r0",
        round!("r4", "r5", "r7", "r8", "r9", "r10", "r11", "0", "r2", "r0"),
        "add r10, r10, r1",
        round!("r11", "r4", "r6", "r7", "r8", "r9", "r10", "4", "r0", "r2"),
        "ldrd r0, r1, [r12], #8",
        "add r9, r9, r0",
        round!("r10", "r11", "r5", "r6", "r7", "r8", "r9", "8", "r2", "r0"),
        "add r8, r8, r1",
        round!("r9", "r10", "r4", "r5", "r6", "r7", "r8", "12", "r0", "r2"),
        "push {{r4-r11}}",
        // The last sixteen rounds need no more words.
        "cmp r12, r3",
        "bhi 3f",
        // Words 16 to 19 from word 0 to 3.
        "ldm lr, {{r4-r8}}",
        extend!("r4", "r5", "7", "18", "3"),
        extend!("r5", "r6", "7", "18", "3"),
        extend!("r6", "r7", "7", "18", "3"),
        extend!("r7", "r8", "7", "18", "3"),
        "add r0, lr, #36",
        "ldm r0, {{r8-r11}}",
        "add r4, r4, r8",
        "add r5, r5, r9",
        "add r6, r6, r10",
        "add r7, r7, r11",
        "ldrd r1, r2, [lr, #56]",
        extend!("r4", "r1", "17", "19", "10"),
        extend!("r5", "r2", "17", "19", "10"),
        extend!("r6", "r4", "17", "19", "10"),
        extend!("r7", "r5", "17", "19", "10"),
        "add r0, lr, #16",
        "ldm r0!, {{r1, r2, r8-r11}}",
        "stm lr!, {{r1, r2, r8-r11}}",
        "ldm r0!, {{r1, r2, r8-r11}}",
        "stm lr!, {{r1, r2, r8-r11}}",
        "stm lr, {{r4-r7}}",
        "sub lr, lr, #64", // back to the beginning, with what follows
        "3:",
        "add lr, lr, #16",
        "pop {{r8-r11}}",
        "pop {{r4-r7}}",
        "sub r0, r12, r3",
        "cmp r0, #64",
        "bne 2b",
        "ldr r0, [sp, #64]",
        "ldm r0, {{r1, r2, r3, r12}}",
        "add r4, r4, r1",
        "add r5, r5, r2",
        "add r6, r6, r3",
        "add r7, r7, r12",
        "stm r0!, {{r4-r7}}",
        "ldm r0, {{r1, r2, r3, r12}}",
        "add r8, r8, r1",
        "add r9, r9, r2",
        "add r10, r10, r3",
        "add r11, r11, r12",
        "stm r0, {{r8-r11}}",
        // The schedule and the working variables reveal the message, which may be a key.
        "movs r4, #0",
        "movs r5, #0",
        "movs r6, #0",
        "movs r7, #0",
        "mov r0, sp",
        "stm r0!, {{r4-r7}}",
        "stm r0!, {{r4-r7}}",
        "stm r0!, {{r4-r7}}",
        "stm r0!, {{r4-r7}}",
        "push {{r4-r7}}",
        "push {{r4-r7}}",
        "add sp, #100",
        "pop {{r4-r11, pc}}",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".uleb128 136",
        ".popsection",
        name = sym compress,
        constants = sym ROUND_CONSTANTS,
    )
}
