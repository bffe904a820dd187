// SPDX-License-Identifier: Apache-2.0
//! Builds the application: that of the product, or in the tree of Casemate the demonstration or, where
//! the configuration asks for them, the tests.

use anyhow::{Context as _, Result, bail};
use builder::firmware::{self, Application, Builder, DEMO, Image, SecureWorld};
use builder::setup;
use builder::workspace::Workspace;
use builder::{process, workspace};
use configure::Effective;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The binary of an application in Rust. Its package may have any name.
const BINARY: &str = "application";

/// The tests from the non-secure world, and those from the secure world too if they are there.
const TESTS: Application = Application {
    package: "on-target",
    binary: "suite",
};
/// Those from the secure world alone: a smaller application.
const SECURE_TESTS: Application = Application {
    package: "on-target",
    binary: "secure_suite",
};
const NONSECURE: &str = "test.nonsecure";
const SECURE: &str = "test.secure";

/// Checks what building the application needs, before anything is built: the keys, and the folder of
/// a product.
pub fn check(workspace: &Workspace, effective: &Effective) -> Result<()> {
    firmware::key(effective)?;
    firmware::second_key(effective)?;
    let Some(product) = &workspace.product else {
        return Ok(());
    };
    if effective.flag(NONSECURE) {
        bail!(
            "`{NONSECURE}` is true, but {} is a product with an application of its own: the tests \
             are built in the tree of Casemate",
            product.file.display()
        );
    }
    let folder = &product.application;
    if !folder.join("Cargo.toml").exists() && !folder.join("Makefile").exists() {
        bail!(
            "{}: `product.application`: {} has neither a Cargo.toml nor a Makefile",
            product.file.display(),
            folder.display()
        );
    }
    Ok(())
}

/// Builds the application and signs it with the secure world.
pub fn build(builder: &Builder<'_>, world: &SecureWorld) -> Result<Image> {
    let Some(product) = &builder.workspace.product else {
        let Application { package, binary } = of_tree(&builder.configured.effective);
        return builder.package(world, package, binary, &builder.configured.folder);
    };
    let folder = &product.application;
    if folder.join("Cargo.toml").exists() {
        let package = workspace::package_name(folder)?;
        return builder.package(world, &package, BINARY, &builder.configured.folder);
    }
    by_make(builder, world, folder)
}

/// The first word of the application's command line.
pub fn name(builder: &Builder<'_>) -> &'static str {
    if builder.workspace.product.is_some() {
        BINARY
    } else {
        of_tree(&builder.configured.effective).binary
    }
}

/// Whether the application of the tree is the tests: they report by lines, and are exact only where
/// time follows the instructions.
pub fn is_tests(workspace: &Workspace, effective: &Effective) -> bool {
    workspace.product.is_none() && of_tree(effective) != DEMO
}

fn of_tree(effective: &Effective) -> Application {
    match (effective.flag(NONSECURE), effective.flag(SECURE)) {
        (true, _) => TESTS,
        (false, true) => SECURE_TESTS,
        (false, false) => DEMO,
    }
}

fn by_make(builder: &Builder<'_>, world: &SecureWorld, folder: &Path) -> Result<Image> {
    setup::prepare_with(&setup::FOR_APPLICATIONS)?;
    let configured = &builder.configured.folder;
    let kit = configured.join("kit");
    kit::write(builder, world, &kit)?;
    let elf = configured.join("application.elf");
    if elf.exists() {
        fs::remove_file(&elf).with_context(|| format!("cannot remove {}", elf.display()))?;
    }
    let mut make = Command::new("make");
    make.arg("--no-print-directory").arg("-C").arg(folder);
    make.arg(format!("KIT={}", kit.display()));
    make.arg(format!("OUT={}", elf.display()));
    process::output(&mut make)?;
    if !elf.exists() {
        bail!(
            "{}/Makefile made no {}: its first target has to be the file $(OUT)",
            folder.display(),
            elf.display()
        );
    }
    builder.linked_application(world, &elf)
}
