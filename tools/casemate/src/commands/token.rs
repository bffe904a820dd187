// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate token`: shows and verifies attestation tokens.

mod key;
mod show;
mod verify;

use anyhow::{Context as _, Result, bail};
use builder::report;
use builder::workspace::{Workspace, read};
use clap::{Args, Subcommand};
use serde::Serialize;
use signer::FileKind;
use std::fmt::Display;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

/// Show or verify an attestation token
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Show(show::Show),
    Verify(Box<verify::Verify>),
}

impl Token {
    /// Does what was typed.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        match &self.command {
            Command::Show(command) => command.execute(),
            Command::Verify(command) => command.execute(workspace),
        }
    }
}

/// Bytes of a file, or of standard input for `-`; digits are taken for hexadecimal.
fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        bytes
    } else {
        read(path)?
    };
    let mut digits = bytes.clone();
    digits.retain(|byte| !byte.is_ascii_whitespace());
    let is_text = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    match hex::decode(&digits) {
        Ok(decoded) if is_text => Ok(decoded),
        _ => Ok(bytes),
    }
}

/// A token, or anything that may be one; what is certainly something else is an error.
fn read_token(path: &Path) -> Result<Vec<u8>> {
    let bytes = read_bytes(path)?;
    match FileKind::of(&bytes) {
        None | Some(FileKind::Token) => Ok(bytes),
        Some(kind) => bail!("{} is no token but {kind}", path.display()),
    }
}

/// Prints a result for people or for programs.
fn print(result: &(impl Display + Serialize), json: bool) -> Result<()> {
    if json {
        report::say_json(result)?;
    } else {
        report::say(result.to_string().trim_end());
    }
    Ok(())
}
