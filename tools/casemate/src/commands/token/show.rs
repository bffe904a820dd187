// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate token show`: the content of a token, without verification.

use super::{print, read_token};
use anyhow::Result;
use builder::report;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use token_verifier::{Token, diagnostic};

/// Show the claims of a token, without verifying them
#[derive(Args)]
pub struct Show {
    /// Token: a file in CBOR or in hexadecimal digits, or - for standard input
    token: PathBuf,
    /// Print CBOR's diagnostic notation
    #[arg(long, conflicts_with = "json")]
    diag: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    /// Prints the token.
    pub fn execute(&self) -> Result<ExitCode> {
        let token = read_token(&self.token)?;
        if self.diag {
            report::say(diagnostic(&token)?);
        } else {
            print(&Token::read(&token)?, self.json)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
