// SPDX-License-Identifier: Apache-2.0
//! The file of counts, one line `NAME COUNT` each.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The file of this run; set once before QEMU runs the first callback.
pub static OUTPUT: OnceLock<Output> = OnceLock::new();

/// An open file, and how many lines it may still take.
pub struct Output {
    state: Mutex<State>,
}

struct State {
    file: File,
    lines_left: u64,
}

impl Output {
    /// Creates the file, or empties it.
    pub fn create(path: &Path, limit: u64) -> Result<Self, String> {
        let file = File::create(path)
            .map_err(|error| format!("argument out={}: {error}", path.display()))?;
        Ok(Self {
            state: Mutex::new(State {
                file,
                lines_left: limit,
            }),
        })
    }

    /// Writes a line, without a buffer that a signal would lose; beyond the limit, nothing.
    pub fn line(&self, name: &str, count: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(left) = state.lines_left.checked_sub(1) {
            state.lines_left = left;
            write(&mut state.file, name, count);
        }
    }

    /// Writes the last line, whatever the limit.
    pub fn end(&self, count: u64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut state.file, "end", count);
    }
}

fn write(file: &mut File, name: &str, count: u64) {
    if let Err(error) = file.write_all(format!("{name} {count}\n").as_bytes()) {
        eprintln!("instruction counter: cannot write the counts: {error}");
    }
}
