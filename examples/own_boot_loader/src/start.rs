// SPDX-License-Identifier: Apache-2.0
//! The jump into the image. From reset to `main` the loader goes by `armv8m::start`, as the images
//! of Casemate do.
#![allow(unsafe_code)] // assembly

use core::arch::naked_asm;

/// Starts the image whose vector table lies at this address, as a reset would: VTOR, no stack limit,
/// the stack pointer, and no value of the loader in a register.
pub fn start(vector_table: u32) -> ! {
    // SAFETY: the loader ends here and keeps no state on its stack.
    unsafe { jump(vector_table) }
}

#[unsafe(naked)]
unsafe extern "C" fn jump(vector_table: u32) -> ! {
    naked_asm!(
        "movw r1, #0xED08", // VTOR
        "movt r1, #0xE000",
        "str r0, [r1]",
        "dsb",
        "isb",
        "movs r1, #0",
        "msr msplim, r1",
        "ldr r1, [r0]",
        "msr msp, r1",
        "ldr lr, [r0, #4]",
        "movs r0, #0",
        "movs r1, #0",
        "movs r2, #0",
        "movs r3, #0",
        "mov r4, r0",
        "mov r5, r0",
        "mov r6, r0",
        "mov r7, r0",
        "mov r8, r0",
        "mov r9, r0",
        "mov r10, r0",
        "mov r11, r0",
        "mov r12, r0",
        "bx lr",
    )
}
