// SPDX-License-Identifier: Apache-2.0
//! `casemate-sign`, which goes with the kit: a program for this host.

use super::Kit;
use anyhow::{Context as _, Result, ensure};
use builder::firmware::Builder;
use builder::{cargo, process};
use std::env;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

const NAME: &str = "casemate-sign";
const EXECUTABLE: u32 = 0o755;

/// Puts it into the kit: that which was installed with this tool, or in the tree of Casemate a new
/// build.
pub fn add(builder: &Builder<'_>, kit: &Kit<'_>) -> Result<()> {
    let program = if builder.workspace.product.is_some() {
        installed()?
    } else {
        built(builder)?
    };
    let name = format!("bin/{NAME}");
    kit.copy(&program, &name)?;
    let file = kit.folder.join(name);
    fs::set_permissions(&file, Permissions::from_mode(EXECUTABLE))?;
    // Without a `strip` on this host the program is larger, and no worse.
    let _ = process::output(Command::new("strip").arg(&file));
    Ok(())
}

fn built(builder: &Builder<'_>) -> Result<PathBuf> {
    let mut command = process::cargo(builder.workspace);
    // With this program's own package, so that both take the same build of what they depend on.
    command.args(["build", "--package", "xtask"]);
    command.args(["--package", "casemate", "--bin", NAME]);
    let linked = cargo::build(&mut command, NAME)?;
    ensure!(
        linked.is_ok(),
        "{NAME} can't be linked: `cargo build --package casemate` says why"
    );
    Ok(builder.workspace.target.join("debug").join(NAME))
}

fn installed() -> Result<PathBuf> {
    let beside = env::current_exe()?.with_file_name(NAME);
    let found = Some(beside).filter(|file| file.exists());
    found
        .or_else(|| process::find(NAME))
        .with_context(|| format!("{NAME} is not there: type `cargo install casemate`"))
}
