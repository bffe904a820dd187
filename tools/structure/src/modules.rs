// SPDX-License-Identifier: Apache-2.0
//! The files of a package, as its modules declare them from the roots on.

use crate::packages::Package;
use crate::scan::{Scan, scan};
use anyhow::{Context as _, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a package that are not tests.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// Each file, by its name from the root of the tree.
    pub files: BTreeMap<String, File>,
    /// Which file a module is; the first part of its path is the number of its root.
    pub modules: BTreeMap<Vec<String>, String>,
    /// The first names of all paths: what a package must name to use it.
    pub names: BTreeSet<String>,
}

/// A file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Path of its module.
    pub module: Vec<String>,
    /// What is in it.
    pub scan: Scan,
}

/// Reads the files of a package.
pub fn read(root: &Path, package: &Package) -> Result<Crate> {
    let mut one = Crate::default();
    for (number, file) in package.roots.iter().enumerate() {
        let folder = file.parent().context("a root lies in a folder")?;
        one.add(root, file, folder, vec![number.to_string()])?;
    }
    Ok(one)
}

impl Crate {
    /// Adds a file and the modules that it declares; the files of these lie in `folder`.
    fn add(&mut self, root: &Path, file: &Path, folder: &Path, module: Vec<String>) -> Result<()> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let scan = scan(&text).with_context(|| file.display().to_string())?;
        let own = file.parent().unwrap_or(folder);
        for child in &scan.children {
            let (path, below) = match &child.path {
                Some(path) => {
                    let path = own.join(path);
                    let below = path.parent().unwrap_or(folder).to_path_buf();
                    (path, below)
                }
                None => found(folder, &child.name),
            };
            let mut module = module.clone();
            module.push(child.name.clone());
            self.add(root, &path, &below, module)?;
        }
        let path = fs::canonicalize(file)?;
        let root = fs::canonicalize(root)?;
        let name = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .display()
            .to_string();
        self.insert(name, module, scan);
        Ok(())
    }

    /// Adds a file that was read.
    pub fn insert(&mut self, name: String, module: Vec<String>, scan: Scan) {
        let firsts = scan.paths.iter().filter_map(|path| path.segments.first());
        self.names.extend(firsts.cloned());
        self.modules.insert(module.clone(), name.clone());
        self.files.entry(name).or_insert(File { module, scan });
    }
}

/// The file of a module, and the folder of those that it declares.
fn found(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let below = folder.join(name);
    let file = below.with_added_extension("rs");
    if file.exists() {
        (file, below)
    } else {
        (below.join("mod.rs"), below)
    }
}
