// SPDX-License-Identifier: Apache-2.0
//! The repository of a product, and how a user edits it.

use super::packages::Place;
use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// A product in its folder.
pub struct Repository<'a> {
    place: &'a Place,
    folder: PathBuf,
}

impl<'a> Repository<'a> {
    /// An existing product. Its third-party packages are those in the `Cargo.lock` of the tree, so that
    /// no registry is needed.
    pub fn new(place: &'a Place, name: &str) -> Result<Self> {
        let folder = place.root().join(name);
        let lock = folder.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(Path::new(place.tree()).join("Cargo.lock"), lock)?;
        }
        Ok(Self { place, folder })
    }

    /// A path in the product.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs the tool, which must succeed. Returns all that it prints.
    pub fn tool(&self, arguments: &[&str]) -> Result<String> {
        self.place.succeeds(&self.folder, arguments)
    }

    /// Adds text at the end of a file.
    pub fn append(&self, name: &str, text: &str) -> Result<()> {
        let old = self.read(name)?;
        self.write(name, &(old + text))
    }

    /// Replaces a text, which must be there.
    pub fn replace(&self, name: &str, from: &str, to: &str) -> Result<()> {
        let old = self.read(name)?;
        ensure!(old.contains(from), "{name} has no `{from}`:\n{old}");
        self.write(name, &old.replace(from, to))
    }

    /// Copies a folder with its subfolders, and replaces existing files.
    pub fn copy(&self, from: &Path, name: &str) -> Result<()> {
        copy(from, &self.path(name))
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.path(name)).with_context(|| name.to_owned())
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.path(name), text).with_context(|| name.to_owned())
    }
}

/// The files below a folder that contain a text. The program that signs does not count: it is a copy
/// from the tree.
pub fn files_with(folder: &Path, text: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    search(folder, text.as_bytes(), &mut found)?;
    found.retain(|file| !file.ends_with("bin/casemate-sign"));
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        let own = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &own)?;
        } else {
            fs::copy(&path, &own)?;
        }
    }
    Ok(())
}

fn search(folder: &Path, text: &[u8], found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            search(&path, text, found)?;
        } else if fs::read(&path)?
            .windows(text.len())
            .any(|part| part == text)
        {
            found.push(path);
        }
    }
    Ok(())
}
