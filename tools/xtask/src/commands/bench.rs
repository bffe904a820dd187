// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask bench`: instructions per operation and of the boot, beside the reference's.

use anyhow::Result;
use bench::history::{History, Version};
use bench::{Figures, documents, latency, page, readme, tables};
use builder::firmware::BuildContext;
use builder::options::Selection;
use builder::report::{self, Step};
use builder::whole_file;
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;
use std::path::PathBuf;

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
    /// Update the sizes in the documents; builds each configuration that they have sizes of
    #[arg(long)]
    documents: bool,
    /// Write one page with plots: instructions against length, and the history of the figures
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Put the figures into docs/history.json, under the name of a version
    #[arg(long, value_name = "VERSION")]
    record: Option<String>,
}

impl Bench {
    /// Measures and prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        self.selection.announce(workspace);
        let mut history = History::read(workspace)?;
        let context = BuildContext::release(workspace, &self.selection, true)?;
        if self.documents {
            let texts = documents::all(workspace)?;
            let measured = documents::measure(&context, documents::configurations(&texts))?;
            documents::update(&texts, &measured)?;
        }
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
        if let Some(version) = &self.record {
            history.put(Version::measured(version, &figures));
            history.write(workspace)?;
        }
        if let Some(file) = &self.html {
            let page = page::to_html(&context.configured, &figures, &history);
            whole_file::write(file, page.as_bytes())?;
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
