// SPDX-License-Identifier: Apache-2.0
//! Non-secure interrupts with a handler and a moment that the test chooses.
//!
//! The time of the emulator follows the executed instructions, and a tick of SysTick is shorter
//! than an instruction. A test that moves the interrupt tick by tick interrupts a call before every
//! instruction.

use core::arch::naked_asm;
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use nonsecure::systick;

/// Bit S of EXC_RETURN: the interrupted registers are on a secure stack.
const SECURE_STACK: u32 = 1 << 6;
/// Interrupt control and state register.
const INTERRUPT_CONTROL: *mut u32 = 0xE000_ED04 as *mut u32;
const PEND_SYSTICK: u32 = 1 << 26;
/// Time between the start of the timer and the first moment of [`at_every_moment`].
const LEAD_TICKS: u32 = 150;
/// Longest time of the waiting loop between the lead and the begin of the call.
const SLACK_TICKS: u32 = 25;
/// Longer than any call.
const NEVER_TICKS: u32 = 0x00ff_ffff;

/// Registers of the interrupted code, which the handler may change.
#[repr(C)]
pub struct Interruption {
    /// R0 to R12.
    pub registers: [u32; 13],
    /// EXC_RETURN of the handler.
    pub exception_return: u32,
}

impl Interruption {
    /// Whether secure code was interrupted, during a call.
    pub fn is_of_secure_code(&self) -> bool {
        self.exception_return & SECURE_STACK != 0
    }
}

/// The handler of an interrupt.
pub type Deed = fn(&mut Interruption);

/// Address of the current handler; 0 for none.
static DEED: AtomicUsize = AtomicUsize::new(0);
/// Interrupts of secure code since [`forget`].
static OF_SECURE_CODE: AtomicU32 = AtomicU32::new(0);
/// The longest time in ticks from an interrupt to its handler since [`forget`].
static LONGEST_WAIT: AtomicU32 = AtomicU32::new(0);

/// Runs `deed` in handler mode every `period_ticks` from now on.
pub fn each(period_ticks: u32, deed: Deed) {
    DEED.store(deed as usize, Ordering::Relaxed);
    systick::start_interrupt(period_ticks);
}

/// Runs `deed` in handler mode at once.
pub fn now(deed: Deed) {
    DEED.store(deed as usize, Ordering::Relaxed);
    // SAFETY: the bit only makes an exception of this world pending.
    unsafe { INTERRUPT_CONTROL.write_volatile(PEND_SYSTICK) };
}

/// Waits until the interrupt of [`each`] is pending, because it is masked.
pub fn await_pending() {
    // SAFETY: reads a status register of this world.
    while unsafe { INTERRUPT_CONTROL.read_volatile() } & PEND_SYSTICK == 0 {}
}

/// Waits until the interrupt of [`now`] is no longer pending.
pub fn await_none_pending() {
    // SAFETY: reads a status register of this world.
    while unsafe { INTERRUPT_CONTROL.read_volatile() } & PEND_SYSTICK != 0 {}
}

/// Stops the timer.
pub fn stop() {
    systick::stop();
    DEED.store(0, Ordering::Relaxed);
}

/// Resets the counts and the longest time.
pub fn forget() {
    OF_SECURE_CODE.store(0, Ordering::Relaxed);
    LONGEST_WAIT.store(0, Ordering::Relaxed);
}

/// How often secure code was interrupted.
pub fn count_of_secure_code() -> u32 {
    OF_SECURE_CODE.load(Ordering::Relaxed)
}

/// The longest time from an interrupt to its handler in ticks.
pub fn longest_wait_ticks() -> u32 {
    LONGEST_WAIT.load(Ordering::Relaxed)
}

/// Ticks that `work` takes.
pub fn duration_ticks(work: impl FnOnce()) -> u32 {
    start(NEVER_TICKS, |_| ());
    let begin = systick::elapsed_of_period_ticks();
    work();
    let end = systick::elapsed_of_period_ticks();
    stop();
    end - begin
}

/// Whether time follows the executed instructions, as these tests require: then the same work takes
/// the same time, except for rounding to a tick.
pub fn time_follows_instructions() -> bool {
    let durations_ticks: [u32; 8] = core::array::from_fn(|_| {
        duration_ticks(|| {
            for turn in 0..20_000 {
                core::hint::black_box(turn);
            }
        })
    });
    let longest = durations_ticks.iter().max();
    let shortest = durations_ticks.iter().min();
    longest
        .zip(shortest)
        .is_some_and(|(longest, shortest)| longest - shortest <= 2)
}

/// Runs `work` repeatedly while `deed` interrupts it, each time `stride_ticks` later, from before
/// its begin until `duration_ticks` after it.
pub fn at_every_moment(duration_ticks: u32, stride_ticks: u32, deed: Deed, mut work: impl FnMut()) {
    for moment in (0..duration_ticks).step_by(stride_ticks as usize) {
        after(moment, deed);
        work();
        stop();
    }
}

/// Interrupts the following code with `deed` after `moment_ticks`.
pub fn after(moment_ticks: u32, deed: Deed) {
    start(LEAD_TICKS + moment_ticks, deed);
}

/// Interrupts the following code with `deed`, `delay_ticks` after the start of the timer. Returns
/// at the end of the lead, so longer delays end after the return.
fn start(delay_ticks: u32, deed: Deed) {
    each(delay_ticks, deed);
    while systick::elapsed_of_period_ticks() < LEAD_TICKS - SLACK_TICKS {}
}

/// Saves all registers for the handler, and returns with the values that it leaves.
#[unsafe(naked)]
#[unsafe(no_mangle)]
extern "C" fn application_systick() {
    naked_asm!(
        "push {{r0-r12, lr}}",
        "mov r0, sp",
        "bl {interrupted}",
        "pop {{r0-r12, pc}}",
        interrupted = sym interrupted,
    )
}

extern "C" fn interrupted(interruption: &mut Interruption) {
    let waited_ticks = systick::elapsed_of_period_ticks();
    LONGEST_WAIT.fetch_max(waited_ticks, Ordering::Relaxed);
    if interruption.is_of_secure_code() {
        OF_SECURE_CODE.fetch_add(1, Ordering::Relaxed);
    }
    let deed = DEED.load(Ordering::Relaxed);
    if deed != 0 {
        // SAFETY: `each` stored the address of a function of this type.
        let deed: Deed = unsafe { core::mem::transmute(deed) };
        deed(interruption);
    }
}
