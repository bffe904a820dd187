// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask`: the tool of Casemate's own tree.
//!
//! It has all commands of `casemate`, and those that test and check the tree.

mod commands;

use builder::program;
use builder::workspace::Workspace;
use std::process::ExitCode;

fn main() -> ExitCode {
    program::set_name("cargo xtask");
    let command_line = casemate::parse::<commands::CommandLine>(std::env::args_os());
    casemate::conclude(Workspace::tree().and_then(|workspace| command_line.execute(&workspace)))
}
