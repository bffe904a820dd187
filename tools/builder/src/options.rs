// SPDX-License-Identifier: Apache-2.0
//! Options that several commands share: which board, profile and overrides.

use crate::report;
use crate::workspace::{Workspace, write_if_changed};
use anyhow::Result;
use clap::Args;
use configure::{Effective, Request};
use std::path::PathBuf;

/// Which configuration to take.
#[derive(Args, Clone, Debug)]
pub struct Selection {
    /// Board: a folder in boards/
    #[arg(long, default_value = "an521", value_name = "NAME")]
    pub board: String,
    /// Profile: a file in profiles/, without .toml
    #[arg(long, default_value = "small", value_name = "NAME")]
    pub profile: String,
    /// Extra configuration file; may be given several times, the last one wins
    #[arg(long = "config", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// One value, for example spm.fault_action=halt; wins over every file
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
}

impl Selection {
    /// Merges the layers, and warns of what is not safe.
    pub fn load(&self, workspace: &Workspace) -> Result<Effective> {
        let effective = configure::load(&Request {
            workspace: workspace.root.clone(),
            board: self.board.clone(),
            profile: self.profile.clone(),
            product: None,
            files: self
                .files
                .iter()
                .map(std::path::absolute)
                .collect::<Result<_, _>>()?,
            settings: self.settings.clone(),
        })?;
        effective.warnings().into_iter().for_each(report::warning);
        Ok(effective)
    }
}

/// What to build.
#[derive(Args, Clone, Debug)]
pub struct BuildOptions {
    /// Which configuration.
    #[command(flatten)]
    pub selection: Selection,
    /// Debug build: assertions on, a panic is printed instead of being impossible
    #[arg(long)]
    pub debug: bool,
}

/// A configuration, resolved and written where build scripts find it.
#[derive(Clone, Debug)]
pub struct Configured {
    /// The values.
    pub effective: Effective,
    /// The folder of the products.
    pub folder: PathBuf,
    /// The resolved configuration in that folder.
    pub file: PathBuf,
    /// cargo's target directory for this build.
    pub target: PathBuf,
    /// A debug build.
    pub debug: bool,
    /// Name of the profile.
    pub profile: String,
}

impl BuildOptions {
    /// Resolves the configuration.
    pub fn configure(&self, workspace: &Workspace) -> Result<Configured> {
        let suffix = if self.debug { "-debug" } else { "" };
        self.configure_into(workspace, suffix, workspace.firmware_target())
    }

    /// Resolves the configuration of a variant that is built beside the plain one and by turns
    /// with it: it has folders of its own, so that neither makes the other stale.
    pub fn configure_variant(&self, workspace: &Workspace, name: &str) -> Result<Configured> {
        let target = workspace.firmware_target().join(name);
        self.configure_into(workspace, &format!("-{name}"), target)
    }

    fn configure_into(
        &self,
        workspace: &Workspace,
        suffix: &str,
        target: PathBuf,
    ) -> Result<Configured> {
        let effective = self.selection.load(workspace)?;
        let build = format!("{}{suffix}", self.selection.profile);
        let folder = workspace.folder(&[&self.selection.board, &build])?;
        let file = folder.join("config.toml");
        write_if_changed(&file, effective.to_toml().as_bytes())?;
        Ok(Configured {
            effective,
            folder,
            file,
            target,
            debug: self.debug,
            profile: self.selection.profile.clone(),
        })
    }
}
