// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask config`: each effective value and the place that set it.

use crate::options::Selection;
use crate::report;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;
use configure::{Effective, Value};
use serde_json::{Map, json};
use sha2::{Digest as _, Sha256};

/// Show the effective configuration: each value and the file that set it
#[derive(Args)]
pub struct Config {
    #[command(flatten)]
    selection: Selection,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Config {
    /// Prints the table, or the object.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let effective = self.selection.load(workspace)?;
        let digest = hex::encode(Sha256::digest(effective.to_toml()));
        if self.json {
            print_json(&effective, &digest)
        } else {
            print_table(&effective, &digest);
            Ok(())
        }
    }
}

fn print_table(effective: &Effective, digest: &str) {
    let rows: Vec<(String, String, &str)> = effective
        .settings()
        .map(|setting| {
            let value = setting.value.to_toml(setting.key.kind);
            (setting.key.name.to_string(), value, setting.origin.as_str())
        })
        .collect();
    let width =
        |column: fn(&(String, String, &str)) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (keys, values) = (width(|row| row.0.len()), width(|row| row.1.len()));
    for (key, value, origin) in &rows {
        report::say(format_args!("{key:keys$}  {value:values$}  {origin}"));
    }
    report::say(format_args!("\nSHA-256 of the values: {digest}"));
}

fn print_json(effective: &Effective, digest: &str) -> Result<()> {
    let values: Map<_, _> = effective
        .settings()
        .map(|setting| {
            let value = match &setting.value {
                Value::Number(number) => json!(number),
                Value::Text(text) => json!(text),
            };
            (
                setting.key.name.to_string(),
                json!({ "value": value, "origin": setting.origin }),
            )
        })
        .collect();
    report::say(format_args!(
        "{}",
        serde_json::to_string_pretty(&json!({ "digest": digest, "values": values }))?
    ));
    Ok(())
}
