// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask glitch`: boots in which one instruction is skipped.

use anyhow::Result;
use builder::firmware::BuildContext;
use builder::options::Selection;
use builder::report;
use builder::table::Format;
use builder::workspace::Workspace;
use clap::Args;
use glitch::{self, Extent, NAMES, Order, workers};
use std::process::ExitCode;

/// Skip each executed instruction of the boot ROM in turn: does a bad image start?
///
/// Boots a bad signature, a bad hash, a lower security counter and others in QEMU, and each of
/// these boots again without one of its instructions. Of the inner loops of hash and signature
/// some iterations are tried, of all else every execution. Fails when a bad image was started.
#[derive(Args)]
pub struct Glitch {
    /// Only this scenario, for example "bad hash"; may be given several times
    #[arg(long = "scenario", value_name = "NAME", value_parser = NAMES)]
    scenarios: Vec<String>,
    /// Only the last execution of each instruction
    #[arg(long)]
    short: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the table as Markdown has it, for `docs/glitches.md`
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    #[command(flatten)]
    selection: Selection,
}

impl Glitch {
    /// Builds the boot ROM and tries.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        self.selection.announce(workspace);
        let context = BuildContext::release(workspace, &self.selection, true)?;
        let world = context.builder().secure_world()?;
        let progress = report::Progress::start();
        let order = Order {
            scenarios: &self.scenarios,
            extent: if self.short {
                Extent::Short
            } else {
                Extent::Full
            },
            every: 1,
            workers: workers(),
            progress: &|text, done, all| progress.show(text, done, all),
        };
        let report = glitch::run(workspace, &context.configured, &world, &order)?;
        progress.done();
        if self.json {
            report::say(report.to_json());
        } else {
            report.print(if self.markdown {
                Format::Markdown
            } else {
                Format::Plain
            });
        }
        Ok(if report.bad() == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
