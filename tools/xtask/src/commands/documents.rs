// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask documents`: the files that follow from the schema and the names of the reference.

use anyhow::{Result, bail};
use builder::report;
use builder::workspace::{Workspace, write_if_changed};
use casemate::configuration::{json_schema, migration, page};
use clap::Args;
use std::fs;

/// Write docs/configuration.md, docs/migration.md and the JSON schema of configuration files
#[derive(Args)]
pub struct Documents {
    /// Write nothing; fail when a file is not what it should be
    #[arg(long)]
    check: bool,
}

impl Documents {
    /// Writes or compares.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let places = configure::Places::of(&workspace.root);
        let defaults = configure::defaults(&places)?;
        let schema = serde_json::to_string_pretty(&json_schema::schema(&defaults))? + "\n";
        let files = [
            ("docs/configuration.md".to_owned(), page::page(&defaults)),
            ("docs/migration.md".to_owned(), migration::page()),
            (format!("profiles/{}", json_schema::FILE), schema),
        ];
        let mut stale = Vec::new();
        for (name, text) in files {
            let file = workspace.root.join(&name);
            if self.check {
                if fs::read_to_string(&file).unwrap_or_default() != text {
                    stale.push(name);
                }
            } else if write_if_changed(&file, text.as_bytes())? {
                report::say(format_args!("{name}"));
            }
        }
        if !stale.is_empty() {
            bail!(
                "{}: not up to date; type `cargo xtask documents`",
                stale.join(", ")
            );
        }
        Ok(())
    }
}
