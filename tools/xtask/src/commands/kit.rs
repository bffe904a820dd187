// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask kit`: the developers' kit for C.

use crate::firmware::Workshop;
use crate::kit;
use crate::options::Selection;
use crate::report;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Write a folder from which C applications are built: headers, libraries, veneers, images
#[derive(Args)]
pub struct Kit {
    /// Folder: an empty one, a new one or an older kit [default: kit, beside the images]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

impl Kit {
    /// Builds the secure world, writes the kit and prints its folder.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        setup::prepare_with(&setup::FOR_KIT)?;
        let workshop = Workshop::release(workspace, &self.selection, false)?;
        let world = workshop.builder().secure_world()?;
        let folder = match &self.out {
            Some(folder) => std::path::absolute(folder)?,
            None => workshop.configured.folder.join("kit"),
        };
        kit::write(&workshop.builder(), &world, &folder)?;
        report::say(format_args!("{}", folder.display()));
        Ok(())
    }
}
