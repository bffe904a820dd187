// SPDX-License-Identifier: Apache-2.0
//! Faults: from the exception to a record that says what, where and who.
//!
//! Every fault that comes to the secure state is fatal. The handler never trusts a stack
//! pointer: it reads the stacked frame only from a secure stack's own bounds, or from
//! non-secure memory after the same check that a caller's buffer gets. What of that may be
//! recorded is decided in `diagnostics`.

use core::arch::{asm, naked_asm};
use core::ops::Range;

use diagnostics::fault::stacked::{ExceptionReturn, STACKING_FAILED};
use diagnostics::fault::{FaultRecord, Frame, Interrupted};
use spm::{Access, AddressRange, Memory};

use crate::memory::NonSecureMemory;
use crate::mmio::Register;

// SAFETY: fault status registers of the secure state (DDI 0553, D1.2).
const CONFIGURABLE_FAULT_STATUS: Register = unsafe { Register::new(0xE000_ED28) };
// SAFETY: as above.
const HARD_FAULT_STATUS: Register = unsafe { Register::new(0xE000_ED2C) };
// SAFETY: as above.
const BUS_FAULT_ADDRESS: Register = unsafe { Register::new(0xE000_ED38) };
// SAFETY: as above.
const SECURE_FAULT_STATUS: Register = unsafe { Register::new(0xE000_EDE4) };
// SAFETY: as above.
const SECURE_FAULT_ADDRESS: Register = unsafe { Register::new(0xE000_EDE8) };
// SAFETY: as above, that of the non-secure state.
const NON_SECURE_STATUS: Register = unsafe { Register::new(0xE002_ED28) };

const BUS_FAULT_ADDRESS_VALID: u32 = 1 << 15;
const SECURE_FAULT_ADDRESS_VALID: u32 = 1 << 6;

const CONTROL_PROCESS_STACK: u32 = 1 << 1;

/// R0 to R3, R12, LR, the return address, xPSR.
const FRAME_WORDS: usize = 8;
const FRAME_BYTES: u32 = 32;
/// The processor aligns each frame so.
const FRAME_ALIGNMENT_BYTES: u32 = 8;

unsafe extern "C" {
    fn __main_stack_limit();
    fn __main_stack_idle();
    fn __process_stack_limit();
    fn __process_stack_seal();
    fn __code_end();
    /// The vector table of the image, where its code begins.
    fn SECURE_VECTORS();
}

unsafe extern "Rust" {
    /// The image's last word on a fault: it prints, then resets or halts.
    safe fn on_fault(record: &mut FaultRecord, exception_return: ExceptionReturn) -> !;
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
        "ldr r1, =__main_stack_idle",
        "msr msp, r1",
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
    let exception_return = ExceptionReturn(exception_return);
    let configurable_status = CONFIGURABLE_FAULT_STATUS.read();
    let stack = if exception_return.is_on_process_stack() {
        stack_words(process_stack, __process_stack_limit, __process_stack_seal)
    } else {
        stack_words(main_stack, __main_stack_limit, __main_stack_idle)
    };
    let program_counter = exception_return.program_counter(stack, configurable_status, code());
    let mut record = FaultRecord {
        count: 1,
        exception: current_exception(),
        configurable_status,
        secure_status: SECURE_FAULT_STATUS.read(),
        hard_status: HARD_FAULT_STATUS.read(),
        thread: exception_return.is_of_thread(),
        interrupted: Interrupted::Secure { program_counter },
        call: None,
    };
    on_fault(&mut record, exception_return)
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

/// The addresses of the image's instructions, its vector table included.
fn code() -> Range<u32> {
    let (start, end): (Symbol, Symbol) = (SECURE_VECTORS, __code_end);
    start as usize as u32..end as usize as u32
}

/// The words of a secure stack from the stack pointer up to `top`; none if it does not point there.
/// At its limit there is nothing that the processor could keep.
fn stack_words(pointer: u32, limit: Symbol, top: Symbol) -> &'static [u32] {
    let (limit, top) = (limit as usize as u32, top as usize as u32);
    if pointer <= limit || pointer > top || !pointer.is_multiple_of(FRAME_ALIGNMENT_BYTES) {
        return &[];
    }
    let words = (top - pointer) / 4;
    // SAFETY: the words lie within the stack, aligned; their owner is interrupted for good, and
    // this handler is below them.
    unsafe { core::slice::from_raw_parts(pointer as *const u32, words as usize) }
}

/// Tells instead where the non-secure world was, if that was interrupted. An image that has such a
/// world does so first of all; the boot ROM has none.
pub fn tell_of_non_secure_code(record: &mut FaultRecord, exception_return: ExceptionReturn) {
    if exception_return.is_of_secure_code() {
        return;
    }
    let address = if record.secure_status & SECURE_FAULT_ADDRESS_VALID != 0 {
        Some(SECURE_FAULT_ADDRESS.read())
    } else if record.configurable_status & BUS_FAULT_ADDRESS_VALID != 0 {
        Some(BUS_FAULT_ADDRESS.read())
    } else {
        None
    };
    // An unprivileged thread that points its stack pointer at what it may not read has no frame
    // there.
    let status = record.configurable_status | NON_SECURE_STATUS.read();
    let frame = if status & STACKING_FAILED == 0 {
        non_secure_frame(record.thread)
    } else {
        None
    };
    record.interrupted = Interrupted::NonSecure { frame, address };
}

/// The frame on the non-secure stack in use, if the non-secure world may read it.
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
        let [.., link, program_counter, _] =
            unsafe { (stack as *const [u32; FRAME_WORDS]).read_volatile() };
        Frame {
            program_counter,
            link,
        }
    })
}
