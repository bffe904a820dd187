// SPDX-License-Identifier: Apache-2.0
//! What a build script of the firmware does, in one call.
//!
//! `cargo xtask build` hands over the effective configuration by `CASEMATE_CONFIG`; without it
//! (an editor, `cargo test`) the profile `small` on the board stands in. cargo tracks neither
//! linker scripts nor import objects by itself, so each is named to it here: a stale non-secure
//! image would call the wrong veneer.
//!
//! Every function writes `config.rs` to `OUT_DIR` (a module for each section of the
//! configuration, to be taken in by `include!`). An error is printed and ends the build.

use crate::effective::{Effective, Request, load, resolved};
use crate::problems::Problems;
use crate::{emit_linker, emit_partitions, emit_rust, stacks};
use primitives::sha256::Sha256;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The board on which an application is built when nothing names another.
const DEFAULT_BOARD: &str = "an521";

/// For the package of a board: the images `boot` and `secure`.
///
/// In `OUT_DIR`: `partitions.rs`, the table of partitions; `signing_keys.rs`, the public keys that
/// are built into the boot ROM, as slices of bytes, and `signing_key_hashes.rs`, their SHA-256; and `boot_memory.ld`, `secure_memory.ld`, `boot_stacks.ld`, `secure_stacks.ld`, which the scripts in
/// `hardware/armv8m/link` include.
pub fn secure_world() {
    run(|script| {
        let board = script
            .package
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let effective = script.configuration(&board)?;
        let partitions = emit_partitions::table(effective.partitions());
        script.write("partitions.rs", &partitions)?;
        let [keys, hashes] = script.signing_keys()?;
        script.write("signing_keys.rs", &keys)?;
        script.write("signing_key_hashes.rs", &hashes)?;
        script.write("boot_memory.ld", &emit_linker::boot(&effective))?;
        script.write("secure_memory.ld", &emit_linker::secure(&effective))?;
        for image in ["boot", "secure"] {
            script.stacks(&effective, image)?;
            script.link_with(image, &format!("rustc-link-arg-bin={image}"));
        }
        Ok(())
    });
}

/// For the package of a board's non-secure runtime: `config.rs` alone.
pub fn nonsecure_library() {
    run(|script| script.configuration(&board_from_environment()).map(|_| ()));
}

/// For the package of a non-secure application: all its binaries.
///
/// In `OUT_DIR`: `nonsecure_memory.ld`, which `hardware/armv8m/link/nonsecure.ld` includes.
pub fn nonsecure_application() {
    run(|script| {
        let effective = script.configuration(&board_from_environment())?;
        let origin = script.variable("CASEMATE_NONSECURE_ORIGIN");
        let veneers = script.variable("CASEMATE_VENEERS");
        if !script.for_device {
            return Ok(());
        }
        let (Some(origin), Some(veneers)) = (origin, veneers) else {
            return Err(Problems::one(
                "a non-secure image needs the address and the veneers of the secure one: \
                 type `cargo xtask build`",
            ));
        };
        let address = u64::from_str_radix(origin.trim_start_matches("0x"), 16).map_err(|_| {
            Problems::one(format!("CASEMATE_NONSECURE_ORIGIN={origin} is no address"))
        })?;
        let memory = emit_linker::nonsecure(&effective, address).map_err(Problems::one)?;
        script.write("nonsecure_memory.ld", &memory)?;
        script.link_with("nonsecure", "rustc-link-arg-bins");
        println!("cargo:rerun-if-changed={veneers}");
        println!("cargo:rustc-link-arg-bins={veneers}");
        Ok(())
    });
}

fn run(emit: impl FnOnce(&Script) -> Result<(), Problems>) {
    let outcome = Script::from_environment().and_then(|script| emit(&script));
    if let Err(problems) = outcome {
        eprintln!("{problems}");
        process::exit(1);
    }
}

fn board_from_environment() -> String {
    println!("cargo:rerun-if-env-changed=CASEMATE_BOARD");
    env::var("CASEMATE_BOARD").unwrap_or_else(|_| DEFAULT_BOARD.into())
}

/// Constants from keys: slices of bytes, and their hashes.
fn keys_and_hashes(text: &str) -> Result<[String; 2], Problems> {
    let list = |bytes: &[u8]| {
        format!(
            "[{}],",
            bytes
                .iter()
                .map(|byte| format!("{byte},"))
                .collect::<String>()
        )
    };
    let (mut keys, mut hashes) = (String::new(), String::new());
    for line in text.lines() {
        let digits = line.as_bytes().chunks(2).map(String::from_utf8_lossy);
        let bytes: Result<Vec<u8>, _> = digits.map(|pair| u8::from_str_radix(&pair, 16)).collect();
        let key =
            bytes.map_err(|_| Problems::one(format!("{line} is no key in hexadecimal digits")))?;
        keys += &format!("&{}", list(&key));
        hashes += &list(&Sha256::digest(&key));
    }
    Ok([keys, hashes].map(|lists| format!("&[{lists}]")))
}

/// The surroundings of a build script.
struct Script {
    workspace: PathBuf,
    package: PathBuf,
    out: PathBuf,
    for_device: bool,
}

impl Script {
    fn from_environment() -> Result<Self, Problems> {
        let path = |name: &str| {
            env::var_os(name).map(PathBuf::from).ok_or_else(|| {
                Problems::one(format!(
                    "{name} is not set: this runs in a build script of cargo"
                ))
            })
        };
        let package = path("CARGO_MANIFEST_DIR")?;
        let workspace = package
            .ancestors()
            .find(|folder| folder.join("profiles/base.toml").exists())
            .ok_or_else(|| Problems::one("no folder above the package has profiles/base.toml"))?;
        Ok(Self {
            workspace: workspace.into(),
            out: path("OUT_DIR")?,
            for_device: env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none"),
            package: package.clone(),
        })
    }

    /// A variable that xtask sets; the script runs again when it changes.
    fn variable(&self, name: &str) -> Option<String> {
        println!("cargo:rerun-if-env-changed={name}");
        env::var(name).ok().filter(|value| !value.is_empty())
    }

    /// Loads the configuration and writes `config.rs`.
    fn configuration(&self, board: &str) -> Result<Effective, Problems> {
        let effective = match self.variable("CASEMATE_CONFIG") {
            Some(file) => resolved(&self.workspace, Path::new(&file)),
            None => load(&Request {
                workspace: self.workspace.clone(),
                board: board.into(),
                profile: "small".into(),
                files: Vec::new(),
                settings: Vec::new(),
            }),
        }?;
        for input in effective.inputs() {
            println!("cargo:rerun-if-changed={}", input.display());
        }
        self.write("config.rs", &emit_rust::config(&effective))?;
        Ok(effective)
    }

    /// The public keys that xtask found for the boot ROM, or none, and their hashes: a line of
    /// hexadecimal digits each.
    fn signing_keys(&self) -> Result<[String; 2], Problems> {
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
    fn stacks(&self, effective: &Effective, image: &str) -> Result<(), Problems> {
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

    /// Links by the script `<name>.ld` of the architecture; a host build links as usual.
    fn link_with(&self, name: &str, instruction: &str) {
        let folder = self.workspace.join("hardware/armv8m/link");
        println!("cargo:rerun-if-changed={}", folder.display());
        if self.for_device {
            println!("cargo:{instruction}=-L{}", self.out.display());
            println!("cargo:{instruction}=-L{}", folder.display());
            println!("cargo:{instruction}=-T{name}.ld");
        }
    }

    /// Writes a file unless it has that text already: linkers look at times.
    fn write(&self, name: &str, text: &str) -> Result<(), Problems> {
        let file = self.out.join(name);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            return Ok(());
        }
        fs::write(&file, text)
            .map_err(|error| Problems::one(format!("{}: {error}", file.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::keys_and_hashes;

    #[test]
    fn keys_come_with_their_hashes() {
        assert_eq!(keys_and_hashes("").unwrap(), ["&[]", "&[]"]);
        let [keys, hashes] = keys_and_hashes("616263\n00ff\n").unwrap();
        assert_eq!(keys, "&[&[97,98,99,],&[0,255,],]");
        // SHA-256 of "abc" (FIPS 180-4, example 1).
        assert!(hashes.starts_with("&[[186,120,22,191,"), "{hashes}");
        assert_eq!(hashes.matches('[').count(), 3);
        for wrong in ["zz", "0", "6g"] {
            assert_eq!(keys_and_hashes(wrong).is_err(), wrong != "0");
        }
    }
}
