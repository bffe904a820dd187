// SPDX-License-Identifier: Apache-2.0
//! Copy and fill, which the compiler calls by the names of the run-time ABI for the Arm
//! architecture (IHI 0043, 4.3.4).
//!
//! Two words in each turn, unaligned where they may be (normal memory allows it), in a copy one
//! more where it is left, since most are of numbers and handles, then the odd bytes; each byte is touched once, in rising order. That is a tenth of the bytes of the compiler's
//! own routines and half the instructions.

use core::arch::naked_asm;

/// Defines a naked function without a stack frame, and other names for it.
macro_rules! routine {
    ($(#[$documentation:meta])* $name:ident, [$($alias:literal),*], $($line:literal),*) => {
        $(#[$documentation])*
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name() {
            naked_asm!(
                $(concat!(".global ", $alias, "\n.thumb_func\n", $alias, ":"),)*
                $($line,)*
                concat!(".pushsection .stack_sizes,\"o\",%progbits,", stringify!($name)),
                concat!(".word ", stringify!($name)),
                ".byte 0",
                ".popsection",
            )
        }
    };
}

routine!(
    /// `void __aeabi_memcpy4(void *destination, const void *source, size_t length)`: both
    /// addresses are those of words.
    ///
    /// # Safety
    /// Both ranges are valid normal memory and do not overlap.
    __aeabi_memcpy4,
    ["__aeabi_memcpy8"],
    "subs r2, #8",
    "blo 2f",
    "1: ldrd r3, r12, [r1], #8",
    "strd r3, r12, [r0], #8",
    "subs r2, #8",
    "bhs 1b",
    "2: adds r2, #8",
    "it eq",
    "bxeq lr",
    "b.w __aeabi_memcpy"
);

routine!(
    /// `void __aeabi_memcpy(void *destination, const void *source, size_t length)`.
    ///
    /// # Safety
    /// Both ranges are valid normal memory and do not overlap.
    __aeabi_memcpy,
    [],
    "subs r2, #8",
    "blo 2f",
    "1: ldr r3, [r1], #4",
    "ldr r12, [r1], #4",
    "str r3, [r0], #4",
    "str r12, [r0], #4",
    "subs r2, #8",
    "bhs 1b",
    "2: ands r2, r2, #7",
    "it eq",
    "bxeq lr",
    "subs r2, #4",
    "blo 3f",
    "ldr r3, [r1], #4",
    "str r3, [r0], #4",
    "it eq",
    "bxeq lr",
    "3: and r2, r2, #3",
    "4: ldrb r3, [r1], #1",
    "strb r3, [r0], #1",
    "subs r2, #1",
    "bne 4b",
    "bx lr"
);

routine!(
    /// `void __aeabi_memclr(void *destination, size_t length)`, and
    /// `void __aeabi_memset(void *destination, size_t length, int byte)`.
    ///
    /// # Safety
    /// The range is valid normal memory.
    __aeabi_memclr,
    ["__aeabi_memclr4", "__aeabi_memclr8"],
    "movs r2, #0",
    ".global __aeabi_memset",
    ".thumb_func",
    "__aeabi_memset:",
    ".global __aeabi_memset4",
    ".thumb_func",
    "__aeabi_memset4:",
    ".global __aeabi_memset8",
    ".thumb_func",
    "__aeabi_memset8:",
    ".pushsection .stack_sizes,\"o\",%progbits,__aeabi_memclr",
    ".word __aeabi_memset",
    ".byte 0",
    ".popsection",
    "uxtb r2, r2",
    "orr r2, r2, r2, lsl #8",
    "orr r2, r2, r2, lsl #16",
    "subs r1, #8",
    "blo 2f",
    "1: str r2, [r0], #4",
    "str r2, [r0], #4",
    "subs r1, #8",
    "bhs 1b",
    "2: adds r1, #8",
    "it eq",
    "bxeq lr",
    "3: strb r2, [r0], #1",
    "subs r1, #1",
    "bne 3b",
    "bx lr"
);
