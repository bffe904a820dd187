// SPDX-License-Identifier: Apache-2.0
//! Contexts of non-secure threads: the calls by which a scheduler gives each thread a gate of its
//! own (CMSIS-Core, `tz_context.h`). All answer 1 for success and 0 for failure, or an identity.
//!
//! A context is a gate ([`crate::gates`]) with its record behind the seal: the stack pointer of
//! the thread, 0 for a free context, and its limit. Identities count from 1; the shared
//! gate is that of threads without a context and is never told.
//!
//! Only handlers of the non-secure world come in. They run on the main stack, so the process
//! stack pointer is a register like others. They may interrupt each other: each change is made
//! with interrupts masked, some twenty instructions at most, and is whole to whoever comes
//! next. No stack is used. Whatever a scheduler asks for in whatever order, one stack pointer
//! belongs to one context and is loaded only together with its limit.

use core::arch::naked_asm;

use crate::gates::{ENTRY_BYTES, HOLDER, LOADED};
use crate::{leave, veneer};

/// `armv8m::start::STACK_SEAL`: no valid frame and no return address.
const STACK_SEAL: u32 = 0xFEF5_EDA5;
/// From the place where a gate rests: the stack pointer of its thread.
const POINTER: u32 = 8;
/// Behind it: the limit of that stack pointer.
const LIMIT: u32 = 12;

veneer!(
    TZ_InitContextSystem_S,
    ".gnu.sgstubs_contexts.1",
    "init_context_system"
);
veneer!(
    TZ_AllocModuleContext_S,
    ".gnu.sgstubs_contexts.2",
    "alloc_module_context"
);
veneer!(
    TZ_FreeModuleContext_S,
    ".gnu.sgstubs_contexts.3",
    "free_module_context"
);
veneer!(TZ_LoadContext_S, ".gnu.sgstubs_contexts.4", "load_context");
veneer!(
    TZ_StoreContext_S,
    ".gnu.sgstubs_contexts.5",
    "store_context"
);

/// What a function without use of the stack tells the tool that proves the stacks' bounds.
macro_rules! no_stack {
    () => {
        ".pushsection .stack_sizes,\"o\",%progbits,{name}\n.word {name}\n.byte 0\n.popsection"
    };
}

/// Fails for callers that are no handler.
macro_rules! handler_only {
    () => {
        "mrs r1, ipsr\ncmp r1, #0\nbeq.w {fail}"
    };
}

/// R1 becomes the place where the gate of the context R0 rests; fails where there is none.
macro_rules! find {
    () => {
        "subs r1, r0, #1\n\
         ldr r2, =__nonsecure_contexts\n\
         cmp r1, r2\n\
         bhs.w {fail}\n\
         ldr r2, =__gate_stride_bytes\n\
         mul r1, r1, r2\n\
         ldr r2, =__first_gate_idle\n\
         add r1, r2"
    };
}

/// Answers 0, interrupts no longer masked.
#[unsafe(naked)]
unsafe extern "C" fn fail() {
    naked_asm!(
        "cpsie i",
        "movs r0, #0",
        "b.w {leave}",
        no_stack!(),
        leave = sym leave,
        name = sym fail,
    )
}

/// Answers 1, interrupts no longer masked.
#[unsafe(naked)]
unsafe extern "C" fn succeed() {
    naked_asm!(
        "cpsie i",
        "movs r0, #1",
        "b.w {leave}",
        no_stack!(),
        leave = sym leave,
        name = sym succeed,
    )
}

/// `TZ_InitContextSystem_S`: from the start on no context is taken.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn init_context_system() {
    naked_asm!(
        handler_only!(),
        "b.w {succeed}",
        no_stack!(),
        fail = sym fail,
        succeed = sym succeed,
        name = sym init_context_system,
    )
}

/// `TZ_AllocModuleContext_S`, for any module: takes the first free context and answers its
/// identity.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn alloc_module_context() {
    naked_asm!(
        handler_only!(),
        "movs r0, #1",
        "ldr r1, =__first_gate_idle",
        "1: ldr r2, =__nonsecure_contexts",
        "cmp r0, r2",
        "bhi.w {fail}",
        "cpsid i",
        "ldr r2, [r1, #{pointer}]",
        "cbnz r2, 2f",
        "str r1, [r1, #{pointer}]",
        "ldr r2, =__gate_bytes",
        "subs r2, r1, r2",
        "str r2, [r1, #{limit}]",
        "ldr r2, ={seal}",
        "str r2, [r1]",
        "str r2, [r1, #4]",
        "cpsie i",
        "b.w {leave}",
        "2: cpsie i",
        "ldr r2, =__gate_stride_bytes",
        "add r1, r2",
        "adds r0, #1",
        "b 1b",
        no_stack!(),
        pointer = const POINTER,
        limit = const LIMIT,
        seal = const STACK_SEAL,
        fail = sym fail,
        leave = sym leave,
        name = sym alloc_module_context,
    )
}

/// `TZ_FreeModuleContext_S`: what lies on the gate is dropped. A context that holds the stack of
/// the services is not freed, since a partition is in the middle of its work.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn free_module_context() {
    naked_asm!(
        handler_only!(),
        find!(),
        "cpsid i",
        "ldr r2, [r1, #{pointer}]",
        "cmp r2, #0",
        "beq.w {fail}",
        "ldr r2, ={holder}",
        "ldr r2, [r2]",
        "add r2, #{entry_bytes}",
        "cmp r2, r1",
        "beq.w {fail}",
        "movs r2, #0",
        "str r2, [r1, #{pointer}]",
        // The shared gate takes the place of the loaded one.
        "ldr r3, ={loaded}",
        "ldr r0, [r3]",
        "cmp r0, r1",
        "bne.w {succeed}",
        "ldr r1, =__thread_stack_seal",
        "str r1, [r3]",
        "msr psplim, r2",
        "ldrd r2, r3, [r1, #{pointer}]",
        "msr psp, r2",
        "msr psplim, r3",
        "b.w {succeed}",
        no_stack!(),
        pointer = const POINTER,
        entry_bytes = const ENTRY_BYTES,
        holder = sym HOLDER,
        loaded = sym LOADED,
        fail = sym fail,
        succeed = sym succeed,
        name = sym free_module_context,
    )
}

/// `TZ_LoadContext_S`: the stack pointer that is loaded goes back to its context, that of context
/// R0 takes its place.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn load_context() {
    naked_asm!(
        handler_only!(),
        find!(),
        "b.w {exchange}",
        no_stack!(),
        exchange = sym exchange,
        fail = sym fail,
        name = sym load_context,
    )
}

/// `TZ_StoreContext_S`: the stack pointer goes back to context R0, if it is loaded, and the shared
/// gate takes its place.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn store_context() {
    naked_asm!(
        handler_only!(),
        find!(),
        "ldr r2, ={loaded}",
        "ldr r2, [r2]",
        "cmp r2, r1",
        "bne.w {fail}",
        "ldr r1, =__thread_stack_seal",
        "b.w {exchange}",
        no_stack!(),
        loaded = sym LOADED,
        exchange = sym exchange,
        fail = sym fail,
        name = sym store_context,
    )
}

/// Loads the gate that rests at R1, if somebody has it.
#[unsafe(naked)]
unsafe extern "C" fn exchange() {
    naked_asm!(
        "ldr r12, ={loaded}",
        "cpsid i",
        "ldr r0, [r12]",
        "cmp r0, r1",
        "beq.w {succeed}",
        "ldrd r2, r3, [r1, #{pointer}]",
        "cmp r2, #0",
        "beq.w {fail}",
        "str r1, [r12]",
        "mrs r1, psp",
        "mrs r12, psplim",
        "strd r1, r12, [r0, #{pointer}]",
        // In between no limit holds, whichever of the stacks lies higher.
        "movs r0, #0",
        "msr psplim, r0",
        "msr psp, r2",
        "msr psplim, r3",
        "b.w {succeed}",
        no_stack!(),
        pointer = const POINTER,
        loaded = sym LOADED,
        fail = sym fail,
        succeed = sym succeed,
        name = sym exchange,
    )
}
