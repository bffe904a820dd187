// SPDX-License-Identifier: Apache-2.0
//! System control: fault enables, security of exceptions, reset, halt, barriers.

use core::arch::asm;

use crate::mmio::Register;

// SAFETY: System Control Block registers of every Armv8-M core (DDI 0553, D1.2).
const INTERRUPT_AND_RESET_CONTROL: Register = unsafe { Register::new(0xE000_ED0C) };
// SAFETY: as above.
const SYSTEM_HANDLER_CONTROL: Register = unsafe { Register::new(0xE000_ED24) };

// SAFETY: as above.
const NON_SECURE_COPROCESSORS: Register = unsafe { Register::new(0xE000_ED8C) };

const RESET_CONTROL_KEY: u32 = 0x05FA << 16;
/// Non-secure exceptions have lower priority than secure ones.
const PRIORITISE_SECURE: u32 = 1 << 14;
const RESET_REQUEST: u32 = 1 << 2;
/// MemManage, BusFault, UsageFault and SecureFault have their own handlers.
const ENABLE_FAULTS: u32 = 0b1111 << 16;

/// Gives the four configurable faults their handlers and keeps BusFault, HardFault and NMI secure.
/// The request of a reset is also the non-secure world's (decision 16).
pub fn enable_faults() {
    SYSTEM_HANDLER_CONTROL.set_bits(ENABLE_FAULTS);
    INTERRUPT_AND_RESET_CONTROL.write(RESET_CONTROL_KEY | PRIORITISE_SECURE);
    barrier();
}

/// Gives the non-secure world no floating point and no other coprocessor (NSACR), whatever the
/// register is at reset: its state would be the secure world's too.
pub fn keep_coprocessors() {
    NON_SECURE_COPROCESSORS.write(0);
}

/// Resets the device, from either world.
pub fn reset() -> ! {
    barrier();
    INTERRUPT_AND_RESET_CONTROL.write(RESET_CONTROL_KEY | RESET_REQUEST);
    halt()
}

/// Ends in the handler of faults, as an undefined instruction does: the record tells from where.
pub fn fail() -> ! {
    // SAFETY: the instruction is undefined for good; the fault that it raises never returns.
    unsafe { asm!("udf #0", options(nomem, nostack, noreturn)) }
}

/// Stops for good, with interrupts masked.
pub fn halt() -> ! {
    // SAFETY: masks interrupts and waits; touches nothing, and nothing runs after this. A jump
    // that a fault skips is there twice.
    unsafe {
        asm!(
            "cpsid i",
            "2: wfi",
            "b 2b",
            "b 2b",
            options(nomem, nostack, noreturn)
        )
    }
}

/// Completes all memory accesses and refetches instructions: after a change of the memory map.
pub fn barrier() {
    // SAFETY: barriers only order accesses.
    unsafe { asm!("dsb", "isb", options(nostack, preserves_flags)) };
}
