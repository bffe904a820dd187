// SPDX-License-Identifier: Apache-2.0
//! The files of source code that git knows or would take.

use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What counts as code: Rust, C and assembly, linker scripts, Python, and configuration in TOML.
/// Documents, generated pictures and data of tests do not.
const KINDS: [&str; 8] = ["rs", "c", "h", "s", "S", "ld", "py", "toml"];

/// A file of source code.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name from the root, with `/`.
    pub name: String,
    /// Content.
    pub text: String,
}

impl Source {
    /// Lines.
    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    /// Whether the file holds nothing but tests: below a folder `tests`, or named so.
    pub fn is_test(&self) -> bool {
        let mut folders: Vec<_> = self.name.split('/').collect();
        let file = folders.pop().unwrap_or_default();
        let stem = file.split('.').next().unwrap_or_default();
        stem == "tests" || stem.ends_with("_tests") || folders.contains(&"tests")
    }
}

/// Reads all of them.
pub fn read(root: &Path) -> Result<Vec<Source>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let output = git.current_dir(root).output().context("cannot start git")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "git ls-files: {errors}");
    let names = String::from_utf8(output.stdout)?;
    let is_code = |name: &&str| {
        let kind = name.rsplit_once('.').map(|(_, kind)| kind);
        kind.is_some_and(|kind| KINDS.contains(&kind))
    };
    let sources = names.lines().filter(is_code).filter_map(|name| {
        // A file that was deleted and not yet committed is still listed.
        let text = fs::read_to_string(root.join(name)).ok()?;
        Some(Source {
            name: name.into(),
            text,
        })
    });
    Ok(sources.collect())
}
