// SPDX-License-Identifier: Apache-2.0
//! Fragments of linker scripts: where an image lies, and the symbols of the layout.
//!
//! The scripts of `crate::link` include these.

use crate::areas;
use crate::effective::Effective;
use crate::gates;

/// Memory of the boot ROM.
pub fn boot(effective: &Effective) -> String {
    let code = "memory.boot_code";
    let flash = (
        number(effective, code, "origin"),
        number(effective, code, "size_bytes"),
    );
    memory(flash, secure_ram(effective)) + &boot_data(effective)
}

/// Memory of the secure image: it starts behind the header in the primary slot.
pub fn secure(effective: &Effective) -> String {
    let header_bytes = effective.number("boot.header_bytes");
    let start = primary_start(effective) + header_bytes;
    let end = secure_end(effective);
    let flash = (start, end - start);
    let nonsecure = match nonsecure_image(effective) {
        Some(address) => symbol("__nonsecure_image", address),
        None => String::new(),
    };
    memory(flash, secure_ram(effective))
        + &boot_data(effective)
        + &symbol("__image_header_bytes", header_bytes)
        + &symbol(
            "__nonsecure_alignment",
            effective.number("nonsecure.alignment_bytes"),
        )
        + &symbol("__image_end_limit", end)
        + &nonsecure
        + &gates::fragment(effective)
}

/// Memory of a non-secure image that starts at `origin` in the primary slot.
pub fn nonsecure(effective: &Effective, origin: u64) -> Result<String, String> {
    let (start, end) = (primary_start(effective), primary_end(effective));
    if !(start..end).contains(&origin) {
        return Err(format!(
            "the non-secure image is to start at {origin:#x}, outside the primary slot"
        ));
    }
    let ram = "memory.nonsecure_ram";
    let ram = (
        number(effective, ram, "origin"),
        number(effective, ram, "size_bytes"),
    );
    Ok(memory((origin, end - origin), ram))
}

fn number(effective: &Effective, prefix: &str, name: &str) -> u64 {
    effective.number(&format!("{prefix}.{name}"))
}

/// The end of the secure image's part of the primary slot, behind which its trailer is.
fn secure_end(effective: &Effective) -> u64 {
    if !effective.has_two_images() {
        return primary_end(effective);
    }
    let [(offset, size_bytes), _] = areas::divided(effective, "primary");
    let sector_bytes = effective.number("flash.sector_bytes");
    effective.number("flash.origin") + offset + size_bytes - sector_bytes
}

/// Where the non-secure image starts, if it is an image of its own: behind its header.
fn nonsecure_image(effective: &Effective) -> Option<u64> {
    let [_, (offset, _)] = areas::divided(effective, "primary");
    let header_bytes = effective.number("boot.header_bytes");
    let address = effective.number("flash.origin") + offset + header_bytes;
    effective.has_two_images().then_some(address)
}

fn primary_start(effective: &Effective) -> u64 {
    effective.number("flash.origin") + effective.number("flash.areas.primary.offset_bytes")
}

/// The end of the running image, behind which the trailer is.
fn primary_end(effective: &Effective) -> u64 {
    effective.number("flash.origin") + areas::trailer(effective).0
}

/// Boot ROM and secure firmware follow each other in one RAM, behind the boot data area.
fn secure_ram(effective: &Effective) -> (u64, u64) {
    let taken = effective.number("memory.boot_data_bytes");
    let ram = "memory.secure_ram";
    (
        number(effective, ram, "origin") + taken,
        number(effective, ram, "size_bytes") - taken,
    )
}

fn boot_data(effective: &Effective) -> String {
    symbol(
        "__boot_data_start",
        effective.number("memory.secure_ram.origin"),
    ) + &symbol(
        "__boot_data_bytes",
        effective.number("memory.boot_data_bytes"),
    )
}

fn symbol(name: &str, value: u64) -> String {
    format!("{name} = {value:#x};\n")
}

fn memory((flash, flash_bytes): (u64, u64), (ram, ram_bytes): (u64, u64)) -> String {
    format!(
        "/* Generated from the configuration. */\n\
         MEMORY\n{{\n    \
         FLASH (rx) : ORIGIN = {flash:#010x}, LENGTH = {flash_bytes:#x}\n    \
         RAM (rwx) : ORIGIN = {ram:#010x}, LENGTH = {ram_bytes:#x}\n}}\n"
    )
}
