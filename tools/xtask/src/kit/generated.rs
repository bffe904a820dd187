// SPDX-License-Identifier: Apache-2.0
//! What of a kit depends on the configuration: the layout, and headers with addresses and
//! services.

use crate::firmware::{self, Builder, SecureWorld};
use anyhow::Result;
use configure::Effective;
use configure::schema::AREAS;
use psa::Handle;
use signer::{FlashLayout, ImageLayout, Layout, Range};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The folder of the keys that are known to everybody.
const PUBLISHED_KEYS: &str = "profiles/keys/";

/// The key that signs, when it is one that everybody has: no other leaves its place.
pub fn published_key(builder: &Builder<'_>) -> Option<PathBuf> {
    let name = builder.configured.effective.text("boot.signing_key");
    name.starts_with(PUBLISHED_KEYS)
        .then(|| builder.workspace.root.join(name))
}

/// Board, image and flash.
pub fn layout(builder: &Builder<'_>, world: &SecureWorld) -> Result<Layout> {
    let effective = &builder.configured.effective;
    let number = |key: &str| effective.number(key);
    let options = firmware::options(effective)?;
    let flash = number("flash.origin");
    let area = |name: &&str| {
        let key = format!("flash.areas.{name}");
        let range = Range {
            address: flash + number(&format!("{key}.offset_bytes")),
            size_bytes: number(&format!("{key}.size_bytes")),
        };
        (name.to_string(), range)
    };
    let primary = flash + number("flash.areas.primary.offset_bytes");
    Ok(Layout {
        version: env!("CARGO_PKG_VERSION").into(),
        board: effective.text("board.name").into(),
        profile: builder.configured.profile.clone(),
        image: ImageLayout {
            secure_address: world.payload.address,
            nonsecure_address: world.nonsecure_start,
            end_limit: primary + number("flash.areas.primary.size_bytes")
                - number("flash.sector_bytes"),
            header_bytes: options.header_bytes,
            slot_bytes: number("flash.areas.primary.size_bytes").try_into()?,
            signature: firmware::signature_type(effective)?,
            public_key_format: options.public_key_format,
            version: effective.text("boot.image_version").into(),
            security_counter: options.security_counter.value(options.version),
            software_type: options.software_type,
        },
        nonsecure_ram: Range {
            address: number("memory.nonsecure_ram.origin"),
            size_bytes: number("memory.nonsecure_ram.size_bytes"),
        },
        flash: FlashLayout {
            whole: Range {
                address: flash,
                size_bytes: number("flash.size_bytes"),
            },
            sector_bytes: number("flash.sector_bytes"),
            program_unit_bytes: number("flash.program_unit_bytes"),
            areas: AREAS.iter().map(area).collect(),
        },
    })
}

/// The version file: for a person, one value a line.
pub fn version(layout: &Layout) -> String {
    format!(
        "casemate {}\nboard {}\nprofile {}\n",
        layout.version, layout.board, layout.profile
    )
}

/// `casemate/layout.h`.
pub fn layout_header(layout: &Layout) -> String {
    let mut text = header(
        "casemate/layout.h",
        "Where things lie for the non-secure world of this board.",
        "CASEMATE_LAYOUT_H",
    );
    let mut define = |name: &str, about: &str, value: u64| {
        let _ = writeln!(text, "/** {about} */\n#define CASEMATE_{name} {value:#x}u");
    };
    let image = &layout.image;
    define(
        "NONSECURE_ADDRESS",
        "First address of the application: its vector table.",
        image.nonsecure_address,
    );
    define(
        "NONSECURE_END",
        "Address behind the last that the application may have in its slot.",
        image.end_limit,
    );
    let ram = layout.nonsecure_ram;
    define(
        "NONSECURE_RAM_ADDRESS",
        "First address of its RAM.",
        ram.address,
    );
    define(
        "NONSECURE_RAM_SIZE",
        "Size of its RAM in bytes.",
        ram.size_bytes,
    );
    if let Some(area) = layout.flash.areas.get("nonsecure_data") {
        define(
            "NONSECURE_DATA_ADDRESS",
            "First address of the flash area that is its own.",
            area.address,
        );
        define(
            "NONSECURE_DATA_SIZE",
            "Size of that area in bytes.",
            area.size_bytes,
        );
    }
    define(
        "FLASH_SECTOR_SIZE",
        "What is erased at once, in bytes.",
        layout.flash.sector_bytes,
    );
    define(
        "FLASH_PROGRAM_UNIT",
        "What is programmed at once, in bytes.",
        layout.flash.program_unit_bytes,
    );
    text + "\n#endif\n"
}

/// `psa_manifest/sid.h` (FF-M 1.1, "Manifest header files"): the services that an application may
/// call.
pub fn services_header(effective: &Effective) -> String {
    let mut text = header(
        "psa_manifest/sid.h",
        "The services of this secure image.",
        "PSA_MANIFEST_SID_H",
    );
    let services = effective
        .partitions()
        .iter()
        .flat_map(|partition| &partition.services);
    for service in services.filter(|service| service.non_secure_clients) {
        let (name, version) = (&service.name, service.version);
        let _ = writeln!(text, "#define {name}_SID ({:#010x}u)", service.sid);
        let _ = writeln!(text, "#define {name}_VERSION ({version}u)");
        let handle = service.stateless_handle.zip(u8::try_from(version).ok());
        if let Some((number, version)) = handle {
            let handle = Handle::stateless(number, version).bits();
            let _ = writeln!(text, "#define {name}_HANDLE ({handle:#010x})");
        }
    }
    text + "\n#endif\n"
}

/// How a generated header begins.
fn header(name: &str, about: &str, guard: &str) -> String {
    format!(
        "/* SPDX-License-Identifier: Apache-2.0 */\n/**\n * @file {name}\n * {about} Generated \
         from the configuration.\n */\n#ifndef {guard}\n#define {guard}\n\n"
    )
}
