// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate`: the program of the commands.

use builder::workspace::Workspace;
use casemate::{Command, conclude};
use clap::Parser;
use std::process::ExitCode;

/// Build, run, sign and measure Casemate firmware.
#[derive(Parser)]
#[command(name = "cargo casemate", bin_name = "cargo casemate", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // cargo starts `cargo casemate X` as `cargo-casemate casemate X`.
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == "casemate") {
        arguments.remove(1);
    }
    let command_line = CommandLine::parse_from(arguments);
    conclude(Workspace::find().and_then(|workspace| command_line.command.execute(&workspace)))
}
