// SPDX-License-Identifier: Apache-2.0
//! Reset of an image: vector table, stack limit and seal, initial memory, then `main`.
//!
//! The images' linker scripts give the symbols. Both secure stacks carry the stack seal at their
//! top, which is no valid exception frame and no return address, so that a forged EXC_RETURN or
//! FNC_RETURN from the non-secure world faults (Arm, "Stack sealing", CVE-2020-16273).

use core::arch::naked_asm;
use core::hint::black_box;

use boot::VerifiedImage;
use boot::hardened::PROVEN;

use crate::mpu::READ_ONLY;
use crate::system;

/// The stack seal, stored twice at the top of each secure stack.
pub const STACK_SEAL: u32 = 0xFEF5_EDA5;

/// A word of a vector table: the initial stack pointer or a handler.
#[repr(C)]
pub union Vector {
    /// A handler; also the initial stack pointer, given by the linker as a symbol's address.
    pub(crate) handler: unsafe extern "C" fn(),
    /// An entry that the architecture reserves.
    reserved: u32,
}

unsafe extern "C" {
    fn __main_stack_idle();
}

/// Vector table of the boot ROM and the secure firmware: reset and faults, nothing else.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".vectors")]
static SECURE_VECTORS: [Vector; 16] = {
    const FAULT: Vector = Vector {
        handler: crate::fault::fault_entry,
    };
    const RESERVED: Vector = Vector { reserved: 0 };
    [
        Vector {
            handler: __main_stack_idle,
        },
        Vector { handler: reset },
        FAULT, // NMI
        FAULT, // HardFault
        FAULT, // MemManage
        FAULT, // BusFault
        FAULT, // UsageFault
        FAULT, // SecureFault
        RESERVED,
        RESERVED,
        RESERVED,
        FAULT, // SVCall: no secure code uses it, so whoever comes here is an intruder
        FAULT, // DebugMonitor
        RESERVED,
        FAULT, // PendSV
        FAULT, // SysTick
    ]
};

/// First instruction of an image. Sets the stack limit, seals the main stack, copies `.data`,
/// clears `.bss` and calls `main`.
///
/// # Safety
/// Only the processor at reset, or a loader that has set the stack pointer from the vector
/// table, may come here.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reset() {
    naked_asm!(
        "ldr r0, =__main_stack_limit",
        "msr msplim, r0",
        "ldr r0, ={seal}",
        "mov r1, sp",
        "str r0, [r1]",
        "str r0, [r1, #4]",
        "ldr r0, =__data_load_start",
        "ldr r1, =__data_start",
        "ldr r2, =__data_end",
        "1: cmp r1, r2",
        "ittt lo",
        "ldrlo r3, [r0], #4",
        "strlo r3, [r1], #4",
        "blo 1b",
        "ldr r1, =__bss_start",
        "ldr r2, =__bss_end",
        "movs r3, #0",
        "2: cmp r1, r2",
        "itt lo",
        "strlo r3, [r1], #4",
        "blo 2b",
        "bl main",
        "udf #0",
        ".pushsection .stack_sizes,\"o\",%progbits,reset",
        ".word reset",
        ".byte 0",
        ".popsection",
        seal = const STACK_SEAL,
    )
}

/// Starts the image that the verifier accepted, as a reset would. The type is the permission:
/// no other code can make one. Its proof is computed twice, for one fault may make it superfluous
/// once; the second time, it has the address in it (`boot::hardened`).
pub fn start_verified(image: &VerifiedImage<'_>) -> ! {
    if image.proof() != PROVEN {
        system::fail();
    }
    let vector_table = image.payload().as_ptr() as u32;
    let proof = black_box(image).proof();
    // SAFETY: the payload begins with the vector table of an authentic image, and the caller,
    // who gave up its stack by not expecting a return, keeps no state.
    unsafe { start_image(vector_table ^ PROVEN, proof) }
}

/// Starts the image whose vector table lies at the exclusive or of both arguments, in the current
/// world, as a reset would: vector table, stack pointer, then its reset handler. Registers are
/// cleared.
///
/// From its vector table on the image may be executed now, and no longer be written: the last of
/// the regions of memory (`crate::mpu`) is given that start, so that it takes the proof to open it.
///
/// # Safety
/// The vector table and the image are those that the verifier accepted.
#[unsafe(naked)]
unsafe extern "C" fn start_image(hidden: u32, proof: u32) -> ! {
    naked_asm!(
        "eors r0, r1",
        "movw r1, #0xED08", // VTOR
        "movt r1, #0xE000",
        "str r0, [r1]",
        "orr r2, r0, #{read_only}",
        "str r2, [r1, #0x94]", // RBAR
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
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        read_only = const READ_ONLY,
        name = sym start_image,
    )
}
