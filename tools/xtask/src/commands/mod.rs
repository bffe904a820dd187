// SPDX-License-Identifier: Apache-2.0
//! The commands, one module for each.

mod bench;
mod build;
mod check;
mod clean;
mod config;
mod fault;
mod flash;
mod glitch;
mod image;
mod inspect;
mod keygen;
mod kit;
mod provision;
mod run;
mod sign;
mod size;
mod test;
mod token;

use crate::workspace::Workspace;
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Build, run, test and measure the firmware.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
pub struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Run),
    Provision(provision::Provision),
    Test(test::Test),
    Build(build::Build),
    Kit(kit::Kit),
    Sign(sign::Sign),
    Inspect(inspect::Inspect),
    Image(image::Image),
    Keygen(keygen::Keygen),
    Size(size::Size),
    Bench(bench::Bench),
    Config(config::Config),
    Token(token::Token),
    Fault(fault::Fault),
    Flash(flash::Flash),
    Glitch(glitch::Glitch),
    Check(check::Check),
    Clean(clean::Clean),
}

impl CommandLine {
    /// Does what was typed.
    pub fn execute(self, workspace: &Workspace) -> Result<ExitCode> {
        let done = |outcome: Result<()>| outcome.map(|()| ExitCode::SUCCESS);
        match self.command {
            Command::Run(command) => command.execute(workspace),
            Command::Test(command) => command.execute(workspace),
            Command::Token(command) => command.execute(workspace),
            Command::Glitch(command) => command.execute(workspace),
            Command::Provision(command) => done(command.execute(workspace)),
            Command::Build(command) => done(command.execute(workspace)),
            Command::Kit(command) => done(command.execute(workspace)),
            Command::Sign(command) => done(command.execute(workspace)),
            Command::Image(command) => done(command.execute(workspace)),
            Command::Keygen(command) => done(command.execute()),
            Command::Inspect(command) => done(command.execute(workspace)),
            Command::Size(command) => done(command.execute(workspace)),
            Command::Bench(command) => done(command.execute(workspace)),
            Command::Check(command) => done(command.execute(workspace)),
            Command::Config(command) => done(command.execute(workspace)),
            Command::Fault(command) => done(command.execute(workspace)),
            Command::Flash(command) => done(command.execute(workspace)),
            Command::Clean(command) => done(command.execute(workspace)),
        }
    }
}
