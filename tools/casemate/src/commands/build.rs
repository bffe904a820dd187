// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate build`: boot ROM, secure image, application, signed image, developers' kit.

use crate::application;
use builder::firmware::{Builder, budget, check_budgets, footprints_of};

use anyhow::Result;
use builder::last_build;
use builder::options::{BuildOptions, Configured};
use builder::report;
use builder::setup;
use builder::workspace::Workspace;
use clap::Args;
use std::path::Path;

/// Build boot ROM, secure image and application, and sign the image
///
/// In the tree of Casemate the application is the demonstration, and the kit for C is written too.
#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    options: BuildOptions,
}

impl Build {
    /// Builds, and prints where everything is and what it costs.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let is_product = workspace.product.is_some();
        let selection = self.options.selection();
        selection.announce(workspace);
        let configured = selection.configure(workspace)?;
        application::check(workspace, &configured.effective)?;
        let folder = configured.folder.join("kit");
        if !is_product {
            kit::check_folder(&folder)?;
        }
        last_build::keep(workspace, &selection)?;
        let toolchain = setup::prepare_with(if is_product { &[] } else { &setup::FOR_KIT })?;
        let builder = Builder {
            workspace,
            toolchain: &toolchain,
            configured: &configured,
        };
        let world = builder.secure_world()?;
        let image = application::build(&builder, &world)?;
        for (_, elf) in world.images() {
            say(workspace, elf);
        }
        for file in [&image.nonsecure_elf, &image.signed] {
            say(workspace, file);
        }
        if configured.is_debug() {
            return Ok(());
        }
        if !is_product {
            kit::write(&builder, &world, &folder)?;
        }
        if folder.exists() {
            say(workspace, &folder);
        }
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
