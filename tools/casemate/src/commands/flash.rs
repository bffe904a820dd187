// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate flash`: the objects in the trusted storage of a device, read by the code of the
//! device.

use anyhow::{Context as _, Result, ensure};
use builder::flash_file::trusted_storage;
use builder::options::Selection;
use builder::report;
use builder::table;
use builder::workspace::Workspace;
use clap::Args;
use flash::fake::FileFlash;
use its::host::inspect::{Object, Report, Role, Sector, inspect};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Show the objects of Internal Trusted Storage in a flash file, and check them
///
/// Fails if something is damaged.
#[derive(Args)]
pub struct Flash {
    /// Flash file
    file: PathBuf,
    /// Also print the data of the objects
    #[arg(long)]
    data: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

impl Flash {
    /// Prints the report.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        self.selection.announce(workspace);
        let effective = self.selection.load(workspace)?;
        let (origin, geometry) = trusted_storage(&effective)?;
        let flash = FileFlash::open_to_read(&self.file, origin, geometry)
            .with_context(|| self.file.display().to_string())?;
        let report = inspect(&flash);
        if self.json {
            report::say_json(&self.to_json(&report))?;
        } else {
            self.print(&report);
        }
        let problems = &report.problems;
        ensure!(problems.is_empty(), "{}", problems.join("; "));
        Ok(())
    }

    fn print(&self, report: &Report) {
        let optional =
            |number: Option<u32>| number.map_or_else(|| "-".into(), |number| number.to_string());
        let sectors: Vec<_> = report
            .sectors
            .iter()
            .enumerate()
            .map(|(number, sector)| {
                vec![
                    format!("{number}  {}", role(sector)),
                    optional(sector.sequence),
                    optional(sector.erase_count),
                ]
            })
            .collect();
        table::print(&["sector", "number", "erased"].map(String::from), &sectors);
        report::say("");
        let objects: Vec<_> = report
            .objects
            .iter()
            .map(|object| {
                let size = object.data.as_ref().map(|data| data.len().to_string());
                let mut row = vec![
                    name(object),
                    object.sector.to_string(),
                    object.flags.to_string(),
                    size.unwrap_or_else(|| "damaged".into()),
                ];
                if self.data {
                    row.push(object.data.as_ref().map(hex::encode).unwrap_or_default());
                }
                row
            })
            .collect();
        let mut head = ["owner:uid", "sector", "flags", "bytes"]
            .map(String::from)
            .to_vec();
        if self.data {
            head.push("data".into());
        }
        table::print(&head, &objects);
    }

    fn to_json(&self, report: &Report) -> Value {
        let sectors = report.sectors.iter().map(|sector| {
            json!({
                "role": role(sector),
                "number": sector.sequence,
                "erase_count": sector.erase_count,
            })
        });
        let objects = report.objects.iter().map(|object| {
            let data = object.data.as_ref();
            json!({
                "owner": object.identity.map(|identity| identity.owner()),
                "uid": object.identity.map(|identity| identity.uid()),
                "sector": object.sector,
                "flags": object.flags,
                "bytes": data.map(Vec::len),
                "data": data.filter(|_| self.data).map(hex::encode),
            })
        });
        json!({
            "sectors": sectors.collect::<Vec<_>>(),
            "objects": objects.collect::<Vec<_>>(),
            "problems": report.problems,
        })
    }
}

fn role(sector: &Sector) -> &'static str {
    match sector.role {
        Role::Newest => "newest",
        Role::InUse => "in use",
        Role::Waiting => "waiting",
        Role::Erased => "erased",
        Role::WithoutHeader => "without header",
        Role::Unknown => "of another store",
    }
}

fn name(object: &Object) -> String {
    match object.identity {
        Some(identity) => format!("{}:{:#x}", identity.owner(), identity.uid()),
        None => "unknown".into(),
    }
}
