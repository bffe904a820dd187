// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate test`: the tests of a product, on the host and on the device.

use super::run::Run;
use anyhow::{Result, bail};
use builder::options::BuildOptions;
use builder::workspace::Workspace;
use builder::{process, report};
use clap::Args;
use std::process::ExitCode;

/// Run the tests of the product's packages, then its application on a fresh device
///
/// The application must end with success: in Rust with `semihosting::exit(0)`, in C with `return 0`.
#[derive(Args)]
pub struct Test {
    #[command(flatten)]
    options: BuildOptions,
    /// Only the tests on the host
    #[arg(long, conflicts_with = "device")]
    host: bool,
    /// Only the application on the device
    #[arg(long)]
    device: bool,
    /// Seconds after which the device counts as hung
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    timeout: u64,
}

impl Test {
    /// Runs both; fails when one fails.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        if workspace.product.is_none() {
            bail!("this is the tree of Casemate: its tests are those of `cargo xtask test`");
        }
        let selection = self.options.selection();
        selection.announce(workspace);
        let mut outcomes = Vec::new();
        if !self.device {
            outcomes.push(self.on_host(workspace)?);
        }
        if !self.host {
            let run = Run::fresh(self.options.clone(), self.timeout, workspace)?;
            outcomes.push(run.execute_with(&selection, workspace)? == ExitCode::SUCCESS);
        }
        let passed = outcomes.iter().filter(|outcome| **outcome).count();
        let failed = outcomes.len() - passed;
        report::say(format_args!("{passed} passed, {failed} failed"));
        Ok(if failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// Tests all packages of the workspace with this configuration.
    fn on_host(&self, workspace: &Workspace) -> Result<bool> {
        let configured = self.options.selection().configure(workspace)?;
        let mut command = process::cargo(workspace);
        command
            .args(["test", "--workspace"])
            .env("CASEMATE_ROOT", &workspace.root)
            .env("CASEMATE_CONFIG", &configured.file);
        let outcome = process::run(&mut command);
        if let Err(error) = &outcome {
            report::failure(&format!("{error:#}"));
        }
        Ok(outcome.is_ok())
    }
}
