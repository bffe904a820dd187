// SPDX-License-Identifier: Apache-2.0
//! The step into the non-secure world.

use core::arch::naked_asm;

use crate::mmio::Register;

// SAFETY: VTOR of the non-secure state, seen from the secure one (DDI 0553, D1.2).
const VECTOR_TABLE: Register = unsafe { Register::new(0xE002_ED08) };

/// Starts the non-secure image whose vector table lies at `vector_table` (128-byte aligned, in
/// non-secure memory), and leaves the secure main stack empty and the process stack idle. The
/// processor loads the image's stack pointer and entry as non-secure values, so a hostile table
/// harms its own world only.
///
/// Never returns: should the non-secure entry return, it meets the seal, and the device stops.
pub fn start(vector_table: u32) -> ! {
    VECTOR_TABLE.write(vector_table);
    // SAFETY: the init code on the main stack ends here; the function below never returns.
    unsafe { enter(vector_table) }
}

/// What a non-secure function has in LR when secure code called it: its return is one to the top
/// of the secure stack, where the seal is.
const FUNCTION_RETURN: u32 = 0xFEFF_FFFF;

/// Seals the stack on which threads enter, makes it the thread's stack, empties the main stack and
/// branches.
#[unsafe(naked)]
unsafe extern "C" fn enter(vector_table: u32) -> ! {
    naked_asm!(
        // The main stack is from now on that of exceptions only; its seal lies at the idle value.
        "ldr r1, =__main_stack_idle",
        "msr msp, r1",
        "ldr r1, =__thread_stack_limit",
        "msr psplim, r1",
        "ldr r1, =__thread_stack_seal",
        "ldr r2, ={seal}",
        "str r2, [r1]",
        "str r2, [r1, #4]",
        "msr psp, r1",
        "mrs r2, control",
        "orr r2, r2, #2", // SPSEL: thread mode uses the process stack
        "msr control, r2",
        "isb",
        "ldr r1, [r0]",
        "msr msp_ns, r1",
        "ldr r0, [r0, #4]",
        "bic r0, r0, #1", // bit 0 clear: the target is non-secure
        "mov r1, #0",
        "mov r2, r1",
        "mov r3, r1",
        "mov r4, r1",
        "mov r5, r1",
        "mov r6, r1",
        "mov r7, r1",
        "mov r8, r1",
        "mov r9, r1",
        "mov r10, r1",
        "mov r11, r1",
        "mov r12, r1",
        "msr apsr_nzcvq, r1",
        "mvn lr, #{not_function_return}",
        "bxns r0",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        seal = const crate::start::STACK_SEAL,
        not_function_return = const !FUNCTION_RETURN,
        name = sym enter,
    )
}
