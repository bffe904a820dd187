// SPDX-License-Identifier: Apache-2.0
//! Runs under the plug-in that counts instructions and watches the stacks.

use super::boot::{Images, Segments, plugin_option};
use super::operations;
use super::stacks::{self, Used};
use anyhow::{Context as _, Result};
use builder::firmware::{Image, SecureWorld};
use builder::options::Configured;
use builder::qemu::DETERMINISTIC;
use builder::workspace::{Workspace, read};
use probe::plugin;
use std::fs;

/// Functions of the boot ROM that are segments of their own.
const HASH: &str = "boot::verify::hash_image";
const SIGNATURE: &str = "boot::verify::verify_signature";

/// The segments of a boot, with their names.
pub type Rows = [(&'static str, f64); 6];

/// What runs under the plug-in have told.
pub struct Told {
    /// The lines of the application.
    pub lines: Vec<String>,
    /// What the plug-in wrote.
    pub counts: String,
}

/// Runs an application to its end under the plug-in, with time that is a function of the
/// instructions, and takes note of the stacks that were used.
pub fn run(
    workspace: &Workspace,
    configured: &Configured,
    world: &SecureWorld,
    image: &Image,
    arguments: &[&str],
    used: &mut Used,
) -> Result<Told> {
    let images = Images {
        boot: &read(world.boot_elf()?)?,
        secure: &read(&world.secure_elf)?,
        nonsecure: &read(&image.nonsecure_elf)?,
        hash_function: HASH,
        signature_function: SIGNATURE,
    };
    let file = configured.folder.join("boot-counts.txt");
    let watches = stacks::watches(&configured.effective, world)?;
    let option = plugin_option(
        &plugin::build(workspace)?,
        &file,
        &images.marks()?,
        &watches,
    );
    let [icount, time] = DETERMINISTIC;
    let options = ["-plugin", &option, icount, time];
    let signed = read(&image.signed)?;
    let lines = operations::run(workspace, configured, world, &signed, arguments, &options)?;
    let counts = fs::read_to_string(&file)
        .with_context(|| format!("the plug-in did not write {}", file.display()))?;
    stacks::collect(&counts, &watches, used)?;
    Ok(Told { lines, counts })
}

/// The segments of the first boot of a run.
pub fn segments(counts: &str, image: &Image) -> Result<Rows> {
    let segments = Segments::parse(counts)?;
    Ok([
        ("hash", segments.hash as f64),
        (
            "hash_per_byte",
            segments.hash_per_byte(signed_bytes(&read(&image.signed)?)?),
        ),
        ("signature", segments.signature as f64),
        ("rest", segments.rest as f64),
        ("secure_start", segments.secure_start as f64),
        ("total_warm", segments.total as f64),
    ])
}

/// The bytes that the boot ROM hashes: header, payload and protected area.
fn signed_bytes(image: &[u8]) -> Result<u64> {
    let header = boot::Header::read(image)
        .map_err(|error| anyhow::anyhow!("the signed image: {}", error.as_str()))?;
    Ok(u64::from(header.header_bytes)
        + u64::from(header.payload_bytes)
        + u64::from(header.protected_area_bytes))
}
