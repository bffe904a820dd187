// SPDX-License-Identifier: Apache-2.0
//! Secure contexts of threads (`spm.nonsecure_contexts`).

use core::arch::global_asm;
use core::sync::atomic::{AtomicU32, Ordering};

use client::veneers::Veneers;
use client::{Gateway, Status, hash};
use nonsecure::config::spm::NONSECURE_CONTEXTS;
use psa::service::CRYPTO;

use super::preemption::{ALL, SERVED, TICKS};
use super::support::any_hash;
use super::support::busy::assert_busy;
use super::support::interrupt::{self, Interruption};
use super::support::scheduler::{self, Policy};
use super::support::threads;

// The suite links on devices without contexts too.
global_asm!(
    ".weak TZ_InitContextSystem_S",
    ".weak TZ_AllocModuleContext_S",
    ".weak TZ_FreeModuleContext_S",
    ".weak TZ_LoadContext_S",
    ".weak TZ_StoreContext_S",
);

#[allow(non_snake_case)] // CMSIS
unsafe extern "C" {
    safe fn TZ_InitContextSystem_S() -> u32;
    safe fn TZ_AllocModuleContext_S(module: u32) -> u32;
    safe fn TZ_FreeModuleContext_S(context: u32) -> u32;
    safe fn TZ_LoadContext_S(context: u32) -> u32;
    safe fn TZ_StoreContext_S(context: u32) -> u32;
}

/// Results of the functions.
const DONE: u32 = 1;
const FAILED: u32 = 0;

/// Runs `deed` in a handler.
fn in_handler(deed: interrupt::Deed) {
    interrupt::now(deed);
    interrupt::await_none_pending();
    interrupt::stop();
}

pub fn threads_can_not_manage_contexts() {
    assert_eq!(TZ_InitContextSystem_S(), FAILED);
    assert_eq!(TZ_AllocModuleContext_S(0), FAILED);
    in_handler(|_| {
        assert_eq!(TZ_InitContextSystem_S(), DONE);
        assert_eq!(TZ_AllocModuleContext_S(0), 1);
    });
    for call in [TZ_LoadContext_S, TZ_StoreContext_S, TZ_FreeModuleContext_S] {
        assert_eq!(call(1), FAILED);
    }
    in_handler(|_| assert_eq!(TZ_FreeModuleContext_S(1), DONE));
}

pub fn contexts_are_limited_and_reusable() {
    in_handler(|_| {
        let all = NONSECURE_CONTEXTS as u32;
        for identity in 1..=all {
            assert_eq!(TZ_LoadContext_S(identity), FAILED);
            assert_eq!(TZ_FreeModuleContext_S(identity), FAILED);
            assert_eq!(TZ_AllocModuleContext_S(0), identity);
            assert_eq!(TZ_StoreContext_S(identity), FAILED);
        }
        assert_eq!(TZ_AllocModuleContext_S(0), FAILED);
        for unallocated in [0, all + 1, all + 2, 0x0200_0001, 0x8000_0001, u32::MAX] {
            assert_eq!(TZ_LoadContext_S(unallocated), FAILED);
            assert_eq!(TZ_StoreContext_S(unallocated), FAILED);
            assert_eq!(TZ_FreeModuleContext_S(unallocated), FAILED);
        }
        for identity in 1..=all {
            assert_eq!(TZ_LoadContext_S(identity), DONE);
            assert_eq!(TZ_LoadContext_S(identity), DONE);
            assert_eq!(TZ_StoreContext_S(identity), DONE);
            assert_eq!(TZ_StoreContext_S(identity), FAILED);
        }
        // Also the one that is loaded.
        assert_eq!(TZ_LoadContext_S(all), DONE);
        for identity in 1..=all {
            assert_eq!(TZ_FreeModuleContext_S(identity), DONE);
            assert_eq!(TZ_FreeModuleContext_S(identity), FAILED);
            assert_eq!(TZ_LoadContext_S(identity), FAILED);
            assert_eq!(TZ_StoreContext_S(identity), FAILED);
        }
    });
    assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
}

/// The context of each thread, 0 for none.
struct Contexts([AtomicU32; scheduler::THREADS + 1]);

static CONTEXTS: Contexts = Contexts([const { AtomicU32::new(0) }; scheduler::THREADS + 1]);

impl Policy for Contexts {
    fn may_leave(&self, running: usize, _: u32) -> bool {
        let context = self.0[running].load(Ordering::Relaxed);
        assert!(context == 0 || TZ_StoreContext_S(context) == DONE);
        true
    }

    fn resume(&self, next: usize) {
        let context = self.0[next].load(Ordering::Relaxed);
        assert!(context == 0 || TZ_LoadContext_S(context) == DONE);
    }
}

pub fn a_scheduler_with_contexts_keeps_threads_apart() {
    in_handler(|_| {
        for context in &CONTEXTS.0[1..] {
            context.store(TZ_AllocModuleContext_S(0), Ordering::Relaxed);
        }
    });
    SERVED.store(0, Ordering::Relaxed);
    let seen = scheduler::run(&CONTEXTS, &ALL, TICKS);
    assert!(
        seen.both_inside > 0,
        "threads never met in the secure world"
    );
    assert!(SERVED.load(Ordering::Relaxed) > 0);
    in_handler(|_| {
        for context in &CONTEXTS.0[1..] {
            assert_eq!(
                TZ_FreeModuleContext_S(context.swap(0, Ordering::Relaxed)),
                DONE
            );
        }
    });
    assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
}

/// Number of threads that are deleted, one after the other.
const DELETED: u32 = 9;
/// The context of the thread to delete.
static VICTIM: AtomicU32 = AtomicU32::new(0);
/// Where the handler interrupted it.
static FOUND_INSIDE: AtomicU32 = AtomicU32::new(0);
/// The result of freeing its context.
static FREED: AtomicU32 = AtomicU32::new(0);

/// A thread reads the version until a tick interrupts it in the secure world. The handler deletes
/// it and resumes the first thread.
pub fn a_deleted_thread_blocks_no_other() {
    extern "C" fn asking() -> ! {
        loop {
            Veneers.framework_version();
        }
    }
    fn delete(interruption: &mut Interruption) {
        if !interruption.is_of_secure_code() {
            // The distances change with what the loop has done.
            interrupt::each(
                101 + FOUND_INSIDE.fetch_add(1, Ordering::Relaxed) % 17,
                delete,
            );
            return;
        }
        let context = VICTIM.load(Ordering::Relaxed);
        assert_eq!(TZ_FreeModuleContext_S(context), DONE);
        FREED.fetch_add(1, Ordering::Relaxed);
        threads::to_first(interruption);
    }
    fn begin(interruption: &mut Interruption) {
        let context = TZ_AllocModuleContext_S(0);
        assert_eq!(TZ_LoadContext_S(context), DONE);
        VICTIM.store(context, Ordering::Relaxed);
        threads::exchange(interruption, asking);
        interrupt::each(200, delete);
    }
    FREED.store(0, Ordering::Relaxed);
    threads::on_process_stack(|| {
        for _ in 0..DELETED {
            interrupt::now(begin);
            interrupt::await_none_pending();
            assert_eq!(Veneers.version(CRYPTO.sid), u32::from(CRYPTO.version));
        }
    });
    assert_eq!(FREED.load(Ordering::Relaxed), DELETED);
}

/// A thread in a call keeps its context, and calls of others return "busy", until it has returned.
pub fn a_context_in_a_call_is_not_freed() {
    extern "C" fn calling() -> ! {
        loop {
            let mut digest = [0; any_hash::BYTES];
            let hash = hash::compute(&Veneers, any_hash::ALGORITHM, b"abc", &mut digest);
            assert_eq!(hash, Ok(any_hash::BYTES));
            FREED.fetch_add(1, Ordering::Relaxed);
        }
    }
    fn leave(interruption: &mut Interruption) {
        let context = VICTIM.load(Ordering::Relaxed);
        let called = FREED.load(Ordering::Relaxed);
        if called == 0 {
            assert!(interruption.is_of_secure_code());
            assert_eq!(TZ_FreeModuleContext_S(context), FAILED);
            FOUND_INSIDE.store(DONE, Ordering::Relaxed);
            assert_eq!(TZ_StoreContext_S(context), DONE);
            assert_eq!(TZ_FreeModuleContext_S(context), FAILED);
            assert_busy();
            assert_eq!(TZ_LoadContext_S(context), DONE);
            interrupt::each(100_000, leave);
            return;
        }
        // Somewhere in its loop; it is freed as soon as no call is open.
        if TZ_FreeModuleContext_S(context) == DONE {
            threads::to_first(interruption);
        } else {
            interrupt::each(101 + called % 17, leave);
        }
    }
    fn begin(interruption: &mut Interruption) {
        let context = TZ_AllocModuleContext_S(0);
        assert_eq!(TZ_LoadContext_S(context), DONE);
        VICTIM.store(context, Ordering::Relaxed);
        threads::exchange(interruption, calling);
        interrupt::each(2000, leave);
    }
    FREED.store(0, Ordering::Relaxed);
    FOUND_INSIDE.store(0, Ordering::Relaxed);
    threads::on_process_stack(|| {
        interrupt::now(begin);
        interrupt::await_none_pending();
    });
    assert_eq!(FOUND_INSIDE.load(Ordering::Relaxed), DONE);
    let version = Veneers.version(CRYPTO.sid);
    assert_ne!(version.cast_signed(), Status::CONNECTION_BUSY.0);
}
