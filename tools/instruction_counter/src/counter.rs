// SPDX-License-Identifier: Apache-2.0
//! The counter: counts every instruction, reports marks and watched stacks.

use std::ffi::{c_uint, c_void};
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::api::{self, Opaque, PluginId};
use crate::arguments::{self, Arguments};
use crate::executed::{EXECUTED, Executed};
use crate::output::{OUTPUT, Output};
use crate::trace;

const LOADED_TWICE: &str = "the plug-in is loaded twice";

/// Executed instructions. The code that QEMU generates adds to it.
static COUNT: AtomicU64 = AtomicU64::new(0);
/// What the callbacks need; set once before QEMU runs the first of them.
static COUNTER: OnceLock<Counter> = OnceLock::new();

struct Counter {
    arguments: Arguments,
    /// For each watched stack the lowest address that was written.
    lowest: Vec<AtomicU64>,
}

/// Reads the arguments and opens the file.
pub fn prepare(given: &[String]) -> Result<(), String> {
    let arguments = arguments::parse(given)?;
    let output = Output::create(&arguments.out, arguments.limit)?;
    OUTPUT.set(output).map_err(|_| LOADED_TWICE)?;
    let highest = |watch: &arguments::Watch| AtomicU64::new(watch.memory.end);
    let lowest = arguments.watches.iter().map(highest).collect();
    if let Some(list) = &arguments.executed {
        let executed = Executed::create(&list.file, list.code.clone())?;
        EXECUTED.set(executed).map_err(|_| LOADED_TWICE)?;
    }
    let counter = Counter { arguments, lowest };
    COUNTER.set(counter).map_err(|_| LOADED_TWICE)?;
    Ok(())
}

/// Has every instruction counted, and the marked ones reported.
pub extern "C" fn on_translation(_id: PluginId, block: *mut Opaque) {
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
        if let Some(executed) = EXECUTED.get() {
            executed.follow(instruction, address);
        }
        for (number, mark) in counter.arguments.marks.iter().enumerate() {
            if mark.address == address {
                // SAFETY: as above; the number of the mark travels as an address that
                // is never dereferenced. QEMU calls functions before it adds inline, so that the
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
    let mark = counter.arguments.marks.get(user_data.addr());
    if let (Some(mark), Some(output)) = (mark, OUTPUT.get()) {
        output.line(&mark.name, COUNT.load(Ordering::Relaxed));
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
pub extern "C" fn on_exit(_id: PluginId, _user_data: *mut c_void) {
    let (Some(counter), Some(output)) = (COUNTER.get(), OUTPUT.get()) else {
        return;
    };
    for (watch, lowest) in counter.arguments.watches.iter().zip(&counter.lowest) {
        output.line(
            &watch.name,
            watch.memory.end - lowest.load(Ordering::Relaxed),
        );
    }
    if let Some(executed) = EXECUTED.get() {
        executed.finish();
    }
    output.end(COUNT.load(Ordering::Relaxed));
}
