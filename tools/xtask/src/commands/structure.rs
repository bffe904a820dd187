// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask structure`: layers, circles, lengths of files and lines by area.

use anyhow::{Result, bail};
use builder::workspace::{Workspace, read, write_if_changed};
use builder::{report, table};
use clap::Args;
use structure::lengths::MAXIMUM_LINES;

/// The picture of the packages, from the root.
const DRAWING: &str = "docs/structure.svg";

/// Check the structure of the tree: layers, circles between files, lengths of files
///
/// Prints the lines of code by area too. What counts as code: Rust, C, assembly, linker scripts,
/// Python and TOML, with comments and tests.
#[derive(Args)]
pub struct Structure {
    /// Draw the packages in their layers to docs/structure.svg
    #[arg(long)]
    draw: bool,
    /// List the circles of a parent and its children too, which are allowed
    #[arg(long)]
    strict: bool,
}

impl Structure {
    /// Prints the figures and what breaks the rules, and fails if something does.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let structure = structure::Structure::read(&workspace.root)?;
        if self.draw {
            let file = workspace.root.join(DRAWING);
            write_if_changed(&file, structure.drawing().as_bytes())?;
        }
        print(&structure);
        if self.strict {
            structure.strict_circles().iter().for_each(report::say);
        }
        let findings = all_findings(workspace, &structure);
        findings.iter().for_each(report::say);
        if !findings.is_empty() {
            bail!("{} findings", findings.len());
        }
        Ok(())
    }
}

/// What breaks the rules of the tree.
pub fn findings(workspace: &Workspace) -> Result<Vec<String>> {
    let structure = structure::Structure::read(&workspace.root)?;
    Ok(all_findings(workspace, &structure))
}

fn all_findings(workspace: &Workspace, structure: &structure::Structure) -> Vec<String> {
    let mut findings = structure.findings();
    let drawn = read(&workspace.root.join(DRAWING)).unwrap_or_default();
    if drawn != structure.drawing().as_bytes() {
        findings.push(format!(
            "{DRAWING} is not current: type `cargo xtask structure --draw`"
        ));
    }
    findings
}

fn print(structure: &structure::Structure) {
    let head = ["area", "lines", "per cent"].map(String::from);
    let areas = structure.areas();
    let rows = areas.iter().map(|area| {
        let folder = if area.folder.is_empty() {
            "(root)"
        } else {
            &area.folder
        };
        let lines = table::grouped(area.lines as u64);
        vec![folder.into(), lines, format!("{:.1}", area.percent)]
    });
    table::print(&head, &rows.collect::<Vec<_>>());
    let lengths = structure.lengths();
    report::say(format_args!(
        "\n{} Rust files that are not tests: median {} lines, longest {}; {MAXIMUM_LINES} allowed",
        lengths.files, lengths.median, lengths.longest
    ));
    let [packages, files, arrows] = structure.counts();
    report::say(format_args!(
        "{packages} packages; {arrows} dependencies between {files} files within packages"
    ));
}
