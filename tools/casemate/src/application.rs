// SPDX-License-Identifier: Apache-2.0
//! Builds the application: that of the product, or in the tree of Casemate the demonstration.

use anyhow::{Context as _, Result, bail};
use builder::firmware::{Builder, DEMO, Image, SecureWorld};
use builder::setup;
use builder::{process, workspace};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The binary of an application in Rust. Its package may have any name.
const BINARY: &str = "application";

/// Builds the application and signs it with the secure world.
pub fn build(builder: &Builder<'_>, world: &SecureWorld) -> Result<Image> {
    let Some(product) = &builder.workspace.product else {
        return builder.application(world, DEMO);
    };
    let folder = &product.application;
    if folder.join("Cargo.toml").exists() {
        let package = workspace::package_name(folder)?;
        return builder.package(world, &package, BINARY, &builder.configured.folder);
    }
    if !folder.join("Makefile").exists() {
        bail!(
            "{}: `product.application`: {} has neither a Cargo.toml nor a Makefile",
            product.file.display(),
            folder.display()
        );
    }
    by_make(builder, world, folder)
}

/// The first word of the application's command line.
pub fn name(builder: &Builder<'_>) -> &'static str {
    if builder.workspace.product.is_some() {
        BINARY
    } else {
        DEMO.binary
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
