// SPDX-License-Identifier: Apache-2.0
//! The part of QEMU's plug-in interface that the counter uses, declared by hand.
//!
//! Interface version 1, as in QEMU 6.0 to 8.x (`qemu-plugin.h`). QEMU itself exports the
//! functions; they are found when it loads the plug-in.

use std::ffi::{c_char, c_int, c_uint, c_void};
use std::marker::{PhantomData, PhantomPinned};

/// The version of the interface that the declarations follow.
pub const INTERFACE_VERSION: c_int = 1;
/// `QEMU_PLUGIN_INLINE_ADD_U64`: add to a 64-bit number, without a call.
pub const INLINE_ADD_U64: c_int = 0;
/// `QEMU_PLUGIN_CB_NO_REGS`: the function called reads and writes no register of the guest.
pub const NO_REGISTERS: c_int = 0;

/// `QEMU_PLUGIN_MEM_W`: of accesses to memory those that write.
pub const WRITES: c_int = 2;
/// `QEMU_PLUGIN_MEM_RW`: those that read and those that write.
pub const READS_AND_WRITES: c_int = 3;

/// Names the plug-in in calls to QEMU.
pub type PluginId = u64;

/// Something of QEMU's own, known by its address alone.
#[repr(C)]
pub struct Opaque {
    _bytes: [u8; 0],
    _neither_send_nor_sync: PhantomData<(*mut u8, PhantomPinned)>,
}

/// Called when QEMU translates a block of instructions.
pub type OnTranslation = extern "C" fn(id: PluginId, block: *mut Opaque);
/// Called before an instruction is executed.
pub type OnExecution = extern "C" fn(cpu: c_uint, user_data: *mut c_void);
/// Called when an instruction has accessed memory.
pub type OnAccess = extern "C" fn(cpu: c_uint, info: u32, address: u64, user_data: *mut c_void);
/// Called when QEMU ends.
pub type OnExit = extern "C" fn(id: PluginId, user_data: *mut c_void);

unsafe extern "C" {
    /// Has a function called for every block that is translated.
    pub fn qemu_plugin_register_vcpu_tb_trans_cb(id: PluginId, callback: OnTranslation);
    /// The number of instructions in a block.
    pub fn qemu_plugin_tb_n_insns(block: *const Opaque) -> usize;
    /// An instruction of a block; valid while the translation callback runs.
    pub fn qemu_plugin_tb_get_insn(block: *const Opaque, index: usize) -> *mut Opaque;
    /// The address of an instruction.
    pub fn qemu_plugin_insn_vaddr(instruction: *const Opaque) -> u64;
    /// Has a function called before every execution of an instruction.
    pub fn qemu_plugin_register_vcpu_insn_exec_cb(
        instruction: *mut Opaque,
        callback: OnExecution,
        flags: c_int,
        user_data: *mut c_void,
    );
    /// Has a function called after every access of an instruction to memory.
    pub fn qemu_plugin_register_vcpu_mem_cb(
        instruction: *mut Opaque,
        callback: OnAccess,
        flags: c_int,
        accesses: c_int,
        user_data: *mut c_void,
    );
    /// Whether an access writes.
    pub fn qemu_plugin_mem_is_store(information: u32) -> bool;
    /// The size of an access: how often one byte is to be doubled.
    pub fn qemu_plugin_mem_size_shift(information: u32) -> c_uint;
    /// Has a number added at every execution of an instruction.
    pub fn qemu_plugin_register_vcpu_insn_exec_inline(
        instruction: *mut Opaque,
        operation: c_int,
        number: *mut c_void,
        addend: u64,
    );
    /// Has a function called when QEMU ends.
    pub fn qemu_plugin_register_atexit_cb(id: PluginId, callback: OnExit, user_data: *mut c_void);
}

/// Exported for QEMU: which version of the interface this plug-in is made for.
#[unsafe(no_mangle)]
pub static qemu_plugin_version: c_int = INTERFACE_VERSION;

/// Describes the emulator; nothing in it is needed here.
pub type Information = Opaque;

/// The arguments as C gives them.
pub type Arguments = *mut *mut c_char;
