// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask bench`: instructions per operation and of the boot, beside the reference's.

use anyhow::Result;
use bench::{Figures, latency, readme, tables};
use builder::firmware::BuildContext;
use builder::options::Selection;
use builder::report::{self, Step};
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;

/// Count the instructions of each operation and of the boot, in QEMU
#[derive(Args)]
pub struct Bench {
    #[command(flatten)]
    selection: Selection,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Update the table in README.md
    #[arg(long)]
    readme: bool,
}

impl Bench {
    /// Measures and prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        self.selection.announce(workspace);
        let context = BuildContext::release(workspace, &self.selection, true)?;
        let world = context.builder().secure_world()?;
        let step = Step::start("Counting instructions");
        let figures = Figures::measure(&context, &world)?;
        step.done();
        if self.readme {
            let file = workspace.root.join("README.md");
            let text = String::from_utf8(read(&file)?)?;
            let text = readme::with_figures(&text, &figures)?;
            write_if_changed(&file, text.as_bytes())?;
        }
        if self.json {
            let object = tables::to_json(&context.configured, &figures);
            report::say_json(&object)?;
        } else {
            tables::print(&figures);
        }
        latency::check(&context.configured.effective, &figures.waits)
    }
}
