// SPDX-License-Identifier: Apache-2.0
//! A build script of the firmware in one call.
//!
//! `cargo xtask build` hands over the effective configuration by `CASEMATE_CONFIG`; without it (an
//! editor, `cargo test`) the profile `small` on the board stands in. cargo does not track import
//! objects by itself, so they are named to it here: a stale non-secure image would call the wrong
//! veneer.
//!
//! Every function writes `config.rs` to `OUT_DIR` (a module for each section of the
//! configuration, to be taken in by `include!`). An error is printed and ends the build.

mod keys;
mod script;

use crate::emit_rust::camel_case;
use crate::problems::Problems;
use crate::{emit_configuration, emit_linker, emit_partitions};
use script::Script;
use std::{env, process};

/// The board on which an application is built when nothing names another.
const DEFAULT_BOARD: &str = "an521";

/// For the package of a board: the images `boot` and `secure`.
///
/// In `OUT_DIR`: `partitions.rs`, the table of partitions; `signing_keys.rs`, the public keys that
/// are built into the boot ROM, as slices of bytes, and `signing_key_hashes.rs`, their SHA-256; the
/// linker scripts `boot.ld` and `secure.ld`, and the fragments that they include.
pub fn secure_world() {
    run(|script| {
        let board = script
            .package
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let effective = script.configuration(&board)?;
        let configuration = emit_configuration::text(&effective, &script.signing_keys()?);
        script.write("configuration.rs", &configuration)?;
        let partitions = emit_partitions::table(effective.partitions())?;
        script.write("partitions.rs", &partitions)?;
        script.write("boot_memory.ld", &emit_linker::boot(&effective))?;
        script.write("secure_memory.ld", &emit_linker::secure(&effective))?;
        for image in ["boot", "secure"] {
            script.stacks(&effective, image)?;
            script.allow_panic(image);
            script.link_with(image, &format!("rustc-link-arg-bin={image}"))?;
        }
        Ok(())
    });
}

/// For the package of a boot loader that is the device's own (`boot.loader = "none"`) and begins as
/// our boot ROM does: all its binaries.
///
/// In `OUT_DIR`: `config.rs`, the linker script `boot.ld`, and the fragments that it includes.
pub fn boot_loader() {
    run(|script| {
        let effective = script.configuration(&board_from_environment())?;
        script.write("boot_memory.ld", &emit_linker::boot(&effective))?;
        script.stacks(&effective, "boot")?;
        script.link_with("boot", "rustc-link-arg-bins")
    });
}

/// For the non-secure runtime: `config.rs`, and `console_driver.rs`, the type that drives the
/// console.
pub fn nonsecure_library() {
    run(|script| {
        let effective = script.configuration(&board_from_environment())?;
        let driver = camel_case(effective.text("nonsecure.console.driver"));
        let text = format!(
            "/// The driver of the console.\npub type Driver = drivers::{driver};\n\n\
             /// Whether the runtime says what ends an application: `log.nonsecure`.\n\
             pub const SAYS_ERRORS: bool = {};\n",
            effective.text("log.nonsecure") != "off"
        );
        script.write("console_driver.rs", &text)
    });
}

/// For the package of a non-secure application: all its binaries.
///
/// In `OUT_DIR`: the linker script `nonsecure.ld` and the fragments that it includes.
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
        script.link_with("nonsecure", "rustc-link-arg-bins")?;
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
