// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate config`: what is set, by which file, what it means, and what differs.

mod difference;
mod explain;
mod import;
mod partitions;
mod values;

use crate::configuration::json_schema;
use anyhow::Result;
use builder::options::Selection;
use builder::report;
use builder::workspace::Workspace;
use clap::{Args, Subcommand};

/// Show the effective configuration: each value, the file that set it, and what it overrides
///
/// With a key or the beginning of keys only those: `config crypto`, `config its.buffer_bytes`. The
/// reference's names are taken too: `config ITS_BUF_SIZE`.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Config {
    #[command(subcommand)]
    command: Option<Way>,
    /// A key, a section, or a name of the reference
    key: Option<String>,
    #[command(flatten)]
    selection: Selection,
    /// Tell what a key means, which values it takes, its default, its cost, its name in the reference
    #[arg(long, value_name = "KEY", conflicts_with_all = ["key", "partitions", "diff", "schema"])]
    explain: Option<String>,
    /// Show what differs between two configurations: each a profile, and with commas files and
    /// settings over it, for example small,spm.backend=sfn
    #[arg(long, num_args = 2, value_names = ["A", "B"], conflicts_with_all = ["key", "partitions", "schema"])]
    diff: Option<Vec<String>>,
    /// Show the partitions and their services instead
    #[arg(long, conflicts_with_all = ["key", "schema"])]
    partitions: bool,
    /// Print the JSON schema of configuration files, for editors
    #[arg(long, conflicts_with_all = ["key", "json"])]
    schema: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What else can be done with configurations.
#[derive(Subcommand)]
enum Way {
    Import(import::Import),
}

impl Config {
    /// Prints what was asked for.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        if let Some(Way::Import(import)) = &self.command {
            return import.execute(workspace);
        }
        if self.schema {
            let places = configure::Places::of(&workspace.root);
            return report::say_json(&json_schema::schema(&configure::defaults(&places)?));
        }
        if let Some([first, second]) = self.diff.as_deref() {
            return difference::print(workspace, &self.selection, [first, second], self.json);
        }
        self.selection.announce(workspace);
        let effective = self.selection.load(workspace)?;
        if let Some(key) = &self.explain {
            return explain::print(&effective, key, self.json);
        }
        match (self.partitions, self.json) {
            (false, _) => values::print(&effective, self.key.as_deref(), self.json)?,
            (true, false) => partitions::print_tables(effective.partitions()),
            (true, true) => partitions::print_json(effective.partitions())?,
        }
        Ok(())
    }
}
