// SPDX-License-Identifier: Apache-2.0
//! The source of Casemate's packages for a product.

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Packages with their names in a product, but for that of the board.
const PACKAGES: &[(&str, &str)] = &[
    ("client", "casemate-client"),
    ("configure", "casemate-configure"),
    ("firmware", "casemate-firmware"),
    ("nonsecure", "casemate-nonsecure"),
    ("psa", "casemate-psa"),
];

/// Where Casemate comes from; without an option from the registry, in the version of the tool.
#[derive(Args)]
#[group(multiple = false)]
pub struct Source {
    /// Take Casemate's packages from its tree in this folder
    #[arg(long, value_name = "DIR")]
    casemate_path: Option<PathBuf>,
    /// Take Casemate's packages from this repository, at the tag of the tool's version
    #[arg(long, value_name = "URL")]
    casemate_git: Option<String>,
}

impl Source {
    /// The lines of `[workspace.dependencies]`.
    pub fn dependencies(&self, board: &str) -> Result<String> {
        let version = env!("CARGO_PKG_VERSION");
        let board_package = format!("casemate-{board}");
        let mut packages = PACKAGES.to_vec();
        packages.push((board, &board_package));
        packages.sort_unstable();
        let tree = self.casemate_path.as_deref().map(Tree::read).transpose()?;
        let mut lines = String::new();
        for (name, package) in packages {
            let from = match (&tree, &self.casemate_git) {
                (Some(tree), _) => format!("path = {:?}", tree.folder(package)?),
                (None, Some(url)) => format!("git = {url:?}, tag = \"v{version}\""),
                (None, None) => format!("version = \"{version}\""),
            };
            let _ = writeln!(lines, "{name} = {{ package = \"{package}\", {from} }}");
        }
        Ok(lines.trim_end().into())
    }
}

/// A tree of Casemate.
struct Tree {
    root: PathBuf,
    /// The table `[workspace.dependencies]`.
    manifest: String,
}

impl Tree {
    fn read(root: &Path) -> Result<Self> {
        let root = fs::canonicalize(root).with_context(|| root.display().to_string())?;
        ensure!(
            root.join("profiles/base.toml").exists(),
            "{} is no tree of Casemate: it has no profiles/base.toml",
            root.display()
        );
        let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
        Ok(Self { root, manifest })
    }

    /// The folder of a package: its line in the manifest names it.
    fn folder(&self, package: &str) -> Result<String> {
        let naming = format!("package = \"{package}\"");
        let line = self.manifest.lines().find(|line| line.contains(&naming));
        let path = line
            .and_then(|line| line.split_once("path = \""))
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(path, _)| path);
        // No other package needs a board, so it has no line.
        let board = format!("boards/{}", package.trim_start_matches("casemate-"));
        let folder = self.root.join(path.unwrap_or(&board));
        ensure!(
            folder.join("Cargo.toml").exists(),
            "{} has no package {package}",
            self.root.display()
        );
        Ok(folder.display().to_string())
    }
}
