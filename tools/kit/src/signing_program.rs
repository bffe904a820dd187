// SPDX-License-Identifier: Apache-2.0
//! `casemate-sign`, which goes with the kit: a program for this host.

use super::Kit;
use anyhow::Result;
use builder::firmware::Builder;
use builder::process;
use builder::report::Step;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

const NAME: &str = "casemate-sign";
const EXECUTABLE: u32 = 0o755;

/// Builds it and puts it into the kit.
pub fn build(builder: &Builder<'_>, kit: &Kit<'_>) -> Result<()> {
    let step = Step::start(format!("Building {NAME}"));
    let mut command = process::cargo(builder.workspace);
    // With this program's own package, so that both take the same build of what they depend on.
    command.args(["build", "--quiet", "--package", "xtask"]);
    command.args(["--package", "casemate-signer", "--bin", NAME]);
    process::run(&mut command)?;
    let name = format!("bin/{NAME}");
    kit.copy(&builder.workspace.target.join("debug").join(NAME), &name)?;
    let file = kit.folder.join(name);
    fs::set_permissions(&file, Permissions::from_mode(EXECUTABLE))?;
    // Without a `strip` on this host the program is larger, and no worse.
    let _ = process::output(Command::new("strip").arg(&file));
    step.done();
    Ok(())
}
