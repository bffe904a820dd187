// SPDX-License-Identifier: Apache-2.0
//! The figures as one page: instructions against length beside the reference's, and the history.

use crate::figures::Figures;
use crate::history::{History, Version};
use crate::reference::{BOOT, BOOT_COLUMNS, COLUMNS, INSTRUCTIONS};
use builder::firmware::reference::IMAGES;
use builder::options::Configured;
use maud::{Markup, html};
use pages::document::{Document, table};
use pages::number::grouped;
use pages::plot::{Plot, Series, legend};

/// What the version at hand is called, behind those of the history.
const NOW: &str = "now";
/// Operations that are measured at two lengths: title, and the start of their names.
const OVER_LENGTH: [(&str, &str); 6] = [
    ("SHA-256, in parts", "hash_multipart"),
    ("SHA-256, in one call", "hash_single"),
    ("HMAC, in parts", "hmac_multipart"),
    ("HMAC, in one call", "hmac_single"),
    ("AES-CCM encryption, in parts", "ccm_multipart"),
    ("AES-CCM encryption, in one call", "ccm_single"),
];
const LENGTHS: [(&str, f64); 2] = [("64", 64.0), ("1024", 1024.0)];
/// A plot of the history: title, unit, and the names of its lines with their sources.
type OverVersions = (
    &'static str,
    &'static str,
    &'static [(&'static str, Source)],
);
const OVER_VERSIONS: [OverVersions; 6] = [
    (
        "Flash",
        "bytes",
        &[
            ("secure image", Source::Bytes("secure_flash")),
            ("boot ROM", Source::Bytes("boot_flash")),
        ],
    ),
    (
        "RAM",
        "bytes",
        &[
            ("secure image", Source::Bytes("secure_ram")),
            ("boot ROM", Source::Bytes("boot_ram")),
        ],
    ),
    (
        "1 KiB of data, in parts",
        "instructions",
        &[
            ("SHA-256", Source::Operation("hash_multipart_1024")),
            ("HMAC", Source::Operation("hmac_multipart_1024")),
            ("AES-CCM", Source::Operation("ccm_multipart_1024")),
        ],
    ),
    (
        "Storage, 32 bytes",
        "instructions",
        &[
            ("create", Source::Operation("its_set_create_32")),
            ("overwrite", Source::Operation("its_set_overwrite_32")),
            ("read", Source::Operation("its_get_32")),
        ],
    ),
    (
        "Attestation token",
        "instructions",
        &[("token", Source::Operation("token_32"))],
    ),
    (
        "Boot: hash, each byte of the image",
        "instructions",
        &[("hash", Source::Boot("hash_per_byte"))],
    ),
];

#[derive(Clone, Copy)]
enum Source {
    Bytes(&'static str),
    Operation(&'static str),
    Boot(&'static str),
}

impl Source {
    fn of(self, version: &Version) -> Option<f64> {
        let (numbers, name) = match self {
            Self::Bytes(name) => (&version.bytes, name),
            Self::Operation(name) => (&version.instructions, name),
            Self::Boot(name) => (&version.boot, name),
        };
        numbers.get(name).copied()
    }
}

/// The page.
pub fn to_html(configured: &Configured, figures: &Figures, history: &History) -> String {
    let board = configured.effective.text("board.name");
    let subject = format!(
        "board {board}, profile {}; instructions of a whole call from the application, beside TF-M in C",
        configured.profile
    );
    let now = Version::measured(NOW, figures);
    Document {
        title: "Casemate: speeds",
        subject: &subject,
        sections: vec![
            ("lengths", "Instructions against length", lengths(&now)),
            ("operations", "Operations", operations(&now)),
            ("boot", "Boot", boot(&now)),
            ("images", "Images", images(&now)),
            ("history", "History", versions(history, &now)),
        ],
        scripts: &[],
    }
    .to_html()
}

fn lengths(now: &Version) -> Markup {
    let names: Vec<String> = ["Casemate".to_owned()]
        .into_iter()
        .chain(COLUMNS.map(|column| format!("TF-M {column}")))
        .collect();
    html! {
        (legend(&names.iter().map(String::as_str).collect::<Vec<_>>()))
        p.help { "The lines join what is measured at 64 and at 1,024 bytes." }
        div.plots {
            @for (title, start) in OVER_LENGTH {
                (over_length(title, start, &names, now).figure())
            }
        }
    }
}

fn over_length<'a>(title: &'a str, start: &str, names: &[String], now: &Version) -> Plot<'a> {
    let operation = |length: &str| format!("{start}_{length}");
    let ours = LENGTHS.map(|(length, _)| now.instructions.get(&operation(length)).copied());
    let theirs = (0..COLUMNS.len()).map(|column| {
        LENGTHS.map(|(length, _)| {
            let name = operation(length);
            let row = INSTRUCTIONS.iter().find(|(known, _)| *known == name);
            row.and_then(|(_, counts)| counts.get(column).copied().flatten())
                .map(|count| count as f64)
        })
    });
    let lines = [ours].into_iter().chain(theirs);
    Plot {
        title,
        marks: LENGTHS
            .map(|(name, place)| (name.to_owned(), place))
            .to_vec(),
        along: "bytes of data",
        unit: "instructions",
        series: names
            .iter()
            .zip(lines)
            .map(|(name, values)| Series {
                name: name.clone(),
                values: values.to_vec(),
            })
            .collect(),
    }
}

/// All operations in a table.
fn operations(now: &Version) -> Markup {
    let rows: Vec<_> = now
        .instructions
        .iter()
        .map(|(name, count)| {
            let theirs = INSTRUCTIONS.iter().find(|(known, _)| known == name);
            let theirs = theirs.map_or([None; 3], |(_, counts)| *counts);
            let theirs = theirs.map(|count| count.map_or("-".into(), grouped));
            [vec![name.clone(), number(*count)], theirs.to_vec()].concat()
        })
        .collect();
    let [first, second, third] = COLUMNS;
    table(&["instructions", "Casemate", first, second, third], &rows)
}

fn boot(now: &Version) -> Markup {
    let rows: Vec<_> = BOOT
        .iter()
        .filter_map(|(name, theirs)| {
            let ours = number(*now.boot.get(*name)?);
            let theirs = theirs.map(|count| count.map_or("-".into(), number));
            Some([vec![(*name).to_owned(), ours], theirs.to_vec()].concat())
        })
        .collect();
    let [first, second, third] = BOOT_COLUMNS;
    html! {
        (table(&["instructions", "Casemate", first, second, third], &rows))
        p.help { "The reference pads the secure image to its slot and hashes 536 KB." }
    }
}

fn images(now: &Version) -> Markup {
    let mut rows = Vec::new();
    for (image, [old, new]) in IMAGES {
        for (memory, old, new) in [("flash", old.0, new.0), ("ram", old.1, new.1)] {
            let ours = now.bytes.get(&format!("{image}_{memory}"));
            rows.push(vec![
                format!("{image}, {memory}"),
                ours.map_or("-".into(), |bytes| number(*bytes)),
                grouped(old),
                grouped(new),
            ]);
        }
    }
    table(&["bytes", "Casemate", "v1.6 Library", "v2.1.5 SFN"], &rows)
}

fn versions(history: &History, now: &Version) -> Markup {
    let all: Vec<&Version> = history.versions.iter().chain([now]).collect();
    html! {
        p.help { "All versions are of Profile Small on AN521." }
        div.plots {
            @for (title, unit, lines) in OVER_VERSIONS {
                @let names: Vec<_> = lines.iter().map(|(name, _)| *name).collect();
                div {
                    (over_versions(title, unit, lines, &all).figure())
                    @if names.len() > 1 { (legend(&names)) }
                }
            }
        }
    }
}

fn over_versions<'a>(
    title: &'a str,
    unit: &'a str,
    lines: &[(&str, Source)],
    versions: &[&Version],
) -> Plot<'a> {
    let places = (0..).map(f64::from);
    let marks = versions.iter().zip(places);
    Plot {
        title,
        marks: marks
            .map(|(version, place)| (version.version.clone(), place))
            .collect(),
        along: "version",
        unit,
        series: lines
            .iter()
            .map(|(name, source)| Series {
                name: (*name).to_owned(),
                values: versions.iter().map(|version| source.of(version)).collect(),
            })
            .collect(),
    }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        grouped(value as u64)
    } else {
        format!("{value:.1}")
    }
}
