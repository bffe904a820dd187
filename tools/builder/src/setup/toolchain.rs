// SPDX-License-Identifier: Apache-2.0
//! The compiler of the firmware.
//!
//! `core` is built from source for the size of it, and that source must be the compiler's own.
//! In this order: the active toolchain with its `rust-src` component, the active toolchain with
//! the target installed (its `core` is then taken as it is), Debian's packages. rustup is never
//! asked to download anything, and the repository has no rust-toolchain.toml, which would ask it.

use crate::process;
use anyhow::{Result, bail};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian's compiler with the source of its library.
pub const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const TARGET: &str = "thumbv8m.main-none-eabi";
/// The `rust-version` of the workspace.
const LEAST_MINOR: u32 = 95;

/// A compiler that can build the firmware.
#[derive(Clone, Debug)]
pub struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    /// The active toolchain of rustup, to which its proxies have to be held.
    rustup: Option<String>,
    /// Whether `core` is built from source.
    pub builds_core: bool,
}

impl Toolchain {
    /// A cargo command that builds with this toolchain; our own code is stable Rust, but
    /// building `core`, the description of the target and the sizes of stack frames need flags
    /// that are not.
    pub fn cargo(&self) -> Command {
        let mut command = self.command(&self.cargo);
        command.env("RUSTC", &self.rustc);
        command
    }

    /// A command of this toolchain's compiler.
    pub fn rustc(&self) -> Command {
        self.command(&self.rustc)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = process::command(program);
        command.env("RUSTC_BOOTSTRAP", "1");
        if let Some(toolchain) = &self.rustup {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        command
    }
}

/// The first toolchain in the order above that is there.
pub fn find() -> Option<Toolchain> {
    active().or_else(debian)
}

/// Debian's toolchain after it was installed.
pub fn installed() -> Result<Toolchain> {
    match debian() {
        Some(toolchain) => Ok(toolchain),
        None => bail!(
            "apt offers a {DEBIAN_RUSTC} older than 1.{LEAST_MINOR}: the present one comes from \
             Debian's security archive (bookworm-security), which is missing in /etc/apt. \
             Another way is: rustup component add rust-src"
        ),
    }
}

fn active() -> Option<Toolchain> {
    let rustc = PathBuf::from(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let cargo = PathBuf::from(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let rustup = env::var("RUSTUP_TOOLCHAIN").ok();
    let mut command = process::command(&rustc);
    if let Some(toolchain) = &rustup {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    let sysroot = process::output(command.args(["--print", "sysroot"])).ok()?;
    let rustlib = Path::new(sysroot.trim()).join("lib/rustlib");
    let builds_core = has_source(&rustlib);
    (builds_core || rustlib.join(TARGET).join("lib").is_dir()).then_some(Toolchain {
        cargo,
        rustc,
        rustup,
        builds_core,
    })
}

fn debian() -> Option<Toolchain> {
    let (rustc, cargo) = (PathBuf::from(DEBIAN_RUSTC), PathBuf::from(DEBIAN_CARGO));
    let usable = cargo.exists()
        && has_source(Path::new("/usr/lib/rustlib"))
        && minor_version(&rustc).is_some_and(|minor| minor >= LEAST_MINOR);
    usable.then_some(Toolchain {
        cargo,
        rustc,
        rustup: None,
        builds_core: true,
    })
}

fn has_source(rustlib: &Path) -> bool {
    rustlib.join("src/rust/library/core/Cargo.toml").exists()
}

/// The 96 of `rustc 1.96.0 (...)`.
fn minor_version(rustc: &Path) -> Option<u32> {
    let text = process::output(process::command(rustc).arg("--version")).ok()?;
    text.split('.').nth(1)?.parse().ok()
}
