// SPDX-License-Identifier: Apache-2.0
//! A folder outside the source tree, removed after the tests.

use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The folder.
pub struct Room(PathBuf);

impl Room {
    /// Makes it, in the system's folder for such things.
    pub fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("casemate-kit-{}", process::id()));
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self(folder))
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A file in it.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<PathBuf> {
        let file = self.path(name);
        let parent = file.parent().unwrap_or(&self.0);
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        fs::write(&file, content).with_context(|| file.display().to_string())?;
        Ok(file)
    }

    /// A copy of a folder, without folders in it.
    pub fn copy(&self, from: &Path, name: &str) -> Result<PathBuf> {
        for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
            let file = entry?;
            let own = file.file_name();
            self.write(
                &format!("{name}/{}", own.to_string_lossy()),
                &fs::read(file.path())?,
            )?;
        }
        Ok(self.path(name))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // What can't be removed is the system's to clean.
        let _ = fs::remove_dir_all(&self.0);
    }
}
