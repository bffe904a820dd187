// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate clean`: removes the files of these commands.

use anyhow::{Context as _, Result};
use builder::workspace::Workspace;
use clap::Args;
use std::io::ErrorKind;
use std::{fs, path::Path};

/// Remove the built firmware, images and flash files; the host's build stays
#[derive(Args)]
pub struct Clean {}

impl Clean {
    /// Removes the folders.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        remove(&workspace.products())?;
        remove(&workspace.firmware_target())
    }
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
