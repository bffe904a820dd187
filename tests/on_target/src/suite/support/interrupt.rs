// SPDX-License-Identifier: Apache-2.0
//! What an interrupt of the non-secure world does is chosen by the test, and when it comes.
//!
//! The emulator's time is a function of the instructions executed, and a tick of SysTick is less
//! than an instruction: a test that moves the interrupt on tick by tick has it come before every
//! single instruction of a call.

use core::arch::naked_asm;
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use nonsecure::systick;

/// EXC_RETURN: the registers of what was interrupted lie on a secure stack.
const SECURE_STACK: u32 = 1 << 6;
/// Interrupt control and state register.
const INTERRUPT_CONTROL: *mut u32 = 0xE000_ED04 as *mut u32;
const PEND_SYSTICK: u32 = 1 << 26;
/// How long before the first moment of [`at_every_moment`] the timer is started.
const LEAD_TICKS: u32 = 150;
/// What the loop that waits for the lead to end takes at most, before the call begins.
const SLACK_TICKS: u32 = 25;
/// Longer than any call.
const NEVER_TICKS: u32 = 0x00ff_ffff;

/// What the handler finds, and changes if it wants to.
#[repr(C)]
pub struct Interruption {
    /// R0 to R12.
    pub registers: [u32; 13],
    /// EXC_RETURN: where the handler goes back to.
    pub exception_return: u32,
}

impl Interruption {
    /// Whether the secure world was interrupted, which is in the middle of a call.
    pub fn is_of_secure_code(&self) -> bool {
        self.exception_return & SECURE_STACK != 0
    }
}

/// What an interrupt does.
pub type Deed = fn(&mut Interruption);

/// Address of the function to be run; 0 for none.
static DEED: AtomicUsize = AtomicUsize::new(0);
/// Interrupts of secure code since [`forget`].
static OF_SECURE_CODE: AtomicU32 = AtomicU32::new(0);
/// The longest time in ticks that an interrupt has waited since [`forget`], until the handler
/// has asked.
static LONGEST_WAIT: AtomicU32 = AtomicU32::new(0);

/// From now on runs `deed` in handler mode each `period_ticks`.
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

/// Waits until the interrupt of [`each`] waits too, because it is masked.
pub fn await_pending() {
    // SAFETY: reads a status register of this world.
    while unsafe { INTERRUPT_CONTROL.read_volatile() } & PEND_SYSTICK == 0 {}
}

/// Waits until the interrupt of [`now`] has come, which is at once.
pub fn await_none_pending() {
    // SAFETY: reads a status register of this world.
    while unsafe { INTERRUPT_CONTROL.read_volatile() } & PEND_SYSTICK != 0 {}
}

/// No more interrupts.
pub fn stop() {
    systick::stop();
    DEED.store(0, Ordering::Relaxed);
}

/// Begins to count and to measure anew.
pub fn forget() {
    OF_SECURE_CODE.store(0, Ordering::Relaxed);
    LONGEST_WAIT.store(0, Ordering::Relaxed);
}

/// How often secure code was interrupted.
pub fn count_of_secure_code() -> u32 {
    OF_SECURE_CODE.load(Ordering::Relaxed)
}

/// How long an interrupt has waited at most, the way into the handler included.
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

/// Whether time is a function of the instructions executed, as these tests want it: then the same
/// work takes the same time, but for what a tick is rounded.
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

/// Runs `work` again and again while `deed` interrupts it, each time `stride_ticks` later, from
/// before its begin until `duration_ticks` of it have passed.
pub fn at_every_moment(duration_ticks: u32, stride_ticks: u32, deed: Deed, mut work: impl FnMut()) {
    for moment in (0..duration_ticks).step_by(stride_ticks as usize) {
        after(moment, deed);
        work();
        stop();
    }
}

/// Has `deed` interrupt what follows after `moment_ticks`.
pub fn after(moment_ticks: u32, deed: Deed) {
    start(LEAD_TICKS + moment_ticks, deed);
}

/// Has `deed` interrupt what follows, `delay_ticks` after the timer is started; returns when the
/// lead is over, so that delays from the lead on come after the return.
fn start(delay_ticks: u32, deed: Deed) {
    each(delay_ticks, deed);
    while systick::elapsed_of_period_ticks() < LEAD_TICKS - SLACK_TICKS {}
}

/// Saves all registers where Rust can see and change them, and goes back by them.
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
