// SPDX-License-Identifier: Apache-2.0
//! The commands, one module for each.

mod build;
mod clean;
mod config;
mod fault;
mod flash;
mod image;
mod inspect;
mod keygen;
mod kit;
mod menu;
mod new;
mod provision;
mod run;
mod sign;
mod size;
mod test;
mod token;

pub use new::New;
pub use test::Test;

use anyhow::Result;
use builder::workspace::Workspace;
use clap::Subcommand;
use std::process::ExitCode;

/// A command with its options.
#[derive(Subcommand)]
#[expect(missing_docs, reason = "the options of a command document it")]
pub enum Command {
    #[command(display_order = 10)]
    Run(run::Run),
    #[command(display_order = 20)]
    Provision(provision::Provision),
    #[command(display_order = 40)]
    Build(build::Build),
    #[command(display_order = 50)]
    Kit(kit::Kit),
    #[command(display_order = 60)]
    Sign(sign::Sign),
    #[command(display_order = 70)]
    Inspect(inspect::Inspect),
    #[command(display_order = 80)]
    Image(image::Image),
    #[command(display_order = 90)]
    Keygen(keygen::Keygen),
    #[command(display_order = 100)]
    Size(size::Size),
    #[command(display_order = 120)]
    Config(config::Config),
    #[command(display_order = 125)]
    Menu(menu::Menu),
    #[command(display_order = 130)]
    Token(token::Token),
    #[command(display_order = 140)]
    Fault(fault::Fault),
    #[command(display_order = 150)]
    Flash(flash::Flash),
    #[command(display_order = 180)]
    Clean(clean::Clean),
}

impl Command {
    /// Does what was typed.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let done = |outcome: Result<()>| outcome.map(|()| ExitCode::SUCCESS);
        match self {
            Self::Run(command) => command.execute(workspace),
            Self::Inspect(command) => command.execute(workspace),
            Self::Token(command) => command.execute(workspace),
            Self::Provision(command) => done(command.execute(workspace)),
            Self::Build(command) => done(command.execute(workspace)),
            Self::Kit(command) => done(command.execute(workspace)),
            Self::Sign(command) => done(command.execute(workspace)),
            Self::Image(command) => done(command.execute(workspace)),
            Self::Keygen(command) => done(command.execute()),
            Self::Size(command) => done(command.execute(workspace)),
            Self::Menu(command) => done(command.execute(workspace)),
            Self::Config(command) => done(command.execute(workspace)),
            Self::Fault(command) => done(command.execute(workspace)),
            Self::Flash(command) => done(command.execute(workspace)),
            Self::Clean(command) => done(command.execute(workspace)),
        }
    }
}
