// SPDX-License-Identifier: Apache-2.0
//! A boot under the plug-in that counts instructions.

use super::boot::{Images, Segments, plugin_option};
use super::operations;
use crate::firmware::SecureWorld;
use crate::options::Configured;
use crate::process;
use crate::workspace::{Workspace, read};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Functions of the boot ROM that are segments of their own.
const HASH: &str = "boot::verify::hash_image";
const SIGNATURE: &str = "boot::verify::verify_signature";

/// The segments of a boot, with their names.
pub type Rows = [(&'static str, f64); 6];

/// Boots the image once.
pub fn measure(
    workspace: &Workspace,
    configured: &Configured,
    world: &SecureWorld,
    nonsecure_elf: &Path,
    image: &[u8],
) -> Result<Rows> {
    let images = Images {
        boot: &read(&world.boot_elf)?,
        secure: &read(&world.secure_elf)?,
        nonsecure: &read(nonsecure_elf)?,
        hash_function: HASH,
        signature_function: SIGNATURE,
    };
    let counts = configured.folder.join("boot-counts.txt");
    let option = plugin_option(&plugin(workspace)?, &counts, &images.marks()?);
    let options = ["-plugin", &option];
    let arguments = [operations::BENCH.binary];
    operations::run(workspace, configured, world, image, &arguments, &options)?;
    let text = fs::read_to_string(&counts)
        .with_context(|| format!("the plug-in did not write {}", counts.display()))?;
    let segments = Segments::parse(&text)?;
    Ok([
        ("hash", segments.hash as f64),
        (
            "hash_per_byte",
            segments.hash_per_byte(signed_bytes(image)?),
        ),
        ("signature", segments.signature as f64),
        ("rest", segments.rest as f64),
        ("secure_start", segments.secure_start as f64),
        ("total_warm", segments.total as f64),
    ])
}

/// Builds the plug-in with the active cargo.
fn plugin(workspace: &Workspace) -> Result<PathBuf> {
    let mut command = process::cargo(workspace);
    command.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "instruction-counter",
    ]);
    process::run(&mut command)?;
    Ok(workspace.target.join("release/libinstruction_counter.so"))
}

/// The bytes that the boot ROM hashes: header, payload and protected area.
fn signed_bytes(image: &[u8]) -> Result<u64> {
    let header = boot::Header::read(image)
        .map_err(|error| anyhow::anyhow!("the signed image: {}", error.as_str()))?;
    Ok(u64::from(header.header_bytes)
        + u64::from(header.payload_bytes)
        + u64::from(header.protected_area_bytes))
}
