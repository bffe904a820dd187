// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask test`: host tests, then tests on the device, one summary.

use crate::device::development_otp;
use crate::firmware::{Application, Builder, DEMO, check_budgets, footprints_of};
use crate::options::{BuildOptions, Selection};
use crate::setup::{self, toolchain::Toolchain};
use crate::testing::device::{Bench, Scenario};
use crate::testing::{Tally, factory, host, images, scenarios};
use crate::workspace::{Workspace, read};
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

/// A configuration that is tested beside the plain one.
struct Variant {
    name: &'static str,
    files: &'static [&'static str],
    settings: &'static [&'static str],
    application: Application,
    scenario: fn(&[u8]) -> Scenario,
}

/// All of them: the other model of execution passes the same suite, and the firmware of
/// `docs/adding-a-service.md` serves its partition.
const VARIANTS: [Variant; 2] = [
    Variant {
        name: "sfn",
        files: &[],
        settings: &["spm.backend=sfn"],
        application: scenarios::SUITE,
        scenario: scenarios::suite,
    },
    Variant {
        name: "echo",
        files: &["profiles/examples/echo_partition.toml"],
        settings: &[],
        application: scenarios::ECHO,
        scenario: scenarios::echo,
    },
];

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
}

impl Test {
    /// Runs the tests; fails when one fails or none ran.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let mut tally = Tally::default();
        if !self.device {
            host::run(workspace, &mut tally)?;
        }
        if !self.host {
            // What keeps the firmware from being built is a failed test, told like the others.
            let outcome = self.on_device(workspace, &mut tally);
            tally.count(
                "the firmware is built for its tests",
                outcome.map_err(|error| format!("{error:#}")),
            );
        }
        Ok(if tally.close() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn on_device(&self, workspace: &Workspace, tally: &mut Tally) -> Result<()> {
        let toolchain = setup::prepare(true)?;
        let options = BuildOptions {
            selection: self.selection.clone(),
            debug: false,
        };
        let configured = options.configure(workspace)?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let demo = builder.application(&world, DEMO)?;
        let suite = read(&builder.application(&world, scenarios::SUITE)?.signed)?;
        let otp = development_otp(workspace, &configured.effective)?;
        let bench = Bench {
            configured: &configured,
            world: &world,
            otp: &otp,
        };

        let budgets = check_budgets(&configured.effective, &footprints_of(&world)?);
        tally.count("budgets", budgets.map_err(|error| error.to_string()));
        let mut list = vec![scenarios::suite(&suite)];
        list.push(scenarios::storage(&suite));
        list.push(scenarios::keys(&suite));
        list.extend(scenarios::faults(&suite));
        list.push(scenarios::start("our own image", &read(&demo.signed)?));
        list.extend(images::refused(workspace, &configured.effective, &demo)?);
        bench.run_all(&list, tally);
        factory::refuse(workspace, &bench, &read(&demo.signed)?, tally)?;
        images::exchange_with_imgtool(workspace, &bench, &demo, tally)?;
        for variant in &VARIANTS {
            self.on_variant(variant, workspace, &toolchain, &otp, tally)?;
        }
        Ok(())
    }

    /// Builds another configuration beside the plain one and runs its scenario.
    fn on_variant(
        &self,
        variant: &Variant,
        workspace: &Workspace,
        toolchain: &Toolchain,
        otp: &[u8],
        tally: &mut Tally,
    ) -> Result<()> {
        let mut options = BuildOptions {
            selection: self.selection.clone(),
            debug: false,
        };
        let files = variant.files.iter().map(|file| workspace.root.join(file));
        options.selection.files.extend(files);
        let settings = variant.settings.iter().map(ToString::to_string);
        options.selection.settings.extend(settings);
        let configured = options.configure_variant(workspace, variant.name)?;
        let builder = Builder {
            workspace,
            toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let image = read(&builder.application(&world, variant.application)?.signed)?;
        let bench = Bench {
            configured: &configured,
            world: &world,
            otp,
        };
        bench.run_all(&[(variant.scenario)(&image)], tally);
        Ok(())
    }
}
