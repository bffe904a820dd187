// SPDX-License-Identifier: Apache-2.0
//! Builds firmware with cargo.

use super::Builder;
use super::link_errors::ALLOWS_PANIC;
use crate::cargo;
use crate::workspace::{read, write_if_changed};
use anyhow::{Context as _, Result, anyhow, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The linker is called by itself: no C compiler, no start files. The sizes of stack frames and
/// the names of crates in symbols (`v0`) are for the static bound of the stacks and for the
/// sizes by component. Segments are not aligned to pages (`--nmagic`): a page would bring the
/// headers of the file into the image.
const FLAGS: &[&str] = &[
    "-Clinker=arm-none-eabi-ld",
    "-Clinker-flavor=ld",
    "-Clink-arg=--nmagic",
    "-Csymbol-mangling-version=v0",
    "-Zemit-stack-sizes",
];

/// Debug builds print their panics, but have to fit the same memory.
const DEBUG_PROFILE: &[(&str, &str)] = &[
    ("CARGO_PROFILE_DEV_OPT_LEVEL", "s"),
    ("CARGO_PROFILE_DEV_LTO", "fat"),
    ("CARGO_PROFILE_DEV_CODEGEN_UNITS", "1"),
];

/// Whether an image has the types of its objects in its debugging information. With them, the code
/// comes out a few bytes different: what runs on a device is built without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Types {
    Without,
    Described,
}

/// What cargo is told of builds that are not as small as can be, by `build.type`.
const RELEASE_TYPES: &[(&str, &[(&str, &str)])] = &[
    ("release", &[("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")]),
    (
        "rel-with-debug-info",
        &[
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "2"),
        ],
    ),
];

impl Builder<'_> {
    /// Builds binaries of a package for the device, and returns where they are.
    pub(super) fn compile(
        &self,
        package: &str,
        binaries: &[&str],
        variables: &[(&str, String)],
        types: Types,
    ) -> Result<Vec<PathBuf>> {
        let failing = || format!("{package} could not be built");
        let mut command = self.cargo(package, binaries, variables)?;
        if types == Types::Described {
            // The last package has all objects: only that one is compiled again.
            let full = format!("profile.release.package.{package}.debug=2");
            command.args(["--config", &full]);
        }
        let linked = cargo::build(&mut command, package).with_context(failing)?;
        if let Err(errors) = linked {
            let again = |binary: &str| self.with_panics(package, binary, variables);
            return Err(anyhow!(self.explain(&errors, again)?)).with_context(failing);
        }
        let built = binaries.iter().map(|binary| self.built(binary));
        Ok(built.collect())
    }

    /// Links a binary in which panics are allowed, to be looked at.
    fn with_panics(
        &self,
        package: &str,
        binary: &str,
        variables: &[(&str, String)],
    ) -> Result<PathBuf> {
        let mut command = self.cargo(package, &[binary], variables)?;
        command.env(ALLOWS_PANIC, "1");
        let linked = cargo::build(&mut command, "the way to the panic")?;
        ensure!(linked.is_ok(), "it can't be linked with the panic either");
        Ok(self.built(binary))
    }

    /// Where cargo puts a binary.
    fn built(&self, binary: &str) -> PathBuf {
        let target = self.configured.effective.text("board.target");
        let profile = if self.configured.is_debug() {
            "debug"
        } else {
            "release"
        };
        let folder = self.configured.target.join(target).join(profile);
        folder.join(binary)
    }

    fn cargo(
        &self,
        package: &str,
        binaries: &[&str],
        variables: &[(&str, String)],
    ) -> Result<Command> {
        let target = self.configured.effective.text("board.target");
        let mut command = self.toolchain.cargo();
        command
            .current_dir(&self.workspace.root)
            .args(["build", "--package", package, "--target"]);
        if self.toolchain.builds_core {
            command
                .arg(self.describe_target(target)?)
                .args(["-Zjson-target-spec", "-Zbuild-std=core"]);
        } else {
            command.arg(target);
        }
        for binary in binaries {
            command.args(["--bin", binary]);
        }
        if self.configured.is_debug() {
            command.envs(DEBUG_PROFILE.iter().copied());
        } else {
            command.arg("--release");
            let build_type = self.configured.effective.text("build.type");
            let (_, variables) = RELEASE_TYPES
                .iter()
                .find(|(word, _)| *word == build_type)
                .unwrap_or(&("", &[]));
            command.envs(variables.iter().copied());
        }
        let flags = format!(
            "CARGO_TARGET_{}_RUSTFLAGS",
            target.to_uppercase().replace(['-', '.'], "_")
        );
        command
            .env(flags, FLAGS.join(" "))
            .env("CARGO_TARGET_DIR", &self.configured.target)
            .env("CASEMATE_ROOT", &self.workspace.root)
            .env("CASEMATE_CONFIG", &self.configured.file)
            .envs(variables.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// Copies a built file to `products`, under the name that a user looks for.
    pub(super) fn keep(&self, built: &Path, product: PathBuf) -> Result<PathBuf> {
        write_if_changed(&product, &read(built)?)?;
        Ok(product)
    }
}
