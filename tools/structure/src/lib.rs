// SPDX-License-Identifier: Apache-2.0
//! The structure of this tree: which package and which file depends on which, checked and drawn.
//!
//! * Packages lie in [`layers`]; a dependency goes down or stays in its layer, and partitions do
//!   not name each other. Dependencies of tests (`dev-dependencies`) may go anywhere.
//! * Files of a package have no circles. What counts is where a name is *defined*. A parent is put
//!   together from its children, so what it takes from them does not count, nor does code of tests.
//! * A file has at most [`lengths::MAXIMUM_LINES`] lines.
//!
//! Not here: form, lints and licences (`cargo xtask check`), and what a crate may do (the compiler).

mod areas;
mod arrows;
mod circles;
mod drawing;
mod files;
pub mod layers;
pub mod lengths;
mod modules;
mod packages;
mod resolve;
mod scan;
mod unused;

pub use areas::Area;
pub use files::Source;
pub use lengths::Lengths;

use anyhow::Result;
use packages::Package;
use std::path::Path;

/// What was read of a tree.
pub struct Structure {
    sources: Vec<Source>,
    packages: Vec<Package>,
    crates: Vec<modules::Crate>,
}

impl Structure {
    /// Reads the tree at `root`: the packages by `cargo metadata`, the files by `git ls-files`.
    ///
    /// # Errors
    ///
    /// Cargo or git fails, or a file is no Rust.
    pub fn read(root: &Path) -> Result<Self> {
        let packages = packages::read(root)?;
        let crates = packages
            .iter()
            .map(|package| modules::read(root, package))
            .collect::<Result<_>>()?;
        Ok(Self {
            sources: files::read(root)?,
            packages,
            crates,
        })
    }

    /// What breaks the rules, a line for each; empty if nothing does.
    pub fn findings(&self) -> Vec<String> {
        let mut findings = layers::findings(&self.packages);
        let circles = self.crates.iter().map(|one| circles::findings(one, false));
        findings.extend(circles.flatten());
        findings.extend(unused::findings(&self.packages, &self.crates));
        findings.extend(lengths::findings(&self.sources));
        findings
    }

    /// The circles with those of a parent and its children.
    pub fn strict_circles(&self) -> Vec<String> {
        let circles = self.crates.iter().map(|one| circles::findings(one, true));
        circles.flatten().collect()
    }

    /// Lines of code by top folder.
    pub fn areas(&self) -> Vec<Area> {
        areas::count(&self.sources)
    }

    /// The lengths of files.
    pub fn lengths(&self) -> Lengths {
        lengths::measure(&self.sources)
    }

    /// How many packages, files and arrows between files of a package were looked at.
    pub fn counts(&self) -> [usize; 3] {
        let files = self.crates.iter().map(|one| one.files.len()).sum();
        let arrows = self
            .crates
            .iter()
            .map(|one| arrows::arrows(one).len())
            .sum();
        [self.packages.len(), files, arrows]
    }

    /// The picture of the packages in their layers, SVG.
    pub fn drawing(&self) -> String {
        drawing::draw(&self.packages)
    }
}
