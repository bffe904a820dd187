// SPDX-License-Identifier: Apache-2.0
//! The commands of this tree, one module for each.

mod bench;
mod check;
mod costs;
mod documents;
mod glitch;
mod structure;
mod test;

use anyhow::Result;
use builder::workspace::Workspace;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Build, run, test and measure the firmware.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(display_order = 1)]
    New(casemate::New),
    #[command(flatten)]
    OfEveryUser(casemate::Command),
    #[command(display_order = 30)]
    Test(test::Test),
    #[command(display_order = 110)]
    Bench(bench::Bench),
    #[command(display_order = 160)]
    Glitch(glitch::Glitch),
    #[command(display_order = 165)]
    Structure(structure::Structure),
    #[command(display_order = 166)]
    Documents(documents::Documents),
    #[command(display_order = 167)]
    Costs(costs::Costs),
    #[command(display_order = 170)]
    Check(check::Check),
}

impl CommandLine {
    /// Does what was typed.
    pub fn execute(self, workspace: &Workspace) -> Result<ExitCode> {
        let done = |outcome: Result<()>| outcome.map(|()| ExitCode::SUCCESS);
        match self.command {
            Command::New(command) => done(command.execute()),
            Command::OfEveryUser(command) => command.execute(workspace),
            Command::Test(command) => command.execute(workspace),
            Command::Glitch(command) => command.execute(workspace),
            Command::Bench(command) => done(command.execute(workspace)),
            Command::Structure(command) => done(command.execute(workspace)),
            Command::Documents(command) => done(command.execute(workspace)),
            Command::Costs(command) => done(command.execute(workspace)),
            Command::Check(command) => done(command.execute(workspace)),
        }
    }
}
