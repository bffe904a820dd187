// SPDX-License-Identifier: Apache-2.0
//! The list of what is executed within a range of addresses, in order: four bytes, little endian,
//! for each execution. It is whole when QEMU has ended by itself.

use std::ffi::{c_uint, c_void};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::ops::Range;
use std::path::Path;
use std::ptr;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::api::{self, Opaque};

/// The list of this run, if it is asked for; set once before QEMU runs the first callback.
pub static EXECUTED: OnceLock<Executed> = OnceLock::new();

/// The file, and which code it is about.
pub struct Executed {
    code: Range<u64>,
    file: Mutex<BufWriter<File>>,
}

impl Executed {
    /// Creates the file, or empties it.
    pub fn create(path: &Path, code: Range<u64>) -> Result<Self, String> {
        let file = File::create(path)
            .map_err(|error| format!("argument executed={}: {error}", path.display()))?;
        let file = Mutex::new(BufWriter::new(file));
        Ok(Self { code, file })
    }

    /// Has an instruction of a block listed that is being translated.
    pub fn follow(&self, instruction: *mut Opaque, address: u64) {
        if !self.code.contains(&address) {
            return;
        }
        // SAFETY: the instruction is of a block that is being translated; its address travels as
        // a pointer that is never dereferenced.
        unsafe {
            api::qemu_plugin_register_vcpu_insn_exec_cb(
                instruction,
                on_execution,
                api::NO_REGISTERS,
                ptr::without_provenance_mut(address as usize),
            );
        }
    }

    /// Writes what is not in the file yet.
    pub fn finish(&self) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        tell(file.flush());
    }
}

extern "C" fn on_execution(_cpu: c_uint, user_data: *mut c_void) {
    if let Some(executed) = EXECUTED.get() {
        let mut file = executed.file.lock().unwrap_or_else(PoisonError::into_inner);
        tell(file.write_all(&(user_data.addr() as u32).to_le_bytes()));
    }
}

fn tell(outcome: std::io::Result<()>) {
    if let Err(error) = outcome {
        eprintln!("instruction counter: cannot write what is executed: {error}");
    }
}
