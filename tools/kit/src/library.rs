// SPDX-License-Identifier: Apache-2.0
//! The client library, for each way in which floating-point numbers are passed.

use super::Kit;
use anyhow::{Context as _, Result};
use builder::firmware::Builder;
use builder::process;
use builder::workspace::write_if_changed;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler of the kit.
pub const COMPILER: &str = "arm-none-eabi-gcc";
const ARCHIVER: &str = "arm-none-eabi-ar";
/// The least that all cores of Armv8-M Mainline have.
pub const MACHINE: [&str; 2] = ["-march=armv8-m.main", "-mthumb"];
/// Without the C library: a loop stays a loop.
const OPTIONS: [&str; 10] = [
    "-std=c99",
    "-Os",
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Werror",
    "-ffreestanding",
    "-fno-tree-loop-distribute-patterns",
    "-ffunction-sections",
    "-mthumb",
];

/// How floating-point numbers are passed.
pub struct FloatAbi {
    /// Its name.
    pub name: &'static str,
    /// What it adds to the name of the package.
    pub suffix: &'static str,
    /// Its folder below `lib`.
    pub folder: &'static str,
    options: &'static [&'static str],
}

/// All of them.
pub const FLOAT_ABIS: [FloatAbi; 2] = [
    FloatAbi {
        name: "soft",
        suffix: "",
        folder: "",
        options: &["-march=armv8-m.main", "-mfloat-abi=soft"],
    },
    FloatAbi {
        name: "hard",
        suffix: "-hard",
        folder: "/hard",
        options: &["-march=armv8-m.main+fp", "-mfloat-abi=hard"],
    },
];

/// Compiles `lib/libpsa_client.a`, or that of another float ABI, against the headers of the kit.
pub fn build(builder: &Builder<'_>, kit: &Kit<'_>, abi: &FloatAbi) -> Result<()> {
    let objects = builder
        .configured
        .folder
        .join(format!("psa_client_{}", abi.name));
    fs::create_dir_all(&objects).with_context(|| format!("cannot make {}", objects.display()))?;
    let mut compiled: Vec<PathBuf> = Vec::new();
    for source in sources(&objects)? {
        let name = source.file_stem().unwrap_or_default();
        let object = objects.join(name).with_extension("o");
        let mut command = Command::new(COMPILER);
        command
            .args(OPTIONS)
            .args(abi.options)
            .arg("-I")
            .arg(kit.folder.join("include"))
            .arg("-c")
            .arg(&source)
            .arg("-o")
            .arg(&object);
        process::output(&mut command)?;
        compiled.push(object);
    }
    compiled.sort();
    let archive = objects.join("libpsa_client.a");
    let _ = fs::remove_file(&archive);
    let mut command = Command::new(ARCHIVER);
    command.arg("rcsD").arg(&archive).args(&compiled);
    process::output(&mut command)?;
    kit.copy(&archive, &format!("lib{}/libpsa_client.a", abi.folder))
}

/// Writes the sources of the library to a folder. Gives those that are compiled.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut compiled = Vec::new();
    for (name, text) in client_c::FILES {
        let Some(name) = name.strip_prefix("src/") else {
            continue;
        };
        let file = folder.join(name);
        write_if_changed(&file, text.as_bytes())?;
        if name.ends_with(".c") {
            compiled.push(file);
        }
    }
    Ok(compiled)
}
