// SPDX-License-Identifier: Apache-2.0
//! Where things are: the repository, and the folders below its target directory.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The repository and its target directory.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Root of the repository.
    pub root: PathBuf,
    /// cargo's target directory.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built from.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .find(|folder| folder.join("profiles/base.toml").exists())
            .context("the folder of this program has moved: type `cargo xtask` in the repository")?
            .to_path_buf();
        let target = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
            .iter()
            .find_map(env::var_os)
            .map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(&target)?;
        Ok(Self { root, target })
    }

    /// cargo's target directory for the firmware: another compiler, other flags.
    pub fn firmware_target(&self) -> PathBuf {
        self.target.join("firmware")
    }

    /// Everything that these commands make, beside cargo's own.
    pub fn products(&self) -> PathBuf {
        self.target.join("casemate")
    }

    /// The folder of a build, made if need be.
    pub fn folder(&self, parts: &[&str]) -> Result<PathBuf> {
        let folder = parts
            .iter()
            .fold(self.products(), |path, part| path.join(part));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

/// Writes a file unless it has that content already, so that nothing is rebuilt in vain.
pub fn write_if_changed(file: &Path, content: &[u8]) -> Result<bool> {
    if fs::read(file).is_ok_and(|old| old == content) {
        return Ok(false);
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(true)
}

/// Reads a file; an error names it.
pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}
