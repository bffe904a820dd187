// SPDX-License-Identifier: Apache-2.0
//! The commands of Casemate's tool: build, run, sign, inspect and measure firmware.
//!
//! Each command is a module with its options (`clap`) and one function `execute`. A command does
//! what its name says without any preparation by the user.
//!
//! Not here: how firmware is built and run (`builder`), the kit for C (`kit`), and the commands that
//! test the tree of Casemate itself (`xtask`).

mod application;
mod command_line;
mod commands;
pub mod configuration;

pub use command_line::parse;
pub use commands::{Command, New, Test};

use anyhow::Result;
use builder::report;
use std::process::ExitCode;

/// Ends a program: prints the error, if there is one.
pub fn conclude(outcome: Result<ExitCode>) -> ExitCode {
    outcome.unwrap_or_else(|error| {
        report::error(&error);
        ExitCode::FAILURE
    })
}
