// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask token show`: a token taken apart, proven by nothing.

use super::{print, read_bytes};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use token_verifier::Token;

/// Show what a token claims; nothing of it is proven
#[derive(Args)]
pub struct Show {
    /// Token: a file in CBOR or in hexadecimal digits, or - for standard input
    token: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Prints the token.
    pub fn execute(&self) -> Result<ExitCode> {
        print(&Token::read(&read_bytes(&self.token)?)?, self.json)?;
        Ok(ExitCode::SUCCESS)
    }
}
