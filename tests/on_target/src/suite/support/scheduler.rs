// SPDX-License-Identifier: Apache-2.0
//! A preemptive scheduler: at each tick it switches to the next thread, wherever the last one is.
//!
//! The ticks have changing distances, so that threads which repeat a call are interrupted before
//! every instruction of it. Thread 0 starts the others, and continues after all of them have left
//! the secure world.

use core::arch::asm;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use client::scheduling::INTERRUPTED_IN_SECURE_WORLD;

use super::interrupt::{self, Interruption};
use super::threads::{
    self, RETURN_TO_THREAD, Stack, process_stack_pointer, set_process_stack_pointer,
};

/// Threads, without the one that starts them.
pub const THREADS: usize = 3;
/// Ticks of the timer between two switches: the minimum, and the range above it.
const LEAST_PERIOD_TICKS: u32 = 150;
const PERIODS: u32 = 251;
/// Coprime to the number of periods.
const STRIDE: u32 = 94;

/// CONTROL: unprivileged, on the process stack.
const UNPRIVILEGED: u32 = 1;
const PROCESS_STACK: u32 = 2;

/// The start values of a thread.
pub struct Thread {
    pub entry: extern "C" fn() -> !,
    pub privileged: bool,
}

/// The rule of a scheduler, beside saving and loading registers.
pub trait Policy: Sync {
    /// Whether it may leave the thread that was interrupted with this EXC_RETURN.
    fn may_leave(&self, running: usize, exception_return: u32) -> bool;
    /// The scheduler resumes this thread.
    fn resume(&self, next: usize);
}

/// Registers of a thread that waits: R0 to R12, EXC_RETURN, process stack pointer, CONTROL.
type Saved = [AtomicU32; 16];

static SAVED: [Saved; THREADS + 1] = [const { [const { AtomicU32::new(0) }; 16] }; THREADS + 1];
static STACKS: [Stack; THREADS] = [const { Stack::new() }; THREADS];
/// Number of threads, with the first.
static COUNT: AtomicUsize = AtomicUsize::new(0);
static RUNNING: AtomicUsize = AtomicUsize::new(0);
static TICKS_LEFT: AtomicU32 = AtomicU32::new(0);
/// Switches between threads that were both in the secure world.
static BOTH_INSIDE: AtomicU32 = AtomicU32::new(0);
/// Number of switches that the rule refused.
static STAYED: AtomicU32 = AtomicU32::new(0);
/// A thread has run with the stack or the rights of another.
static MIXED: AtomicBool = AtomicBool::new(false);
/// Tells threads to stay outside the secure world.
static ENDING: AtomicBool = AtomicBool::new(false);
static POLICY: AtomicUsize = AtomicUsize::new(0);

/// Results of a run.
pub struct Seen {
    /// Switches away from a thread in the secure world while another one was there too.
    pub both_inside: u32,
    /// Number of switches that the rule refused.
    pub stayed: u32,
}

/// Runs the threads for a number of ticks of the scheduler.
///
/// # Panics
/// If a thread has run with the stack or the rights of another.
pub fn run<P: Policy>(policy: &'static P, started: &[Thread], ticks: u32) -> Seen {
    COUNT.store(started.len() + 1, Ordering::Relaxed);
    RUNNING.store(0, Ordering::Relaxed);
    TICKS_LEFT.store(ticks, Ordering::Relaxed);
    BOTH_INSIDE.store(0, Ordering::Relaxed);
    STAYED.store(0, Ordering::Relaxed);
    MIXED.store(false, Ordering::Relaxed);
    ENDING.store(false, Ordering::Relaxed);
    for ((thread, stack), saved) in started.iter().zip(&STACKS).zip(&SAVED[1..]) {
        make(thread, stack, saved);
    }
    POLICY.store(core::ptr::from_ref(policy) as usize, Ordering::Relaxed);
    threads::on_process_stack(|| {
        interrupt::each(LEAST_PERIOD_TICKS, switch::<P>);
        // Runs again when the last tick is over.
        while TICKS_LEFT.load(Ordering::Relaxed) != 0 {}
    });
    assert!(
        !MIXED.load(Ordering::Relaxed),
        "frames of threads were mixed"
    );
    Seen {
        both_inside: BOTH_INSIDE.load(Ordering::Relaxed),
        stayed: STAYED.load(Ordering::Relaxed),
    }
}

/// Prepares a thread to begin at its entry.
fn make(thread: &Thread, stack: &Stack, saved: &Saved) {
    let frame = threads::prepare(stack, thread.entry as usize as u32);
    let control = PROCESS_STACK | u32::from(!thread.privileged);
    let state = [RETURN_TO_THREAD, frame, control];
    for (word, value) in saved.iter().skip(13).zip(state) {
        word.store(value, Ordering::Relaxed);
    }
}

/// The handler of a tick.
fn switch<P: Policy>(interruption: &mut Interruption) {
    interrupt::stop();
    // SAFETY: `run` stored the address of a policy of this type, which lives for ever.
    let policy = unsafe { &*(POLICY.load(Ordering::Relaxed) as *const P) };
    let left = TICKS_LEFT.load(Ordering::Relaxed).saturating_sub(1);
    let running = RUNNING.load(Ordering::Relaxed);
    let exception_return = interruption.exception_return;
    if !policy.may_leave(running, exception_return) {
        STAYED.fetch_add(1, Ordering::Relaxed);
        interrupt::each(period_ticks(left), switch::<P>);
        TICKS_LEFT.store(left, Ordering::Relaxed);
        ENDING.store(left == 0, Ordering::Relaxed);
        return;
    }
    let words = [exception_return, process_stack_pointer(), control()];
    let state = interruption.registers.iter().chain(&words);
    for (kept, word) in SAVED[running].iter().zip(state) {
        kept.store(*word, Ordering::Relaxed);
    }
    let count = COUNT.load(Ordering::Relaxed);
    let inside = |thread: usize| {
        SAVED[thread][13].load(Ordering::Relaxed) & INTERRUPTED_IN_SECURE_WORLD != 0
    };
    if inside(running) && (1..count).any(|thread| thread != running && inside(thread)) {
        BOTH_INSIDE.fetch_add(1, Ordering::Relaxed);
    }
    ENDING.store(left == 0, Ordering::Relaxed);
    let next = if left == 0 && !(1..count).any(inside) {
        0
    } else {
        running % (count - 1) + 1
    };
    policy.resume(next);
    let [registers @ .., exception_return, stack, control] = &SAVED[next];
    for (register, kept) in interruption.registers.iter_mut().zip(registers) {
        *register = kept.load(Ordering::Relaxed);
    }
    interruption.exception_return = exception_return.load(Ordering::Relaxed);
    exception_return.store(0, Ordering::Relaxed);
    set_process_stack_pointer(stack.load(Ordering::Relaxed));
    set_control(control.load(Ordering::Relaxed));
    RUNNING.store(next, Ordering::Relaxed);
    TICKS_LEFT.store(left, Ordering::Relaxed);
    if next != 0 {
        interrupt::each(period_ticks(left), switch::<P>);
    }
}

fn period_ticks(left: u32) -> u32 {
    LEAST_PERIOD_TICKS + left.wrapping_mul(STRIDE) % PERIODS
}

/// A thread calls this between its secure calls. It records a wrong stack or wrong rights, and
/// waits when threads have to stay outside.
pub fn check(number: usize, privileged: bool) {
    while ENDING.load(Ordering::Relaxed) {}
    let here = 0_u8;
    let stack = &STACKS[number - 1];
    let address = core::ptr::from_ref(core::hint::black_box(&here)) as u32;
    let own = address < stack.top() && address >= stack.bottom();
    if !own || (control() & UNPRIVILEGED == 0) != privileged {
        MIXED.store(true, Ordering::Relaxed);
    }
}

fn control() -> u32 {
    let control;
    // SAFETY: reads a register.
    unsafe { asm!("mrs {}, control", out(reg) control, options(nomem, nostack, preserves_flags)) };
    control
}

/// Sets CONTROL in handler mode; EXC_RETURN selects the stack.
fn set_control(control: u32) {
    // SAFETY: sets the rights of the thread that comes next; the handler stays privileged.
    unsafe {
        asm!("msr control, {}", "isb", in(reg) control, options(nomem, nostack, preserves_flags))
    };
}
