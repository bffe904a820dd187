// SPDX-License-Identifier: Apache-2.0
//! Faults: from the exception to a record that says what, where and who.
//!
//! Every fault that comes to the secure state is fatal. The handler never trusts a stack
//! pointer: it reads the stacked frame only from a secure stack's own bounds, or from
//! non-secure memory after the same check that a caller's buffer gets.

use core::arch::{asm, naked_asm};

use diagnostics::fault::{FaultRecord, Frame};
use spm::{Access, AddressRange, Memory};

use crate::memory::NonSecureMemory;
use crate::mmio::Register;

// SAFETY: fault status registers of the secure state (DDI 0553, D1.2).
const CONFIGURABLE_FAULT_STATUS: Register = unsafe { Register::new(0xE000_ED28) };
// SAFETY: as above.
const HARD_FAULT_STATUS: Register = unsafe { Register::new(0xE000_ED2C) };
// SAFETY: as above.
const MEMORY_FAULT_ADDRESS: Register = unsafe { Register::new(0xE000_ED34) };
// SAFETY: as above.
const BUS_FAULT_ADDRESS: Register = unsafe { Register::new(0xE000_ED38) };
// SAFETY: as above.
const SECURE_FAULT_STATUS: Register = unsafe { Register::new(0xE000_EDE4) };
// SAFETY: as above.
const SECURE_FAULT_ADDRESS: Register = unsafe { Register::new(0xE000_EDE8) };

const MEMORY_FAULT_ADDRESS_VALID: u32 = 1 << 7;
const BUS_FAULT_ADDRESS_VALID: u32 = 1 << 15;
const SECURE_FAULT_ADDRESS_VALID: u32 = 1 << 6;

/// EXC_RETURN: the frame lies on a secure stack.
const EXCEPTION_RETURN_SECURE_STACK: u32 = 1 << 6;
/// EXC_RETURN: the interrupted code was in thread mode.
const EXCEPTION_RETURN_THREAD: u32 = 1 << 3;
/// EXC_RETURN: the secure thread used the process stack.
const EXCEPTION_RETURN_PROCESS_STACK: u32 = 1 << 2;
const CONTROL_PROCESS_STACK: u32 = 1 << 1;

/// The part of an exception frame that says where: LR, return address, xPSR are its words 5 to 7.
const FRAME_WORDS: usize = 8;
const FRAME_BYTES: u32 = 32;

unsafe extern "C" {
    fn __main_stack_limit();
    fn __main_stack_idle();
    fn __process_stack_limit();
    fn __process_stack_seal();
}

unsafe extern "Rust" {
    /// The image's last word on a fault: it prints, then resets or halts.
    safe fn on_fault(record: &mut FaultRecord) -> !;
}

/// All exceptions of a secure image come here.
///
/// # Safety
/// Only the processor enters here, as an exception.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fault_entry() {
    naked_asm!(
        "mov r0, lr",
        "mrs r1, msp",
        "mrs r2, psp",
        // After a main stack overflow there is no frame to keep: with less left than the static
        // bound of the handler's own use, which the build puts in, start again at the top.
        "ldr r3, =__fault_handler_limit",
        "cmp r1, r3",
        "bhs 1f",
        "ldr r3, =__main_stack_idle",
        "msr msp, r3",
        "1: b.w {handle}",
        ".pushsection .stack_sizes,\"o\",%progbits,fault_entry",
        ".word fault_entry",
        ".byte 0",
        ".popsection",
        handle = sym handle,
    )
}

/// Collects the record and hands it to the image.
extern "C" fn handle(exception_return: u32, main_stack: u32, process_stack: u32) -> ! {
    let configurable_status = CONFIGURABLE_FAULT_STATUS.read();
    let secure_status = SECURE_FAULT_STATUS.read();
    let address = if secure_status & SECURE_FAULT_ADDRESS_VALID != 0 {
        Some(SECURE_FAULT_ADDRESS.read())
    } else if configurable_status & BUS_FAULT_ADDRESS_VALID != 0 {
        Some(BUS_FAULT_ADDRESS.read())
    } else if configurable_status & MEMORY_FAULT_ADDRESS_VALID != 0 {
        Some(MEMORY_FAULT_ADDRESS.read())
    } else {
        None
    };
    let secure = exception_return & EXCEPTION_RETURN_SECURE_STACK != 0;
    let thread = exception_return & EXCEPTION_RETURN_THREAD != 0;
    let frame = if !secure {
        None
    } else if exception_return & EXCEPTION_RETURN_PROCESS_STACK != 0 {
        secure_frame(process_stack, __process_stack_limit, __process_stack_seal)
    } else {
        secure_frame(main_stack, __main_stack_limit, __main_stack_idle)
    };
    on_fault(&mut FaultRecord {
        count: 1,
        exception: current_exception(),
        configurable_status,
        secure_status,
        hard_status: HARD_FAULT_STATUS.read(),
        address,
        frame,
        secure,
        thread,
        call: None,
    })
}

/// Number of the exception that is being handled, 0 in thread mode.
fn current_exception() -> u32 {
    let number: u32;
    // SAFETY: reads a status register.
    unsafe { asm!("mrs {}, ipsr", out(reg) number, options(nomem, nostack, preserves_flags)) };
    number
}

/// A symbol of the linker script; only its address means something.
type Symbol = unsafe extern "C" fn();

/// LR, PC, xPSR of a frame on a secure stack, if it lies whole within that stack.
fn secure_frame(stack: u32, limit: Symbol, top: Symbol) -> Option<Frame> {
    let inside = stack >= limit as usize as u32
        && stack <= (top as usize as u32).wrapping_sub(FRAME_BYTES)
        && stack.is_multiple_of(4);
    inside.then(|| {
        // SAFETY: 32 bytes from `stack` lie within the stack, aligned; its owner is interrupted.
        let [.., link, counter, status] =
            unsafe { (stack as *const [u32; FRAME_WORDS]).read_volatile() };
        Frame {
            link,
            program_counter: counter,
            program_status: status,
        }
    })
}

/// Adds the frame of the non-secure world to the record, if it was that which was interrupted. An
/// image that has such a world does so first of all; the boot ROM has none.
pub fn add_non_secure_frame(record: &mut FaultRecord) {
    if !record.secure {
        record.frame = non_secure_frame(record.thread);
    }
}

/// LR, PC, xPSR of a frame on the non-secure stack in use, if the non-secure world may read it.
fn non_secure_frame(thread: bool) -> Option<Frame> {
    let (main, process, control): (u32, u32, u32);
    // SAFETY: reads the stack pointers of the other world.
    unsafe {
        asm!(
            "mrs {}, msp_ns", "mrs {}, psp_ns", "mrs {}, control_ns",
            out(reg) main, out(reg) process, out(reg) control,
            options(nomem, nostack, preserves_flags),
        );
    }
    let on_process_stack = thread && control & CONTROL_PROCESS_STACK != 0;
    let stack = if on_process_stack { process } else { main };
    let range = AddressRange::new(stack, FRAME_BYTES)?;
    let readable = stack.is_multiple_of(4) && NonSecureMemory.permits(range, Access::Read);
    readable.then(|| {
        // SAFETY: `permits` has found 32 readable non-secure bytes there; they are copied once.
        let [.., link, counter, status] =
            unsafe { (stack as *const [u32; FRAME_WORDS]).read_volatile() };
        Frame {
            link,
            program_counter: counter,
            program_status: status,
        }
    })
}
