// SPDX-License-Identifier: Apache-2.0
//! What an interrupt of the non-secure world does is chosen by the test.

use core::sync::atomic::{AtomicUsize, Ordering};

use an521_nonsecure::systick;

/// Address of the function to be run; 0 for none.
static DEED: AtomicUsize = AtomicUsize::new(0);

/// From now on runs `deed` in handler mode each `period_ticks`.
pub fn each(period_ticks: u32, deed: fn()) {
    DEED.store(deed as usize, Ordering::Relaxed);
    systick::start_interrupt(period_ticks);
}

/// No more interrupts.
pub fn stop() {
    systick::stop();
    DEED.store(0, Ordering::Relaxed);
}

#[unsafe(no_mangle)]
extern "C" fn application_systick() {
    let deed = DEED.load(Ordering::Relaxed);
    if deed != 0 {
        // SAFETY: `each` stored the address of a function of this type.
        let deed: fn() = unsafe { core::mem::transmute(deed) };
        deed();
    }
}
