// SPDX-License-Identifier: Apache-2.0
//! Debian packages: found by their programs, and installed if permitted.

use crate::process::{self, find};
use anyhow::{Context as _, Result, bail};
use std::process::Command;

/// A package and a program by which one sees that it is there, or the path of another file.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// Name for apt.
    pub name: &'static str,
    /// A program of it.
    pub program: &'static str,
}

impl Package {
    /// The package `name`, whose `program` shows that it is there.
    pub const fn new(name: &'static str, program: &'static str) -> Self {
        Self { name, program }
    }

    /// Whether the program is in the search path, whoever put it there, or the file at its path.
    pub fn is_present(self) -> bool {
        find(self.program).is_some()
    }
}

/// Whether the lists of packages may be old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// They are fetched only if nothing can be installed from those that are there.
    Present,
    /// They are fetched first: what they offered was too old.
    Renewed,
}

/// Installs packages as root, or says what to type.
pub fn install(names: &[&str], lists: Lists) -> Result<()> {
    let line = format!(
        "apt-get install -y --no-install-recommends {}",
        names.join(" ")
    );
    if find("apt-get").is_none() {
        bail!(
            "missing: {}. There is no apt-get here to install it; on Debian 12 it would be: {line}",
            names.join(" ")
        );
    }
    if !is_root() {
        bail!(
            "missing: {}. Type this once:\n    sudo apt-get update && sudo {line}",
            names.join(" ")
        );
    }
    if lists == Lists::Present && apt(&["install", "-y", "--no-install-recommends"], names).is_ok()
    {
        return Ok(());
    }
    apt(&["update"], &[])?;
    apt(&["install", "-y", "--no-install-recommends"], names)
        .with_context(|| format!("the packages could not be installed; try: {line}"))
}

fn apt(arguments: &[&str], names: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command
        .args(["-q", "-o", "Dpkg::Use-Pty=0"])
        .args(arguments)
        .args(names);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    process::output(&mut command).map(|_| ())
}

fn is_root() -> bool {
    process::output(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}
