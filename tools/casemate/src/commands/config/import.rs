// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate config import`: a configuration of the reference as an override file.

use crate::configuration::import::{self, Left, Override};
use anyhow::Result;
use builder::options::Selection;
use builder::report;
use builder::workspace::{Workspace, write_if_changed};
use clap::Args;
use serde_json::{Map, json};
use std::path::PathBuf;

/// Turn a configuration of Trusted Firmware-M in C into an override file
///
/// Takes a CMake profile and the headers that it names, a header config_*.h or one of PSA_WANT_…, or a .conf of
/// Kconfig. What has no counterpart is listed with the reason, in the file and on standard error.
#[derive(Args)]
pub struct Import {
    /// The file
    file: PathBuf,
    /// Write the override file there [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long, conflicts_with = "output")]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

impl Import {
    /// Reads, translates and writes.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let made = import::import(&self.file)?;
        if self.json {
            return print_json(&made);
        }
        for Left { found, why } in &made.left {
            report::warning(&format!(
                "{}: `{}` = {} {why}",
                found.place, found.name, found.value
            ));
        }
        let Some(output) = &self.output else {
            report::say(made.to_toml().trim_end());
            return Ok(());
        };
        write_if_changed(output, made.to_toml().as_bytes())?;
        let settings = made.settings().count() + made.partitions().count();
        let left = made.left.len();
        report::say(format_args!(
            "{}: {settings} keys; {left} options set nothing here",
            output.display()
        ));
        let mut selection = self.selection.clone();
        selection.files.push(output.clone());
        if let Err(problems) = selection.load(workspace) {
            report::warning(&format!(
                "over profile {} this is not yet a configuration:\n{problems:#}",
                selection.profile(workspace)
            ));
        }
        Ok(())
    }
}

fn print_json(made: &Override) -> Result<()> {
    let row = |(key, value, from): (&str, &str, &str)| {
        (key.to_owned(), json!({ "value": value, "from": from }))
    };
    let settings: Map<_, _> = made.settings().map(row).collect();
    let partitions: Map<_, _> = made.partitions().map(row).collect();
    let left = made.left.iter().map(|Left { found, why }| {
        json!({ "option": found.name, "value": found.value, "place": found.place, "why": why })
    });
    report::say_json(&json!({
        "settings": settings,
        "partitions": partitions,
        "left": left.collect::<Vec<_>>(),
    }))
}
