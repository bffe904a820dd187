// SPDX-License-Identifier: Apache-2.0
//! Digests of what is executed between two addresses.
//!
//! The digest is a plain mixing function of 64 bits, not a cryptographic one: two traces that
//! differ by what firmware happens to do have the same digest with a probability of about 2^-64.

use std::ffi::{c_uint, c_void};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::api::{self, Opaque};
use crate::arguments::Trace;
use crate::output::OUTPUT;

const START: u64 = 0xcbf2_9ce4_8422_2325;
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Whether a trace has begun.
static IS_RUNNING: AtomicBool = AtomicBool::new(false);
/// Its digest so far.
static DIGEST: AtomicU64 = AtomicU64::new(START);

/// Has an instruction of a block that is being translated followed.
pub fn follow(instruction: *mut Opaque, address: u64, trace: Trace) {
    let callback = if address == trace.start {
        on_start
    } else if address == trace.end {
        on_end
    } else {
        on_instruction
    };
    let user_data = ptr::without_provenance_mut(address as usize);
    // SAFETY: the instruction is of a block that is being translated; the address of the
    // instruction travels as a pointer that is never dereferenced.
    unsafe {
        api::qemu_plugin_register_vcpu_insn_exec_cb(
            instruction,
            callback,
            api::NO_REGISTERS,
            user_data,
        );
        api::qemu_plugin_register_vcpu_mem_cb(
            instruction,
            on_access,
            api::NO_REGISTERS,
            api::READS_AND_WRITES,
            user_data,
        );
    }
}

extern "C" fn on_start(_cpu: c_uint, _user_data: *mut c_void) {
    DIGEST.store(START, Ordering::Relaxed);
    IS_RUNNING.store(true, Ordering::Relaxed);
}

extern "C" fn on_instruction(_cpu: c_uint, user_data: *mut c_void) {
    mix(user_data.addr() as u64);
}

extern "C" fn on_access(_cpu: c_uint, information: u32, address: u64, _user_data: *mut c_void) {
    // SAFETY: the information is the one that QEMU gave for this access.
    let (is_store, size) = unsafe {
        (
            api::qemu_plugin_mem_is_store(information),
            api::qemu_plugin_mem_size_shift(information),
        )
    };
    mix(address | u64::from(is_store) << 32 | u64::from(size) << 33);
}

extern "C" fn on_end(_cpu: c_uint, _user_data: *mut c_void) {
    if let (true, Some(output)) = (IS_RUNNING.swap(false, Ordering::Relaxed), OUTPUT.get()) {
        output.line("trace", DIGEST.load(Ordering::Relaxed));
    }
}

/// Only one core runs at a time, so that reading and writing need not be one step.
fn mix(value: u64) {
    if IS_RUNNING.load(Ordering::Relaxed) {
        let digest = DIGEST.load(Ordering::Relaxed);
        let mixed = (digest ^ value).wrapping_mul(FACTOR);
        DIGEST.store(mixed.rotate_left(29), Ordering::Relaxed);
    }
}
