// SPDX-License-Identifier: Apache-2.0
//! Entry gateways: the veneers of the PSA client ABI and the way in and out.
//!
//! Principles:
//! * The stack is the lock. Between calls the process stack pointer rests at one value; a
//!   gateway that finds another one was entered while a call is open, or from handler mode, and
//!   answers `PSA_ERROR_CONNECTION_BUSY` without touching memory. No flag can be forgotten or
//!   raced: an exception that comes in between moves the stack pointer.
//! * Where threads may have secure stacks of their own (`gates`), each enters on its own, and the
//!   one stack of the services has a holder. The configuration gives the linker the names of the
//!   entries, `__call_entry` and its like; what they don't lead to is dropped.
//! * Callee-saved registers survive as the procedure call standard asks of the Rust functions
//!   behind; caller-saved ones are cleared on the way back, so that nothing secret is in them.
//! * The veneers lie at a fixed address in a fixed order (the linker script), so that a
//!   non-secure image stays linked to them from build to build.
//!
//! A crate of its own, because a non-secure image takes these names from the secure image and
//! may not have a second set. The image that links it gives the C functions `psa_version`,
//! `psa_call`, `psa_connect` and `psa_close`.
#![no_std]
#![allow(unsafe_code)]
#![cfg(target_arch = "arm")]

mod contexts;
mod gates;

use core::arch::naked_asm;

/// PSA_ERROR_CONNECTION_BUSY.
const CONNECTION_BUSY: i32 = -131;
/// FF-M 1.1.
const FRAMEWORK_VERSION: u32 = 0x0101;

/// Defines one veneer: SG, then a branch to its entry, a symbol.
macro_rules! veneer {
    ($name:ident, $section:literal, $entry:literal) => {
        /// Veneer; called from the non-secure world only.
        ///
        /// # Safety
        /// The non-secure world calls it; secure code has no reason to.
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        #[unsafe(link_section = $section)]
        pub unsafe extern "C" fn $name() {
            core::arch::naked_asm!(
                "sg",
                concat!("b.w ", $entry),
                concat!(
                    ".pushsection .stack_sizes,\"o\",%progbits,",
                    stringify!($name)
                ),
                concat!(".word ", stringify!($name)),
                ".byte 0",
                ".popsection",
            )
        }
    };
}
use veneer;

veneer!(
    tfm_psa_framework_version_veneer,
    ".gnu.sgstubs.1",
    "framework_version_entry"
);
veneer!(tfm_psa_version_veneer, ".gnu.sgstubs.2", "__version_entry");
veneer!(tfm_psa_call_veneer, ".gnu.sgstubs.3", "__call_entry");
veneer!(tfm_psa_connect_veneer, ".gnu.sgstubs.4", "__connect_entry");
veneer!(tfm_psa_close_veneer, ".gnu.sgstubs.5", "__close_entry");

/// `psa_framework_version`: a constant needs neither stack nor context.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn framework_version_entry() {
    naked_asm!(
        "movw r0, #{version}",
        "bxns lr",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        version = const FRAMEWORK_VERSION,
        name = sym framework_version_entry,
    )
}

/// Defines the way from a veneer to the C function `$function` and back, on the one stack.
macro_rules! entry {
    ($name:ident, $function:literal) => {
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name() {
            naked_asm!(
                "ldr r12, =__process_stack_idle",
                "cmp sp, r12",
                "bne.w {busy}",
                "push {{r4, lr}}",
                concat!("bl ", $function),
                "pop {{r4, lr}}",
                "b.w {leave}",
                ".pushsection .stack_sizes,\"o\",%progbits,{name}",
                ".word {name}",
                ".byte 8",
                ".popsection",
                busy = sym busy,
                leave = sym leave,
                name = sym $name,
            )
        }
    };
}

entry!(version_by_stack, "psa_version");
entry!(call_by_stack, "psa_call");
entry!(connect_by_stack, "psa_connect");
entry!(close_by_stack, "psa_close");

/// Answers "busy" without using the stack.
#[unsafe(naked)]
unsafe extern "C" fn busy() {
    naked_asm!(
        "mvn r0, #{below_minus_one}",
        "b.w {leave}",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        below_minus_one = const -CONNECTION_BUSY - 1,
        leave = sym leave,
        name = sym busy,
    )
}

/// Clears the caller-saved registers but the result, and returns to the non-secure world.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        "mov r1, lr",
        "mov r2, lr",
        "mov r3, lr",
        "mov r12, lr",
        "msr apsr_nzcvq, lr",
        "bxns lr",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        name = sym leave,
    )
}
