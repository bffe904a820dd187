// SPDX-License-Identifier: Apache-2.0
//! The configuration as Rust: a module for each section, a documented constant for each key.

use crate::areas;
use crate::derive;
use crate::effective::{Effective, Setting};
use crate::schema::{AREAS, Kind, REGIONS};
use crate::value::Value;
use std::fmt::Write as _;

/// The sections that firmware sees, and what their modules say of themselves. Changing another
/// section (a budget, say) changes nothing but the digest of the whole.
const SECTIONS: &[(&str, &str)] = &[
    ("memory", "The memory map."),
    ("flash", "The flash and its areas."),
    ("spm", "The Secure Partition Manager."),
    ("crypto", "The Crypto partition."),
    ("its", "Internal Trusted Storage."),
    ("attestation", "Initial Attestation."),
    ("boot", "The signed image and the boot ROM."),
    ("nonsecure", "The non-secure image."),
];

type Derive = fn(&Effective) -> areas::Area;

/// Areas that follow from those of `board.toml`: name, meaning, value.
const DERIVED: [(&str, &str, Derive); 3] = [
    ("WHOLE", "All of the flash.", areas::whole),
    (
        "RUNNING_IMAGE",
        "The primary slot without its last sector, which is its trailer.",
        areas::running_image,
    ),
    (
        "UPDATES",
        "From the trailer of the primary slot to the end of the secondary slot.",
        areas::updates,
    ),
];

/// The text of `config.rs`.
pub fn config(effective: &Effective) -> String {
    let mut text =
        String::from("// Generated from the configuration; `cargo xtask config` shows it.\n");
    for (section, about) in SECTIONS {
        let _ = writeln!(
            text,
            "\n/// {about}\n#[allow(dead_code)]\npub mod {section} {{"
        );
        for line in body(effective, section).lines() {
            let _ = writeln!(text, "    {line}");
        }
        text.push_str("}\n");
    }
    text.push_str(&services(effective));
    text
}

/// The services that applications may call, by their SIDs.
fn services(effective: &Effective) -> String {
    let partitions = effective.partitions().iter();
    let services = partitions.flat_map(|partition| &partition.services);
    let sids: Vec<String> = services
        .filter(|service| service.non_secure_clients)
        .map(|service| format!("{:#010x}", service.sid))
        .collect();
    format!(
        "\n/// The services of the secure world.\n#[allow(dead_code)]\npub mod services {{\n    \
         /// The SIDs that a non-secure client may call.\n    \
         pub const SIDS: &[u32] = &[{}];\n}}\n",
        sids.join(", ")
    )
}

fn body(effective: &Effective, section: &str) -> String {
    let mut text = match section {
        "memory" => {
            "/// A range of addresses.\n#[derive(Clone, Copy, Debug)]\npub struct Region {\n    \
                     /// The first address.\n    pub origin: u32,\n    \
                     /// How many bytes.\n    pub size_bytes: u32,\n}\n"
                .to_string()
        }
        "flash" => {
            "/// A part of the flash.\n#[derive(Clone, Copy, Debug)]\npub struct Area {\n    \
                    /// From the start of the flash.\n    pub offset_bytes: u32,\n    \
                    /// How many bytes.\n    pub size_bytes: u32,\n}\n"
                .to_string()
        }
        _ => String::new(),
    };
    let prefix = format!("{section}.");
    for setting in effective.settings() {
        match setting.key.name.strip_prefix(&prefix) {
            Some(name) if name.starts_with("psa_want_") => {
                let served = Setting {
                    value: Value::Flag(derive::is_served(effective, setting.key.name)),
                    ..setting.clone()
                };
                text.push_str(&constant(name, &served));
            }
            Some(name) if !name.contains('.') => text.push_str(&constant(name, setting)),
            Some("console.origin") => text.push_str(&constant("console_origin", setting)),
            _ => {}
        }
    }
    match section {
        "memory" => REGIONS.iter().for_each(|name| {
            let key = format!("memory.{name}");
            text.push_str(&composite(effective, &key, name, "Region", "origin"));
        }),
        "crypto" => text.push_str(&algorithms(effective)),
        "flash" => {
            for name in AREAS {
                let key = format!("flash.areas.{name}");
                text.push_str(&composite(effective, &key, name, "Area", "offset_bytes"));
            }
            for (name, about, area) in DERIVED {
                let (offset, size_bytes) = area(effective);
                let value =
                    format!("Area {{ offset_bytes: {offset:#x}, size_bytes: {size_bytes:#x} }}");
                let _ = writeln!(text, "/// {about}\npub const {name}: Area = {value};");
            }
        }
        _ => {}
    }
    text
}

/// All algorithms at once, for code that has to go through them.
fn algorithms(effective: &Effective) -> String {
    let settings = effective.settings();
    let rows: String = settings
        .filter_map(|setting| {
            let name = setting.key.name.strip_prefix("crypto.")?;
            let constant = name
                .strip_prefix("psa_want_")
                .map(|_| name.to_uppercase())?;
            Some(format!("    ({constant:?}, {constant}),\n"))
        })
        .collect();
    format!(
        "/// Each algorithm, and whether the image has it.\npub const ALGORITHMS: &[(&str, bool)] = &[\n{rows}];\n"
    )
}

fn constant(name: &str, setting: &Setting) -> String {
    let (about, constant) = (setting.key.about, name.to_uppercase());
    match (&setting.value, setting.key.kind) {
        (Value::Flag(flag), _) => {
            format!("/// {about}\npub const {constant}: bool = {flag};\n")
        }
        (Value::Number(number), Kind::Address) => {
            format!("/// {about}\npub const {constant}: u32 = {number:#010x};\n")
        }
        (Value::Number(number), Kind::Word) => {
            format!("/// {about}\npub const {constant}: u32 = {number};\n")
        }
        (Value::Number(number), _) => {
            format!("/// {about}\npub const {constant}: usize = {number};\n")
        }
        (Value::Text(text), Kind::Label { .. }) => {
            format!("/// {about}\npub const {constant}: &str = {text:?};\n")
        }
        // A choice is a type (`crate::emit_configuration`), other text is for the tools.
        (Value::Text(_), _) => String::new(),
    }
}

fn composite(effective: &Effective, key: &str, name: &str, kind: &str, start: &str) -> String {
    let start_key = format!("{key}.{start}");
    let about = crate::schema::find(&start_key).map_or("", |key| key.about);
    let (start_value, size_bytes) = (
        effective.number(&start_key),
        effective.number(&format!("{key}.size_bytes")),
    );
    format!(
        "/// {about}\npub const {}: {kind} = {kind} {{ {start}: {start_value:#x}, size_bytes: {size_bytes:#x} }};\n",
        name.to_uppercase()
    )
}

pub(crate) fn camel_case(name: &str) -> String {
    name.split(['_', '-'])
        .map(|word| {
            let mut characters = word.chars();
            characters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + characters.as_str()
            })
        })
        .collect()
}
