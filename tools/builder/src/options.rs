// SPDX-License-Identifier: Apache-2.0
//! Options that several commands share: which board, profile and overrides.

use crate::report;
use crate::workspace::{Workspace, write_if_changed};
use anyhow::Result;
use clap::Args;
use configure::{Effective, Request};
use std::path::{Path, PathBuf};

/// By which a folder is a board.
const BOARD_FILE: &str = "board.toml";
/// The key of the type of build, and the type with assertions.
const BUILD_TYPE: &str = "build.type";
const DEBUG: &str = "debug";
/// How the names of files end that are profiles.
const PROFILE_END: &str = ".toml";

/// Which configuration to take.
#[derive(Args, Clone, Debug, Default)]
pub struct Selection {
    /// Board: a name, or a folder with a board.toml [default: that of casemate.toml, or an521]
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
        let effective = configure::load(&self.request(workspace)?)?;
        effective.warnings().into_iter().for_each(report::warning);
        Ok(effective)
    }

    /// Merges the layers without a word.
    pub fn load_quietly(&self, workspace: &Workspace) -> Result<Effective> {
        Ok(configure::load(&self.request(workspace)?)?)
    }

    /// The layers.
    pub(crate) fn request(&self, workspace: &Workspace) -> Result<Request> {
        let product = workspace.product.as_ref();
        Ok(Request {
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
        })
    }

    /// The board: that of the command line, of the product, or the first of the tree. One that is
    /// named by a path from the current folder is a whole path.
    pub fn board(&self, workspace: &Workspace) -> String {
        let product = workspace.product.as_ref();
        let Some(chosen) = &self.board else {
            return product.map_or("an521".into(), |product| product.board.clone());
        };
        let path = Path::new(chosen);
        let folder = match path.parent() {
            Some(folder) if path.ends_with(BOARD_FILE) => folder,
            _ => path,
        };
        whole(folder, folder.join(BOARD_FILE)).unwrap_or_else(|| chosen.clone())
    }

    /// The profile, chosen likewise.
    pub fn profile(&self, workspace: &Workspace) -> String {
        let product = workspace.product.as_ref();
        let Some(chosen) = &self.profile else {
            return product.map_or("small".into(), |product| product.profile.clone());
        };
        let mut file = chosen.clone();
        if chosen.contains('/') && !chosen.ends_with(PROFILE_END) {
            file += PROFILE_END;
        }
        if !file.ends_with(PROFILE_END) {
            return file;
        }
        whole(Path::new(&file), (&file).into()).unwrap_or(file)
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
    /// The same as `--set build.type=debug`: assertions on, a panic is printed
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
    /// Name of the profile.
    pub profile: String,
}

impl BuildOptions {
    /// What is chosen; `--debug` is a setting among the others.
    pub fn selection(&self) -> Selection {
        let mut selection = self.selection.clone();
        if self.debug {
            selection.settings.push(format!("{BUILD_TYPE}={DEBUG}"));
        }
        selection
    }
}

impl Configured {
    /// Whether the images have assertions and print a panic.
    pub fn is_debug(&self) -> bool {
        self.effective.text(BUILD_TYPE) == DEBUG
    }
}

impl Selection {
    /// Resolves the configuration.
    pub fn configure(&self, workspace: &Workspace) -> Result<Configured> {
        self.configure_into(workspace, "", workspace.firmware_target())
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
        let effective = self.load(workspace)?;
        let folder = self.folder_of(workspace, &effective, suffix)?;
        let file = folder.join("config.toml");
        write_if_changed(&file, effective.to_toml().as_bytes())?;
        Ok(Configured {
            effective,
            folder,
            file,
            target,
            profile: self.profile_name(workspace),
        })
    }

    /// The folder with the products of this configuration.
    pub fn folder(&self, workspace: &Workspace, effective: &Effective) -> Result<PathBuf> {
        self.folder_of(workspace, effective, "")
    }

    fn folder_of(
        &self,
        workspace: &Workspace,
        effective: &Effective,
        suffix: &str,
    ) -> Result<PathBuf> {
        let profile = self.profile_name(workspace);
        let build = format!("{profile}{suffix}{}", type_suffix(effective));
        workspace.folder(&[effective.text("board.name"), &build])
    }
}

/// What the folder of a build has in its name beside the profile.
fn type_suffix(effective: &Effective) -> String {
    match effective.text(BUILD_TYPE) {
        "min-size" => String::new(),
        other => format!("-{other}"),
    }
}

/// The whole path of a file or folder, if `there` exists.
fn whole(path: &Path, there: PathBuf) -> Option<String> {
    let whole = there.exists().then(|| std::path::absolute(path).ok())??;
    whole.to_str().map(Into::into)
}
