// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate kit`: the developers' kit for C.

use builder::firmware::BuildContext;

use anyhow::Result;
use builder::options::Selection;
use builder::report;
use builder::setup;
use builder::workspace::Workspace;
use clap::Args;
use std::path::PathBuf;

/// Write a developers' kit for C applications: headers, libraries, veneers, images
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
        if let Some(folder) = &self.out {
            kit::check_folder(folder)?;
        }
        let selection = self.selection.or_last_build(workspace);
        let context = BuildContext::release(workspace, &selection, false)?;
        setup::prepare_with(&setup::FOR_KIT)?;
        let world = context.builder().secure_world()?;
        let folder = match &self.out {
            Some(folder) => std::path::absolute(folder)?,
            None => context.configured.folder.join("kit"),
        };
        kit::write(&context.builder(), &world, &folder)?;
        report::say(format_args!("{}", folder.display()));
        Ok(())
    }
}
