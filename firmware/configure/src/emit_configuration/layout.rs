// SPDX-License-Identifier: Apache-2.0
//! Addresses of memories, images and areas of the flash.

use crate::areas;
use crate::effective::Effective;

/// The items of the implementation.
pub fn items(effective: &Effective) -> String {
    let number = |key: &str| effective.number(key);
    let range = |start: u64, size_bytes: u64| {
        let end = start + size_bytes;
        format!("firmware::Region {{ start: {start:#010x}, end: {end:#010x} }}")
    };
    let memory = |name: &str| {
        let part = |part: &str| number(&format!("memory.{name}.{part}"));
        range(part("origin"), part("size_bytes"))
    };
    let area = |name: &str| areas::named(effective, name);
    let in_flash = |(offset, size_bytes)| range(number("flash.origin") + offset, size_bytes);
    let shown = |(offset, size_bytes): (u64, u64)| {
        format!(
            "firmware::flash::Area {{ offset_bytes: {offset:#x}, size_bytes: {size_bytes:#x} }}"
        )
    };
    let (primary, secondary) = (area("primary"), area("secondary"));
    let boot_layout = |primary, secondary| {
        format!(
            "firmware::boot::Layout {{ otp: {}, primary: {}, secondary: {} }}",
            shown(area("otp")),
            shown(primary),
            shown(secondary)
        )
    };
    let (first, nonsecure) = match effective.has_two_images() {
        false => (boot_layout(primary, secondary), "None".to_owned()),
        true => {
            let [secure, nonsecure] = areas::divided(effective, "primary");
            let [secure_upgrade, nonsecure_upgrade] = areas::divided(effective, "secondary");
            let nonsecure = boot_layout(nonsecure, nonsecure_upgrade);
            (
                boot_layout(secure, secure_upgrade),
                format!("Some({nonsecure})"),
            )
        }
    };
    let trailer = areas::trailer(effective);
    format!(
        "const MEMORY_MAP: firmware::MemoryMap = firmware::MemoryMap {{\n    \
         boot_code: {boot_code},\n    \
         secure_ram: {secure_ram},\n    \
         nonsecure_ram: {nonsecure_ram},\n    \
         flash: {flash},\n    \
         primary: {primary_slot},\n    \
         trailer: {trailer},\n    \
         nonsecure_data: {nonsecure_data},\n    \
         header_bytes: {header_bytes:#x},\n\
         }};\n\
         const ENTROPY_SEED: firmware::flash::Area = {seed};\n\
         const BOOT_LAYOUT: firmware::boot::Layout = {first};\n\
         const NONSECURE_LAYOUT: Option<firmware::boot::Layout> = {nonsecure};\n\
         const PRIMARY_TRAILER: firmware::flash::Area = {primary_trailer};\n\
         const SECONDARY_SLOT: firmware::flash::Area = {secondary_slot};\n",
        boot_code = memory("boot_code"),
        secure_ram = memory("secure_ram"),
        nonsecure_ram = memory("nonsecure_ram"),
        flash = in_flash(areas::whole(effective)),
        primary_slot = in_flash(primary),
        trailer = in_flash(trailer),
        nonsecure_data = in_flash(area("nonsecure_data")),
        header_bytes = number("boot.header_bytes"),
        seed = shown(area("entropy_seed")),
        primary_trailer = shown((0, trailer.1)),
        secondary_slot = shown((secondary.0 - trailer.0, secondary.1)),
    )
}
