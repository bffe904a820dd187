// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate`: the program of the commands.

use anyhow::{Context as _, Result};
use builder::workspace::Workspace;
use clap::{Parser, Subcommand};
use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

/// Names a folder of the repository in place of the current folder.
const ROOT: &str = "CASEMATE_ROOT";

/// Build, run, sign and measure Casemate firmware.
#[derive(Parser)]
#[command(name = "cargo casemate", bin_name = "cargo casemate", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(display_order = 1)]
    New(casemate::New),
    #[command(flatten)]
    OfEveryRepository(casemate::Command),
    #[command(display_order = 30)]
    Test(casemate::Test),
}

fn main() -> ExitCode {
    // cargo starts `cargo casemate X` as `cargo-casemate casemate X`.
    let mut arguments: Vec<_> = env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == "casemate") {
        arguments.remove(1);
    }
    casemate::conclude(execute(&casemate::parse::<CommandLine>(arguments).command))
}

fn execute(command: &Command) -> Result<ExitCode> {
    let workspace = || {
        // Programs that start this one in another folder set the variable.
        let root = env::var_os(ROOT).map(PathBuf::from);
        let here = root.map_or_else(env::current_dir, Ok);
        Workspace::around(&here.context("the current folder is gone")?)
    };
    match command {
        Command::New(command) => command.execute().map(|()| ExitCode::SUCCESS),
        Command::OfEveryRepository(command) => command.execute(&workspace()?),
        Command::Test(command) => command.execute(&workspace()?),
    }
}
