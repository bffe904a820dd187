// SPDX-License-Identifier: Apache-2.0
//! The memory of the board, and which world has which part of it.

use super::Measured;
use anyhow::Result;
use configure::{Effective, areas};
use footprint::size::Footprint;
use maud::{Markup, html};
use pages::bars::{self, Bar};
use pages::number::{grouped, percent};

const SECURE: &str = "secure";
const NON_SECURE: &str = "nonsecure";
const FREE: &str = "free";

/// A part of a memory.
struct Area {
    name: String,
    start: u64,
    bytes: u64,
    world: &'static str,
    /// Bytes that the firmware takes of it, where it is known.
    used: Option<u64>,
}

/// A picture for each memory.
pub fn section(measured: &Measured<'_>) -> Result<Markup> {
    let effective = &measured.configured.effective;
    let image = |name: &str| {
        let found = measured.footprints.iter().find(|(image, _)| *image == name);
        found.map(|(_, image)| image)
    };
    let memories = [
        ("Memory", regions(effective, image("boot"), image("secure"))),
        ("Flash", flash(measured, image("secure"))),
    ];
    Ok(html! {
        ul.legend {
            li.secure { "secure" }
            li.nonsecure { "non-secure" }
            li { "not assigned" }
        }
        p.help {
            "A bar shows how much of its area the firmware uses, where that is known; the application "
            "has the rest of the non-secure areas."
        }
        @for (name, areas) in memories {
            h3 { (name) }
            (bars::rows(1000, &areas.iter().map(row).collect::<Vec<_>>()))
        }
    })
}

/// A row; its bar is full when the whole area is in use.
fn row(area: &Area) -> Bar {
    let end = area.start + area.bytes.saturating_sub(1);
    let size = bytes(area.bytes);
    Bar {
        name: area.name.clone(),
        title: area.name.clone(),
        place: format!("{:#010x}\u{2013}{end:#010x}", area.start),
        kind: area.world,
        start: 0,
        length: area.used.map_or(0, |used| 1000 * used / area.bytes.max(1)),
        note: match area.used {
            Some(used) => format!("{} of {size}, {}", grouped(used), percent(used, area.bytes)),
            None => size,
        },
    }
}

/// A size in the unit that it is a whole number of.
fn bytes(bytes: u64) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => {
            format!("{} KiB", grouped(bytes >> 10))
        }
        _ => format!("{} bytes", grouped(bytes)),
    }
}

/// The regions of memory that the board names.
fn regions(
    effective: &Effective,
    boot: Option<&Footprint>,
    secure: Option<&Footprint>,
) -> Vec<Area> {
    let mut regions = Vec::new();
    for name in names(effective, "memory.", ".origin") {
        let number = |part: &str| effective.number(&format!("memory.{name}.{part}"));
        let used = match name.as_str() {
            "boot_code" => boot.map(|image| image.flash),
            // The boot data lies before the state.
            "secure_ram" => {
                secure.map(|image| image.ram + effective.number("memory.boot_data_bytes"))
            }
            _ => None,
        };
        regions.push(Area {
            start: number("origin"),
            bytes: number("size_bytes"),
            world: world(&name),
            used,
            name,
        });
    }
    regions.sort_by_key(|region| region.start);
    regions
}

/// The middle of each key of the schema that begins and ends like this.
fn names(effective: &Effective, start: &str, end: &str) -> Vec<String> {
    let keys = effective.settings().map(|setting| setting.key.name);
    keys.filter_map(|key| key.strip_prefix(start)?.strip_suffix(end))
        .map(str::to_owned)
        .collect()
}

fn world(name: &str) -> &'static str {
    if name.contains(NON_SECURE) {
        NON_SECURE
    } else {
        SECURE
    }
}

/// The areas of the flash, and what lies between them.
fn flash(measured: &Measured<'_>, secure: Option<&Footprint>) -> Vec<Area> {
    let effective = &measured.configured.effective;
    let origin = effective.number("flash.origin");
    let mut found = Vec::new();
    for name in names(effective, "flash.areas.", ".offset_bytes") {
        let (offset, size_bytes) = areas::named(effective, &name);
        if name == "primary" {
            found.extend(slot(measured, secure));
        } else if size_bytes > 0 {
            found.push(Area {
                start: origin + offset,
                bytes: size_bytes,
                world: world(&name),
                used: None,
                name,
            });
        }
    }
    found.sort_by_key(|area| area.start);
    let mut all = Vec::new();
    let mut end = origin;
    for area in found {
        if area.start > end {
            all.push(free(end, area.start));
        }
        end = end.max(area.start + area.bytes);
        all.push(area);
    }
    let last = origin + effective.number("flash.size_bytes");
    if last > end {
        all.push(free(end, last));
    }
    all
}

fn free(start: u64, end: u64) -> Area {
    Area {
        name: "not assigned".into(),
        start,
        bytes: end - start,
        world: FREE,
        used: None,
    }
}

/// The slot that the images run in.
fn slot(measured: &Measured<'_>, secure: Option<&Footprint>) -> Vec<Area> {
    let effective = &measured.configured.effective;
    let origin = effective.number("flash.origin");
    let (offset, _) = areas::named(effective, "primary");
    let (trailer, trailer_bytes) = areas::trailer(effective);
    let code = effective.image_address();
    let application = measured.world.nonsecure_start;
    let part = |name: &str, start: u64, end: u64, world, used| Area {
        name: name.into(),
        start,
        bytes: end.saturating_sub(start),
        world,
        used,
    };
    let trailer = origin + trailer;
    vec![
        part("primary: header", origin + offset, code, SECURE, None),
        part(
            "primary: secure image",
            code,
            application,
            SECURE,
            secure.map(|image| image.flash),
        ),
        part(
            "primary: application",
            application,
            trailer,
            NON_SECURE,
            None,
        ),
        part(
            "primary: trailer",
            trailer,
            trailer + trailer_bytes,
            SECURE,
            None,
        ),
    ]
}
