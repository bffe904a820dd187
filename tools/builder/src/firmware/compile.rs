// SPDX-License-Identifier: Apache-2.0
//! Builds firmware with cargo.

use super::Builder;
use crate::process;
use crate::report;
use crate::workspace::{read, write_if_changed};
use anyhow::{Context as _, Result};
use std::path::{Path, PathBuf};

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

impl Builder<'_> {
    /// Builds binaries of a package for the device, and returns where they are.
    pub(super) fn compile(
        &self,
        package: &str,
        binaries: &[&str],
        variables: &[(&str, String)],
        types: Types,
    ) -> Result<Vec<PathBuf>> {
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
        if types == Types::Described {
            // The last package has all objects: only that one is compiled again.
            let full = format!("profile.release.package.{package}.debug=2");
            command.args(["--config", &full]);
        }
        if self.configured.debug {
            command.envs(DEBUG_PROFILE.iter().copied());
        } else {
            command.arg("--release");
        }
        if !report::on_terminal() {
            command.arg("--quiet");
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
        process::run(&mut command).with_context(|| format!("{package} could not be built"))?;
        let profile = if self.configured.debug {
            "debug"
        } else {
            "release"
        };
        let folder = self.configured.target.join(target).join(profile);
        Ok(binaries.iter().map(|binary| folder.join(binary)).collect())
    }

    /// Copies a built file to `products`, under the name that a user looks for.
    pub(super) fn keep(&self, built: &Path, product: PathBuf) -> Result<PathBuf> {
        write_if_changed(&product, &read(built)?)?;
        Ok(product)
    }
}
