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
//! bytes of each watched stack that were used, down to the lowest that its code has written, and
//! a last line `end COUNT`. What the processor itself pushes on an exception is not seen. Every instruction is counted one by one and not by block, because a
//! block that an exception leaves early would be counted whole. An instruction that faults
//! is counted: it was begun.
//!
//! With `trace=0xSTART:0xEND` the plug-in also follows what is executed from one address to the
//! other: each instruction's address, and address, size and direction of each access to memory.
//! At the end of a trace a line `trace DIGEST` follows. Two executions with the same digest have
//! taken the same way and touched the same memory; module `trace` tells how sure that is.
//!
//! With `executed=FILE:0xSTART:0xEND` it lists each execution of an instruction in that range.

#![allow(unsafe_code)] // QEMU's interface is C; each block says why it is sound.

mod api;
mod arguments;
mod executed;
mod output;
mod trace;

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use api::{Opaque, PluginId};
use arguments::Arguments;
use executed::Executed;
use output::Output;

/// Executed instructions. The code that QEMU generates adds to it.
static COUNT: AtomicU64 = AtomicU64::new(0);
/// What the callbacks need; set once before QEMU runs the first of them.
static COUNTER: OnceLock<Counter> = OnceLock::new();

struct Counter {
    arguments: Arguments,
    /// For each watched stack the lowest address that was written.
    lowest: Vec<AtomicU64>,
    executed: Option<Executed>,
    output: Output,
}

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
    if let Err(message) = prepare(&given) {
        eprintln!("instruction counter: {message}");
        return 1;
    }
    // SAFETY: `id` is the one QEMU gave, and the functions have the types it declares.
    unsafe {
        api::qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
        api::qemu_plugin_register_atexit_cb(id, on_exit, ptr::null_mut());
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

/// Reads the arguments and opens the file.
fn prepare(given: &[String]) -> Result<(), String> {
    let arguments = arguments::parse(given)?;
    let output = Output::create(&arguments.out, arguments.limit)?;
    let highest = |watch: &arguments::Watch| AtomicU64::new(watch.memory.end);
    let lowest = arguments.watches.iter().map(highest).collect();
    let executed = arguments.executed.as_ref();
    let executed = executed.map(|list| Executed::create(&list.file, list.code.clone()));
    let executed = executed.transpose()?;
    let counter = Counter {
        arguments,
        lowest,
        executed,
        output,
    };
    COUNTER
        .set(counter)
        .map_err(|_| "the plug-in is loaded twice".to_owned())
}

/// Has every instruction counted, and the marked ones reported.
extern "C" fn on_translation(_id: PluginId, block: *mut Opaque) {
    let Some(counter) = COUNTER.get() else { return };
    // SAFETY: QEMU gives a block that lives as long as this call.
    let count = unsafe { api::qemu_plugin_tb_n_insns(block) };
    for index in 0..count {
        // SAFETY: the index is below the number of instructions in the block.
        let instruction = unsafe { api::qemu_plugin_tb_get_insn(block, index) };
        // SAFETY: the instruction is of this block, which is being translated.
        let address = unsafe { api::qemu_plugin_insn_vaddr(instruction) };
        if let Some(trace) = counter.arguments.trace {
            trace::follow(instruction, address, trace);
        }
        if let Some(executed) = &counter.executed {
            executed.follow(instruction, address);
        }
        for (number, mark) in counter.arguments.marks.iter().enumerate() {
            if mark.address == address {
                // SAFETY: as above; the number of the mark travels as an address that
                // nobody follows. QEMU calls functions before it adds inline, so that the
                // count is without the marked instruction.
                unsafe {
                    api::qemu_plugin_register_vcpu_insn_exec_cb(
                        instruction,
                        on_mark,
                        api::NO_REGISTERS,
                        ptr::without_provenance_mut(number),
                    );
                }
            }
        }
        for (number, watch) in counter.arguments.watches.iter().enumerate() {
            if watch.code.contains(&address) {
                // SAFETY: as above; the number of the watch travels as an address.
                unsafe {
                    api::qemu_plugin_register_vcpu_mem_cb(
                        instruction,
                        on_write,
                        api::NO_REGISTERS,
                        api::WRITES,
                        ptr::without_provenance_mut(number),
                    );
                }
            }
        }
        // SAFETY: the counter is a static of 64 bits that may change through a shared
        // reference. The cores add without atomicity, and only one of them runs at a time
        // under -icount; without it, the second core of the boards in use stays in reset.
        unsafe {
            api::qemu_plugin_register_vcpu_insn_exec_inline(
                instruction,
                api::INLINE_ADD_U64,
                COUNT.as_ptr().cast(),
                1,
            );
        }
    }
}

/// Reports a mark that is about to be executed.
extern "C" fn on_mark(_cpu: c_uint, user_data: *mut c_void) {
    let Some(counter) = COUNTER.get() else { return };
    if let Some(mark) = counter.arguments.marks.get(user_data.addr()) {
        counter
            .output
            .line(&mark.name, COUNT.load(Ordering::Relaxed));
    }
}

/// Keeps the lowest address of a stack that was written.
extern "C" fn on_write(_cpu: c_uint, _info: u32, address: u64, user_data: *mut c_void) {
    let Some(counter) = COUNTER.get() else { return };
    let number = user_data.addr();
    let watch = counter.arguments.watches.get(number);
    if let (Some(watch), Some(lowest)) = (watch, counter.lowest.get(number))
        && watch.memory.contains(&address)
    {
        lowest.fetch_min(address, Ordering::Relaxed);
    }
}

/// Reports the stacks and the end.
extern "C" fn on_exit(_id: PluginId, _user_data: *mut c_void) {
    if let Some(counter) = COUNTER.get() {
        for (watch, lowest) in counter.arguments.watches.iter().zip(&counter.lowest) {
            let used_bytes = watch.memory.end - lowest.load(Ordering::Relaxed);
            counter.output.line(&watch.name, used_bytes);
        }
        if let Some(executed) = &counter.executed {
            executed.finish();
        }
        counter.output.end(COUNT.load(Ordering::Relaxed));
    }
}
