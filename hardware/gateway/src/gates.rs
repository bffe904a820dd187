// SPDX-License-Identifier: Apache-2.0
//! The way in where non-secure threads have secure stacks of their own.
//!
//! A gate is a small stack with a place at which it rests. A thread enters on the gate that is
//! loaded, and an interrupt puts its frame there: frames of two threads never lie on one stack,
//! and a scheduler may resume threads in any order. The loaded gate is the lock of its thread, as
//! the process stack is without gates: who finds the stack pointer elsewhere is answered "busy".
//!
//! The services have one stack, `.process_stack`. Its holder is a word, 0 for none, else the
//! stack pointer on the gate that the holder comes from, by which it finds its way back. Only
//! the exclusive store takes it, and the processor clears the exclusive monitor at each exception:
//! who is interrupted between test and store tries again. The holder lets go of it when it is back
//! on its gate.
//!
//! While the stack pointer is on a gate its limit is that of the gate, or that of the services,
//! which lies lower. Both belong to the thread and change with it ([`crate::contexts`]).

use core::arch::{global_asm, naked_asm};
use core::cell::UnsafeCell;

use crate::{busy, leave};

unsafe extern "C" {
    /// Where the gate rests that all threads without their own share.
    fn __thread_stack_seal();
}

/// An address that the linker knows, in a word that assembly changes.
#[repr(transparent)]
pub struct Place(UnsafeCell<unsafe extern "C" fn()>);

// SAFETY: only the assembly of this crate uses the word, by single loads and stores.
unsafe impl Sync for Place {}

/// Where the loaded gate rests.
pub static LOADED: Place = Place(UnsafeCell::new(__thread_stack_seal));

/// A word that assembly changes.
#[repr(transparent)]
pub struct Word(UnsafeCell<u32>);

// SAFETY: as for `Place`.
unsafe impl Sync for Word {}

/// The stack pointer on the holder's gate, or 0.
pub static HOLDER: Word = Word(UnsafeCell::new(0));

/// What an entry pushes on its gate: R4, R5, the gate's limit, LR. `configure::gates` makes room
/// for it, and the linker compares the two by the symbol.
pub const ENTRY_BYTES: u32 = 16;

global_asm!(
    ".global __gate_entry_bytes",
    ".set __gate_entry_bytes, {entry_bytes}",
    entry_bytes = const ENTRY_BYTES,
);

/// Defines the way from a veneer to the C function `$function` and back.
macro_rules! entry {
    ($name:ident, $function:literal) => {
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name() {
            naked_asm!(
                "ldr r12, ={loaded}",
                "ldr r12, [r12]",
                "cmp sp, r12",
                "bne.w {busy}",
                "mrs r12, psplim",
                "push {{r4, r5, r12, lr}}",
                "bl {take}",
                "cbnz r4, 2f",
                concat!("bl ", $function),
                "bl {give_back}",
                "pop {{r4, r5, r12, lr}}",
                "b.w {leave}",
                "2: pop {{r4, r5, r12, lr}}",
                "b.w {busy}",
                ".pushsection .stack_sizes,\"o\",%progbits,{name}",
                ".word {name}",
                ".byte 16",
                ".popsection",
                loaded = sym LOADED,
                take = sym take,
                give_back = sym give_back,
                busy = sym busy,
                leave = sym leave,
                name = sym $name,
            )
        }
    };
}

entry!(version_by_gate, "psa_version");
entry!(call_by_gate, "psa_call");
entry!(connect_by_gate, "psa_connect");
entry!(close_by_gate, "psa_close");

/// Takes the stack of the services: R4 is 0 then, and else the stack pointer of its holder.
/// Changes R5 and R12.
#[unsafe(naked)]
unsafe extern "C" fn take() {
    naked_asm!(
        "ldr r12, ={holder}",
        "1: ldrex r4, [r12]",
        "cbnz r4, 2f",
        "mov r4, sp",
        "strex r5, r4, [r12]",
        "cmp r5, #0",
        "bne 1b",
        // The lower limit comes first: it holds on both stacks.
        "ldr r4, =__process_stack_limit",
        "msr psplim, r4",
        "ldr r4, =__process_stack_idle",
        "mov sp, r4",
        "movs r4, #0",
        "2: bx lr",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        holder = sym HOLDER,
        name = sym take,
    )
}

/// Goes back to the gate, then lets go of the stack of the services. Changes R4, R5 and R12.
#[unsafe(naked)]
unsafe extern "C" fn give_back() {
    naked_asm!(
        "ldr r12, ={holder}",
        "ldr r4, [r12]",
        "mov sp, r4",
        "ldr r5, [sp, #8]",
        "msr psplim, r5",
        "movs r4, #0",
        "str r4, [r12]",
        "bx lr",
        ".pushsection .stack_sizes,\"o\",%progbits,{name}",
        ".word {name}",
        ".byte 0",
        ".popsection",
        holder = sym HOLDER,
        name = sym give_back,
    )
}
