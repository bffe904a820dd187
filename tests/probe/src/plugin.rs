// SPDX-License-Identifier: Apache-2.0
//! The plug-in of QEMU that counts and lists what is executed (`tools/instruction_counter`).

use anyhow::Result;
use builder::process;
use builder::workspace::Workspace;
use std::path::PathBuf;

/// Builds the plug-in with the active cargo.
pub fn build(workspace: &Workspace) -> Result<PathBuf> {
    let mut command = process::cargo(workspace);
    command.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "instruction-counter",
    ]);
    process::run(&mut command)?;
    Ok(workspace.target.join("release/libinstruction_counter.so"))
}
