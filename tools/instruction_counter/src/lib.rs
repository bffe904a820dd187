// SPDX-License-Identifier: Apache-2.0
//! A plug-in for QEMU that counts executed instructions exactly.
//!
//! ```text
//! qemu-system-arm ... -plugin libinstruction_counter.so,out=FILE,mark=NAME:0xADDRESS,...
//! ```
//!
//! Before the instruction at a marked address is executed, a line `NAME COUNT` is written:
//! the instructions executed so far, by all cores. Lines go to the file at once, so that
//! they survive the end of QEMU by a signal; when QEMU ends by itself, lines follow with the
//! used bytes of each watched stack, down to the lowest byte that code has written, and
//! a last line `end COUNT`. Stacking by the processor on an exception is not counted. Instructions are
//! counted one by one, not by block, because a block that an exception leaves early would be counted
//! whole. An instruction that faults is counted.
//!
//! With `trace=0xSTART:0xEND` the plug-in also follows what is executed from one address to the
//! other: each instruction's address, and address, size and direction of each access to memory.
//! At the end of a trace a line `trace DIGEST` follows. Two executions with the same digest have
//! taken the same path and accessed the same memory; module `trace` gives the probability.
//!
//! With `executed=FILE:0xSTART:0xEND` it lists each execution of an instruction in that range.

#![allow(unsafe_code)] // QEMU's interface is C; each block says why it is sound.

mod api;
mod arguments;
mod counter;
mod executed;
mod output;
mod trace;

use std::ffi::{CStr, c_int};
use std::ptr;

use api::PluginId;

/// Called by QEMU when it loads the plug-in; anything but 0 makes QEMU end with an error.
///
/// # Safety
///
/// `values` points to `count` strings of C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qemu_plugin_install(
    id: PluginId,
    _information: *const api::Information,
    count: c_int,
    values: api::Arguments,
) -> c_int {
    // SAFETY: the caller promises `count` strings.
    let given = unsafe { strings(count, values) };
    if let Err(message) = counter::prepare(&given) {
        eprintln!("instruction counter: {message}");
        return 1;
    }
    // SAFETY: `id` is the one QEMU gave, and the functions have the types it declares.
    unsafe {
        api::qemu_plugin_register_vcpu_tb_trans_cb(id, counter::on_translation);
        api::qemu_plugin_register_atexit_cb(id, counter::on_exit, ptr::null_mut());
    }
    0
}

/// # Safety
///
/// `values` points to `count` strings of C.
unsafe fn strings(count: c_int, values: api::Arguments) -> Vec<String> {
    let count = usize::try_from(count).unwrap_or(0);
    let one = |index| {
        // SAFETY: `index` is below the number of strings that the caller promises.
        let string = unsafe { CStr::from_ptr(*values.add(index)) };
        string.to_string_lossy().into_owned()
    };
    (0..count).map(one).collect()
}
