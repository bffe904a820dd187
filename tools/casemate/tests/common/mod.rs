// SPDX-License-Identifier: Apache-2.0
//! A folder of one test, in which commands are typed.

#![allow(dead_code)] // Each test program uses a part.

use configure::{Effective, Request};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder, empty at first, with a target directory of its own.
pub struct Room(pub PathBuf);

impl Room {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder); // of the last run
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// The command, to be run in this folder.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-casemate"));
        command
            .args(words)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .env("CASEMATE_ROOT", root())
            .env("CARGO_TARGET_DIR", self.path("target"));
        command
    }

    pub fn typed(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// It has to succeed; what it prints.
    #[track_caller]
    pub fn succeeds(&self, words: &[&str]) -> String {
        let output = self.typed(words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{words:?}: {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// It has to fail; what it says. A panic is no answer.
    #[track_caller]
    pub fn fails(&self, words: &[&str]) -> String {
        let output = self.typed(words);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {told}");
        assert!(!told.contains("panicked"), "{words:?}: {told}");
        told
    }
}

/// The tree of Casemate.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().unwrap()
}

/// The profile small on AN521.
pub fn effective() -> Effective {
    configure::load(&Request {
        workspace: root(),
        board: "an521".into(),
        profile: "small".into(),
        product: None,
        files: Vec::new(),
        settings: Vec::new(),
    })
    .unwrap()
}

/// A payload for the primary slot: a vector table, and nothing behind it.
pub fn payload() -> Vec<u8> {
    let effective = effective();
    let stack = effective.number("memory.secure_ram.origin") + 0x1000;
    let reset = effective.image_address() + 0x81;
    let mut payload = vec![0; 0x200];
    payload[..4].copy_from_slice(&(stack as u32).to_le_bytes());
    payload[4..8].copy_from_slice(&(reset as u32).to_le_bytes());
    payload
}
