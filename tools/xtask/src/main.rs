// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask`: build, run, test and measure the firmware, on a machine that has only Rust.
//!
//! Principles: a command does what its name says without any preparation by the user, and
//! nothing twice; an error says what is wrong and what to type; standard output carries the
//! result, standard error the progress.

mod attestation;
mod bench;
mod commands;
mod device;
mod firmware;
mod flash_file;
mod glitch;
mod kit;
mod options;
mod process;
mod qemu;
mod report;
mod setup;
mod slots;
mod table;
mod testing;
mod workspace;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = workspace::Workspace::find()
        .and_then(|workspace| commands::CommandLine::parse().execute(&workspace));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            report::error(&error);
            ExitCode::FAILURE
        }
    }
}
