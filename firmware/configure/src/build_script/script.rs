// SPDX-License-Identifier: Apache-2.0
//! Inputs of a build script from cargo and the tool, and the files that it writes.

use super::keys::keys_and_hashes;
use crate::boards;
use crate::effective::Effective;
use crate::merge::{Request, load, resolved};
use crate::problems::Problems;
use crate::product::{self, Product};
use crate::{emit_rust, link, stacks};
use std::path::PathBuf;
use std::{env, fs};

/// The surroundings of a build script.
pub struct Script {
    pub workspace: PathBuf,
    pub package: PathBuf,
    pub out: PathBuf,
    pub for_device: bool,
}

impl Script {
    pub fn from_environment() -> Result<Self, Problems> {
        let path = |name: &str| {
            env::var_os(name).map(PathBuf::from).ok_or_else(|| {
                Problems::one(format!(
                    "{name} is not set: this runs in a build script of cargo"
                ))
            })
        };
        let package = path("CARGO_MANIFEST_DIR")?;
        let above = package.ancestors().find(|folder| {
            folder.join("profiles/base.toml").exists() || folder.join(product::FILE).exists()
        });
        // A package from a registry is on its own.
        let workspace = above.unwrap_or(&package).to_owned();
        Ok(Self {
            workspace: env::var_os("CASEMATE_ROOT").map_or(workspace, PathBuf::from),
            out: path("OUT_DIR")?,
            for_device: env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none"),
            package: package.clone(),
        })
    }

    /// A variable that xtask sets; the script runs again when it changes.
    pub fn variable(&self, name: &str) -> Option<String> {
        println!("cargo:rerun-if-env-changed={name}");
        env::var(name).ok().filter(|value| !value.is_empty())
    }

    /// Loads the configuration and writes `config.rs`.
    ///
    /// In this order: what the tool resolved; the `casemate.toml` of a product, which its
    /// `.cargo/config.toml` names to the build scripts of all packages; the profile `small` on the
    /// board.
    pub fn configuration(&self, board: &str) -> Result<Effective, Problems> {
        println!("cargo:rerun-if-env-changed=CASEMATE_ROOT");
        let file = self.variable("CASEMATE_CONFIG").map(PathBuf::from);
        let product = file.clone().unwrap_or(self.workspace.join(product::FILE));
        let effective = if product.ends_with(product::FILE) && product.exists() {
            load(&Request::of(&Product::read(&product)?))
        } else if let Some(file) = file {
            resolved(&self.workspace, &file)
        } else {
            let is_board = self.package.join(boards::FILE).exists();
            let board = match self.package.to_str().filter(|_| is_board) {
                Some(folder) => folder,
                None => board,
            };
            load(&Request {
                workspace: self.workspace.clone(),
                board: board.into(),
                profile: "small".into(),
                product: None,
                files: Vec::new(),
                settings: Vec::new(),
            })
        }?;
        for input in effective.inputs() {
            println!("cargo:rerun-if-changed={}", input.display());
        }
        self.write("config.rs", &emit_rust::config(&effective))?;
        Ok(effective)
    }

    /// The public keys that xtask found for the boot ROM, or none, and their hashes: a line of
    /// hexadecimal digits each.
    pub fn signing_keys(&self) -> Result<[String; 2], Problems> {
        let text = match self.variable("CASEMATE_SIGNING_KEYS") {
            Some(file) => {
                println!("cargo:rerun-if-changed={file}");
                fs::read_to_string(&file)
                    .map_err(|error| Problems::one(format!("{file}: {error}")))?
            }
            None => String::new(),
        };
        keys_and_hashes(&text)
    }

    /// The sizes of the stacks of an image: those that xtask computed, or the limits.
    pub fn stacks(&self, effective: &Effective, image: &str) -> Result<(), Problems> {
        let variable = format!("CASEMATE_STACKS_{}", image.to_uppercase());
        let text = match self.variable(&variable) {
            Some(file) => {
                println!("cargo:rerun-if-changed={file}");
                fs::read_to_string(&file)
                    .map_err(|error| Problems::one(format!("{file}: {error}")))?
            }
            None => stacks::fragment(&stacks::limits(effective, image)),
        };
        self.write(&format!("{image}_stacks.ld"), &text)
    }

    /// Gives the function that does not exist, which the panic handler calls, an address: the tool
    /// looks for the way to it in the image that links then.
    pub fn allow_panic(&self, image: &str) {
        if self.variable("CASEMATE_ALLOWS_PANIC").is_some() && self.for_device {
            println!("cargo:rustc-link-arg-bin={image}=--defsym=a_panic_can_be_reached=__code_end");
        }
    }

    /// Links by the script `<name>.ld` of [`link::SCRIPTS`]; a host build links as usual.
    pub fn link_with(&self, name: &str, instruction: &str) -> Result<(), Problems> {
        for (file, text) in link::SCRIPTS {
            self.write(file, text)?;
        }
        if self.for_device {
            println!("cargo:{instruction}=-L{}", self.out.display());
            println!("cargo:{instruction}=-T{name}.ld");
        }
        Ok(())
    }

    /// Writes a file unless it has that text already: linkers look at times.
    pub fn write(&self, name: &str, text: &str) -> Result<(), Problems> {
        let file = self.out.join(name);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(());
        }
        fs::write(&file, text)
            .map_err(|error| Problems::one(format!("{}: {error}", file.display())))
    }
}
