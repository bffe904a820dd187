// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate build`: boot ROM, secure image, demonstration, signed image, developers' kit.

use builder::firmware::{Builder, DEMO, budget, check_budgets, footprints_of};

use anyhow::Result;
use builder::options::{BuildOptions, Configured};
use builder::report;
use builder::setup;
use builder::workspace::Workspace;
use clap::Args;
use std::path::Path;

/// Build boot ROM, secure image and demonstration, sign the image, write the kit for C
#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    options: BuildOptions,
}

impl Build {
    /// Builds, and prints where everything is and what it costs.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let toolchain = setup::prepare_with(&setup::FOR_KIT)?;
        let configured = self.options.configure(workspace)?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let image = builder.application(&world, DEMO)?;
        for file in [
            &world.boot_elf,
            &world.secure_elf,
            &image.nonsecure_elf,
            &image.signed,
        ] {
            say(workspace, file);
        }
        if self.options.debug {
            return Ok(());
        }
        let folder = configured.folder.join("kit");
        kit::write(&builder, &world, &folder)?;
        say(workspace, &folder);
        let footprints = footprints_of(&world)?;
        let Configured { effective, .. } = &configured;
        for (name, footprint) in &footprints {
            let budget = budget(effective, name);
            let of = |used: u64, limit: Option<u64>| match limit {
                Some(limit) => format!("{used} of {limit} bytes"),
                None => format!("{used} bytes"),
            };
            report::say(format_args!(
                "{name}: flash {}, RAM {}",
                of(footprint.flash, budget.flash_bytes),
                of(footprint.ram, budget.ram_bytes)
            ));
        }
        check_budgets(effective, &footprints)
    }
}

/// Prints where something is, from the root of the repository if it is there.
fn say(workspace: &Workspace, file: &Path) {
    let file = file.strip_prefix(&workspace.root).unwrap_or(file);
    report::say(format_args!("{}", file.display()));
}
