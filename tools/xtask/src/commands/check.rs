// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask check`: what a reviewer need not look for.

use super::structure;
use anyhow::{Result, bail};
use builder::firmware::BuildContext;
use builder::options::Selection;
use builder::process;
use builder::report;
use builder::workspace::Workspace;
use clap::Args;
use glitch::{self, Extent, Order, workers};
use std::fs;
use std::process::Command;

/// Where `allow(unsafe_code)` may stand: registers, assembly, the board's exported symbols, the
/// veneers' declarations, the interface to QEMU in C.
const UNSAFE_FOLDERS: &[&str] = &[
    "hardware/",
    "boards/",
    "firmware/",
    "client/",
    "examples/",
    "tests/on_target/",
    "tools/instruction_counter/",
];
/// Files with a comment syntax, which therefore name their licence.
const SOURCES: &[&str] = &["rs", "toml", "ld", "sh", "py", "c", "h", "s"];
/// Files of a new product, which has a licence of its own.
const TEMPLATES: &str = "tools/casemate/template/";
const LICENCE: &str = "SPDX-License-Identifier: Apache-2.0";

/// Check structure, form, lints, licences, documentation and the inventory of unsafe code
#[derive(Args)]
pub struct Check {
    /// Also run every glitch of `cargo xtask glitch`, which takes hours
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    selection: Selection,
}

/// What one check found: nothing, or lines for the reader.
type Findings = Vec<String>;

impl Check {
    /// Runs all checks, and fails if one found something.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let files = sources(workspace)?;
        let mut failed = 0;
        let mut tell = |name: &str, findings: Findings| {
            let word = if findings.is_empty() { "ok" } else { "FAILED" };
            report::say(format_args!("{name} ... {word}"));
            findings
                .iter()
                .for_each(|line| report::say(format_args!("    {line}")));
            failed += usize::from(!findings.is_empty());
        };
        tell("licence on every source file", licences(&files));
        tell("structure", structure::findings(workspace)?);
        tell("unsafe code where it may stand", unsafe_code(&files));
        tell("form", cargo(workspace, &["fmt", "--all", "--check"], &[]));
        tell("lints", cargo(workspace, &LINTS, &[]));
        tell(
            "documentation",
            cargo(
                workspace,
                &DOCUMENTATION,
                &[("RUSTDOCFLAGS", "-D warnings")],
            ),
        );
        if self.full {
            tell("glitches", glitches(workspace, &self.selection)?);
        }
        if failed > 0 {
            bail!("{failed} checks failed");
        }
        Ok(())
    }
}

const LINTS: [&str; 7] = [
    "clippy",
    "--quiet",
    "--workspace",
    "--all-targets",
    "--",
    "-D",
    "warnings",
];
const DOCUMENTATION: [&str; 5] = [
    "doc",
    "--quiet",
    "--workspace",
    "--no-deps",
    "--document-private-items",
];

/// What `cargo xtask glitch` finds in the boot ROM of a configuration.
fn glitches(workspace: &Workspace, selection: &Selection) -> Result<Findings> {
    let context = BuildContext::release(workspace, selection, true)?;
    let world = context.builder().secure_world()?;
    let order = Order {
        scenarios: &[],
        extent: Extent::Full,
        every: 1,
        workers: workers(),
        progress: &|_, _, _| (),
    };
    let report = glitch::run(workspace, &context.configured, &world, &order)?;
    Ok(report.bad_places())
}

/// Name below the root, and text, of each source file that git knows or would take.
fn sources(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root);
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let files = process::output(&mut git)?
        .lines()
        .filter(|name| {
            SOURCES
                .iter()
                .any(|kind| name.ends_with(&format!(".{kind}")))
        })
        .filter_map(|name| {
            Some((
                name.to_string(),
                fs::read_to_string(workspace.root.join(name)).ok()?,
            ))
        })
        .collect();
    Ok(files)
}

fn licences(files: &[(String, String)]) -> Findings {
    let names_it = |text: &str| text.lines().take(2).any(|line| line.contains(LICENCE));
    let is_of_product = |name: &str| name.starts_with(TEMPLATES);
    let without = files
        .iter()
        .filter(|(name, text)| !names_it(text) && !is_of_product(name));
    without
        .map(|(name, _)| format!("{name}:1: add `{LICENCE}`"))
        .collect()
}

fn unsafe_code(files: &[(String, String)]) -> Findings {
    let mut findings = Findings::new();
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".rs")) {
        let allowed = UNSAFE_FOLDERS.iter().any(|folder| name.starts_with(folder));
        for (index, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("#") && code.contains("allow(unsafe_code)") && !allowed {
                findings.push(format!(
                    "{name}:{}: unsafe code belongs to hardware/: move it there",
                    index + 1
                ));
            }
        }
    }
    findings
}

/// Runs a command of the active cargo; its output is the finding when it fails.
fn cargo(workspace: &Workspace, arguments: &[&str], variables: &[(&str, &str)]) -> Findings {
    let step = report::Step::start(format!("cargo {}", arguments.join(" ")));
    let mut command = process::cargo(workspace);
    command.args(arguments).envs(variables.iter().copied());
    let outcome = process::output(&mut command);
    step.done();
    match outcome {
        Ok(_) => Findings::new(),
        Err(error) => error.to_string().lines().map(str::to_string).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Vec<(String, String)> {
        vec![(name.into(), text.into())]
    }

    #[test]
    fn a_file_names_its_licence_at_its_head() {
        assert!(licences(&file("a.rs", &format!("// {LICENCE}\n"))).is_empty());
        assert!(licences(&file("a.sh", &format!("#!/bin/sh\n# {LICENCE}\n"))).is_empty());
        assert_eq!(
            licences(&file("a.rs", &format!("\n\n// {LICENCE}\n"))).len(),
            1
        );
        assert_eq!(licences(&file("a.rs", "")).len(), 1);
    }

    #[test]
    fn unsafe_code_has_its_places() {
        let text = "#![allow(unsafe_code)]\n";
        assert!(unsafe_code(&file("hardware/x/src/lib.rs", text)).is_empty());
        assert_eq!(unsafe_code(&file("crates/x/src/lib.rs", text)).len(), 1);
        let attribute = "#![cfg_attr(x, allow(unsafe_code))]\n";
        assert_eq!(
            unsafe_code(&file("crates/x/src/lib.rs", attribute)).len(),
            1
        );
        assert!(unsafe_code(&file("crates/x/src/lib.rs", "// allow(unsafe_code)\n")).is_empty());
    }
}
