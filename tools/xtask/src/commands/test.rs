// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask test`: host tests, then tests on the device, one summary.

use anyhow::Result;
use builder::options::Selection;
use builder::workspace::Workspace;
use clap::Args;
use runner::{Extent, Session, Tally, Wanted, device_tests, host};
use std::process::ExitCode;

/// Run all tests: on the host, then on the device in QEMU
#[derive(Args)]
pub struct Test {
    #[command(flatten)]
    selection: Selection,
    /// Only the tests on the host
    #[arg(long, conflicts_with = "device")]
    host: bool,
    /// Only the tests on the device
    #[arg(long)]
    device: bool,
    /// Only those tests on the device whose name contains this word
    #[arg(long, value_name = "WORD", conflicts_with = "host")]
    only: Option<String>,
    /// Only the long runs: a million arbitrary calls against each model of execution, and a million
    /// images for the boot ROM
    #[arg(long, conflicts_with_all = ["host", "device", "only"])]
    fuzz: bool,
    /// Only the long run of configurations: each algorithm alone, each key at its extremes; with
    /// --only, those whose name contains the word
    #[arg(long, conflicts_with_all = ["host", "device", "fuzz"])]
    configurations: bool,
}

impl Test {
    /// Runs the tests; fails when one fails or none ran.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let mut tally = Tally::default();
        if self.fuzz {
            host::fuzz(workspace, &mut tally)?;
        } else if !self.device && !self.configurations && self.only.is_none() {
            host::run(workspace, &mut tally)?;
        }
        if !self.host && !self.fuzz {
            self.selection.announce(workspace);
            let session = Session {
                workspace,
                selection: &self.selection,
                wanted: Wanted::new(self.only.as_deref()),
                extent: if self.configurations {
                    Extent::All
                } else {
                    Extent::Sample
                },
            };
            device_tests::run(&session, &mut tally);
        }
        Ok(if tally.close() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
