// SPDX-License-Identifier: Apache-2.0
//! A second non-secure thread, to which the timer switches during a call of the first, as the
//! scheduler of an operating system does.
//!
//! Both threads use the non-secure process stack pointer, and handlers the main stack. The second
//! thread makes its calls and then switches back.

use core::arch::{asm, naked_asm};
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use client::Gateway;
use client::Status;
use client::veneers::Veneers;
use psa::service::CRYPTO;

use super::busy::assert_busy;
use super::interrupt::{self, Interruption};
use super::raw_calls;

const STACK_BYTES: usize = 2048;
/// EXC_RETURN to a non-secure thread on the process stack.
pub const RETURN_TO_THREAD: u32 = 0xFFFF_FFBC;
/// xPSR of a thread that begins.
const THUMB: u32 = 1 << 24;
/// Exception frame, which the processor unstacks at the end of a handler.
const FRAME_WORDS: usize = 8;

/// The stack of a thread.
#[repr(align(8))]
pub struct Stack(UnsafeCell<[u8; STACK_BYTES]>);

// SAFETY: only the processor uses the memory, by the stack pointer of one thread or of handlers.
unsafe impl Sync for Stack {}

impl Stack {
    pub const fn new() -> Self {
        Self(UnsafeCell::new([0; STACK_BYTES]))
    }

    /// Its lowest address.
    pub fn bottom(&self) -> u32 {
        self.0.get() as u32
    }

    /// Its top.
    pub fn top(&self) -> u32 {
        self.0.get() as u32 + STACK_BYTES as u32
    }
}

static HANDLER_STACK: Stack = Stack::new();
static SECOND_STACK: Stack = Stack::new();

/// Registers of the first thread while it waits: R0 to R12, EXC_RETURN, process stack pointer.
static FIRST: [AtomicU32; 15] = [const { AtomicU32::new(0) }; 15];
/// Entry of the second thread.
static SECOND: AtomicU32 = AtomicU32::new(0);
/// The first thread was interrupted in the secure world.
static IS_CALL_OPEN: AtomicBool = AtomicBool::new(false);
/// Calls that the second thread made while one was open.
static TURNED_AWAY: AtomicU32 = AtomicU32::new(0);

/// Runs `work` repeatedly, as [`interrupt::at_every_moment`] does, while the second thread makes
/// calls.
pub fn interrupt_at_every_moment(duration_ticks: u32, stride_ticks: u32, work: impl FnMut()) {
    let mut work = work;
    let entry = second as extern "C" fn() -> ! as usize as u32;
    SECOND.store(entry, Ordering::Relaxed);
    TURNED_AWAY.store(0, Ordering::Relaxed);
    on_process_stack(|| {
        interrupt::at_every_moment(duration_ticks, stride_ticks, to_second, &mut work);
    });
    assert!(TURNED_AWAY.load(Ordering::Relaxed) > 0);
}

/// Runs `work` and starts `entry` as the second thread during a call; it does not return.
pub fn enter_in_a_call(entry: extern "C" fn() -> !, work: impl FnMut()) {
    let mut work = work;
    SECOND.store(entry as usize as u32, Ordering::Relaxed);
    on_process_stack(|| {
        let duration_ticks = interrupt::duration_ticks(&mut work);
        interrupt::after(duration_ticks / 2, to_second);
        work();
    });
}

/// Saves the first thread and starts the second.
fn to_second(interruption: &mut Interruption) {
    interrupt::stop();
    IS_CALL_OPEN.store(interruption.is_of_secure_code(), Ordering::Relaxed);
    let state = [interruption.exception_return, process_stack_pointer()];
    let state = interruption.registers.iter().chain(&state);
    for (kept, word) in FIRST.iter().zip(state) {
        kept.store(*word, Ordering::Relaxed);
    }
    set_process_stack_pointer(frame(SECOND.load(Ordering::Relaxed)));
    interruption.exception_return = RETURN_TO_THREAD;
}

/// Starts `entry` as the second thread and drops the interrupted one.
pub fn begin(interruption: &mut Interruption, entry: extern "C" fn() -> !) {
    set_process_stack_pointer(frame(entry as usize as u32));
    interruption.exception_return = RETURN_TO_THREAD;
}

/// Starts `entry` as the second thread and saves the first, for [`to_first`].
pub fn exchange(interruption: &mut Interruption, entry: extern "C" fn() -> !) {
    SECOND.store(entry as usize as u32, Ordering::Relaxed);
    to_second(interruption);
}

/// Writes a frame to the stack of the second thread, which does not run, so that it begins at
/// `entry`.
pub fn frame(entry: u32) -> u32 {
    prepare(&SECOND_STACK, entry)
}

/// The same for any stack of a thread that does not run.
pub fn prepare(stack: &Stack, entry: u32) -> u32 {
    let frame = stack.top() - 4 * FRAME_WORDS as u32;
    // SAFETY: the frame lies within the stack of a thread that does not run.
    unsafe { (frame as *mut [u32; FRAME_WORDS]).write([0, 0, 0, 0, 0, 0, entry, THUMB]) };
    frame
}

/// Resumes the first thread.
pub fn to_first(interruption: &mut Interruption) {
    interrupt::stop();
    let [registers @ .., exception_return, stack] = &FIRST;
    for (register, kept) in interruption.registers.iter_mut().zip(registers) {
        *register = kept.load(Ordering::Relaxed);
    }
    interruption.exception_return = exception_return.load(Ordering::Relaxed);
    set_process_stack_pointer(stack.load(Ordering::Relaxed));
}

/// The second thread.
extern "C" fn second() -> ! {
    if IS_CALL_OPEN.load(Ordering::Relaxed) {
        assert_busy();
        TURNED_AWAY.fetch_add(1, Ordering::Relaxed);
    } else {
        assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
        assert_eq!(raw_calls::call(0, 0, 0, 0), Status::PROGRAMMER_ERROR);
    }
    interrupt::now(to_first);
    loop {}
}

pub fn process_stack_pointer() -> u32 {
    let stack;
    // SAFETY: reads a register.
    unsafe { asm!("mrs {}, psp", out(reg) stack, options(nomem, nostack, preserves_flags)) };
    stack
}

pub fn set_process_stack_pointer(stack: u32) {
    // SAFETY: handler mode is on the main stack; `stack` is that of the thread that comes next.
    unsafe { asm!("msr psp, {}", in(reg) stack, options(nomem, nostack, preserves_flags)) };
}

/// Runs `work` on the process stack; handlers use another stack meanwhile.
pub fn on_process_stack<W: FnMut()>(mut work: W) {
    extern "C" fn run<W: FnMut()>(work: *mut W) {
        // SAFETY: `on_process_stack` passes its own `work` and waits.
        unsafe { (*work)() }
    }
    // SAFETY: only handlers use this stack; the function takes this argument.
    unsafe { exchange_stacks(HANDLER_STACK.top(), run::<W>, &raw mut work) }
}

/// Makes the current stack the process stack, and `main_stack` the stack of handlers, until `work`
/// has returned.
///
/// # Safety
/// `main_stack` is the top of an unused stack; `work` may be called with `argument`.
#[unsafe(naked)]
unsafe extern "C" fn exchange_stacks<W>(
    main_stack: u32,
    work: extern "C" fn(*mut W),
    argument: *mut W,
) {
    naked_asm!(
        "push {{r4, lr}}",
        "mov r3, sp",
        "msr psp, r3",
        "movs r3, #2", // SPSEL: thread mode uses the process stack
        "msr control, r3",
        "isb",
        "msr msp, r0",
        "mov r0, r2",
        "blx r1",
        "mrs r0, psp",
        "msr msp, r0",
        "movs r3, #0",
        "msr control, r3",
        "isb",
        "pop {{r4, pc}}",
    )
}
