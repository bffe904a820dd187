// SPDX-License-Identifier: Apache-2.0
//! Options that several commands share: which board, profile and overrides.

use crate::report;
use crate::workspace::{Workspace, write_if_changed};
use anyhow::Result;
use clap::Args;
use configure::{Effective, Request};
use std::path::{Path, PathBuf};

/// Which configuration to take.
#[derive(Args, Clone, Debug)]
pub struct Selection {
    /// Board: a folder with a board.toml, or a name [default: that of casemate.toml, or an521]
    #[arg(long, value_name = "NAME")]
    pub board: Option<String>,
    /// Profile: a name, or a file that ends in .toml [default: that of casemate.toml, or small]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
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
        workspace.check_version()?;
        let product = workspace.product.as_ref();
        let effective = configure::load(&Request {
            workspace: workspace.root.clone(),
            board: self.board(workspace),
            profile: self.profile(workspace),
            product: product.map(|product| product.file.clone()),
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

    /// The board: that of the command line, of the product, or the first of the tree.
    pub fn board(&self, workspace: &Workspace) -> String {
        let product = workspace.product.as_ref();
        let chosen = self.board.clone();
        chosen.unwrap_or_else(|| product.map_or("an521".into(), |product| product.board.clone()))
    }

    /// The profile, chosen likewise.
    pub fn profile(&self, workspace: &Workspace) -> String {
        let product = workspace.product.as_ref();
        let chosen = self.profile.clone();
        chosen.unwrap_or_else(|| product.map_or("small".into(), |product| product.profile.clone()))
    }

    /// The profile as the name of a folder.
    pub fn profile_name(&self, workspace: &Workspace) -> String {
        let profile = self.profile(workspace);
        let name = Path::new(&profile).file_stem().unwrap_or_default();
        name.to_string_lossy().into_owned()
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
        let profile = self.selection.profile_name(workspace);
        let build = format!("{profile}{suffix}");
        let folder = workspace.folder(&[effective.text("board.name"), &build])?;
        let file = folder.join("config.toml");
        write_if_changed(&file, effective.to_toml().as_bytes())?;
        Ok(Configured {
            effective,
            folder,
            file,
            target,
            debug: self.debug,
            profile,
        })
    }
}
