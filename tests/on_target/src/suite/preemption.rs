// SPDX-License-Identifier: Apache-2.0
//! Threads that are preempted everywhere, also in the secure world. One is unprivileged and
//! hostile: it loops on a call that is never refused.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicU32, Ordering};

use client::scheduling::SecureFrame;
use client::veneers::Veneers;
use client::{Gateway, Status, hash};
use psa::service::CRYPTO;

use super::support::any_hash;
use super::support::scheduler::{self, Policy, Thread};

/// Number of switches, so that each instruction of the gateway is interrupted many times.
pub const TICKS: u32 = 6000;

/// Calls that were served, and calls that were refused.
pub static SERVED: AtomicU32 = AtomicU32::new(0);
pub static BUSY: AtomicU32 = AtomicU32::new(0);

/// The threads of these tests.
pub const ALL: [Thread; scheduler::THREADS] = [
    Thread {
        entry: hashing,
        privileged: true,
    },
    Thread {
        entry: hostile,
        privileged: false,
    },
    Thread {
        entry: asking,
        privileged: true,
    },
];

/// Makes long calls.
extern "C" fn hashing() -> ! {
    loop {
        scheduler::check(1, true);
        let mut digest = [0; any_hash::BYTES];
        let outcome = hash::compute(&Veneers, any_hash::ALGORITHM, b"abc", &mut digest);
        match outcome {
            Ok(_) => assert_eq!(digest[..4], any_hash::ABC_BEGINS),
            Err(status) => assert_eq!(status, Status::CONNECTION_BUSY),
        }
        count(outcome.is_ok());
    }
}

/// Tries to get the rights of another thread.
extern "C" fn hostile() -> ! {
    loop {
        scheduler::check(2, false);
        for _ in 0..8 {
            Veneers.framework_version();
        }
    }
}

/// Makes short calls.
extern "C" fn asking() -> ! {
    loop {
        scheduler::check(3, true);
        let version = Veneers.version(CRYPTO.sid);
        let served = version == u32::from(CRYPTO.version);
        assert!(served || version.cast_signed() == Status::CONNECTION_BUSY.0);
        count(served);
    }
}

fn count(served: bool) {
    let counter = if served { &SERVED } else { &BUSY };
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Keeps the rule of `docs/calls-and-interrupts.md`.
struct Rule(UnsafeCell<SecureFrame<usize>>);

// SAFETY: one handler uses it, and nothing else.
unsafe impl Sync for Rule {}

impl Rule {
    #[allow(clippy::mut_from_ref)] // by the one handler
    fn frame(&self) -> &mut SecureFrame<usize> {
        // SAFETY: the handler does not interrupt itself.
        unsafe { &mut *self.0.get() }
    }
}

impl Policy for Rule {
    fn may_leave(&self, running: usize, exception_return: u32) -> bool {
        self.frame().may_leave(running, exception_return)
    }

    fn resume(&self, next: usize) {
        self.frame().resume(next);
    }
}

static RULE: Rule = Rule(UnsafeCell::new(SecureFrame::new()));

pub fn the_rule_for_schedulers_keeps_threads_apart() {
    SERVED.store(0, Ordering::Relaxed);
    let seen = scheduler::run(&RULE, &ALL, TICKS);
    assert!(seen.stayed > 0, "no thread was in the way of another");
    assert!(SERVED.load(Ordering::Relaxed) > 0);
    // No thread is left in the secure world.
    assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
}
