// SPDX-License-Identifier: Apache-2.0
//! The table in README.md has the figures of this firmware: they are exact, so they are compared
//! exactly. Interrupts wait no longer than the profile allows.

use super::Tally;
use anyhow::{Result, ensure};
use bench::{Figures, documents, latency, readme};
use builder::firmware::{BuildContext, SecureWorld};
use builder::options::Selection;
use builder::workspace::read;

/// What the test is called.
pub const NAME: &str = "README has the figures that are measured";

/// Whether a selection is the one that README.md has figures of: the defaults of the tree.
pub fn are_those_of_readme(selection: &Selection) -> bool {
    let Selection {
        board,
        profile,
        files,
        settings,
    } = selection;
    board.is_none() && profile.is_none() && files.is_empty() && settings.is_empty()
}

/// Measures, and compares.
pub fn run(context: &BuildContext<'_>, world: &SecureWorld, tally: &mut Tally) {
    tally.check(NAME, check(context, world));
}

fn check(context: &BuildContext<'_>, world: &SecureWorld) -> Result<()> {
    let figures = Figures::measure(context, world)?;
    latency::check(&context.configured.effective, &figures.waits)?;
    let text = String::from_utf8(read(&context.workspace.root.join("README.md"))?)?;
    let current = readme::with_figures(&text, &figures)?;
    let lines = text.lines().zip(current.lines());
    let differing: Vec<_> = lines
        .filter(|(written, measured)| written != measured)
        .map(|(_, measured)| measured)
        .collect();
    let texts = documents::all(context.workspace)?;
    let plain = (String::new(), figures.footprints);
    documents::check(&texts, &documents::Measured::from([plain]))?;
    ensure!(
        text == current,
        "type `cargo xtask bench --readme`; measured now:\n{}",
        differing.join("\n")
    );
    Ok(())
}
