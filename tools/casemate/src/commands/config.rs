// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate config`: each effective value and the place that set it.

mod partitions;

use anyhow::Result;
use builder::options::Selection;
use builder::report;
use builder::workspace::Workspace;
use clap::Args;
use configure::schema::Kind;
use configure::{Effective, Value};
use serde_json::{Map, json};

/// Show the effective configuration: each value and the file that set it
#[derive(Args)]
pub struct Config {
    #[command(flatten)]
    selection: Selection,
    /// Show the partitions and their services instead
    #[arg(long)]
    partitions: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Config {
    /// Prints the table, or the object.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        self.selection.announce(workspace);
        let effective = self.selection.load(workspace)?;
        let digest = hex::encode(effective.digest());
        match (self.partitions, self.json) {
            (false, false) => print_table(&effective, &digest),
            (false, true) => print_json(&effective, &digest)?,
            (true, false) => partitions::print_tables(effective.partitions()),
            (true, true) => partitions::print_json(effective.partitions())?,
        }
        Ok(())
    }
}

fn print_table(effective: &Effective, digest: &str) {
    let settings = effective.settings().map(|setting| {
        let value = setting.value.to_toml(setting.key.kind);
        (setting.key.name.to_string(), value, setting.origin.as_str())
    });
    let partitions = effective.lines().map(|line| {
        let value = Value::Text(line.manifest.clone()).to_toml(Kind::Text);
        let key = format!("partitions.{}", line.module);
        (key, value, line.origin.as_str())
    });
    let rows: Vec<(String, String, &str)> = settings.chain(partitions).collect();
    let width =
        |column: fn(&(String, String, &str)) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (keys, values) = (width(|row| row.0.len()), width(|row| row.1.len()));
    for (key, value, origin) in &rows {
        report::say(format_args!("{key:keys$}  {value:values$}  {origin}"));
    }
    report::say(format_args!("\nSHA-256 of the values: {digest}"));
}

fn print_json(effective: &Effective, digest: &str) -> Result<()> {
    let settings = effective.settings().map(|setting| {
        let value = match &setting.value {
            Value::Number(number) => json!(number),
            Value::Text(text) => json!(text),
            Value::Flag(flag) => json!(flag),
        };
        let object = json!({ "value": value, "origin": setting.origin });
        (setting.key.name.to_string(), object)
    });
    let partitions = effective.lines().map(|line| {
        let object = json!({ "value": line.manifest, "origin": line.origin });
        (format!("partitions.{}", line.module), object)
    });
    let values: Map<_, _> = settings.chain(partitions).collect();
    report::say_json(&json!({
        "digest": digest,
        "values": values,
        "warnings": effective.warnings(),
    }))
}
