// SPDX-License-Identifier: Apache-2.0
//! The figures as one page with pictures.

mod changes;
mod map;
mod memory_map;
mod stacks;

use super::against::Other;
use builder::firmware::{Deepest, Footprints, SecureWorld, budget};
use builder::options::Configured;
use maud::{Markup, html};
use pages::document::{Document, table};
use pages::number::grouped;
use pages::{bars, treemap};

/// All that the page shows.
pub struct Measured<'a> {
    /// The configuration.
    pub configured: &'a Configured,
    /// The linked images.
    pub world: &'a SecureWorld,
    /// Flash and RAM.
    pub footprints: &'a Footprints,
    /// The deepest calls of each stack.
    pub stacks: &'a [(String, Deepest)],
    /// What it is compared with.
    pub other: Option<&'a Other>,
}

/// The page.
pub fn to_html(measured: &Measured<'_>) -> anyhow::Result<String> {
    let effective = &measured.configured.effective;
    let board = effective.text("board.name");
    let profile = &measured.configured.profile;
    let mut subject = format!("board {board}, profile {profile}");
    if let Some(other) = measured.other {
        subject += &format!(", compared with {}", other.label);
    }
    let map = treemap::section(&map::data(measured));
    let mut sections = vec![
        ("totals", "Flash and RAM", totals(measured)),
        ("map", "Map", map),
    ];
    if let Some(other) = measured.other {
        let section = changes::section(measured.footprints, other);
        sections.push(("changes", "Changes", section));
    }
    let memory = memory_map::section(measured)?;
    sections.push(("memory", "Memory of the board", memory));
    sections.push(("stacks", "Stacks", stacks::section(measured.stacks)));
    sections.push(("components", "Components", components(measured.footprints)));
    Ok(Document {
        title: "Casemate: sizes",
        subject: &subject,
        sections,
        scripts: &[treemap::SCRIPT],
    }
    .to_html())
}

/// Each image beside its budget.
fn totals(measured: &Measured<'_>) -> Markup {
    let effective = &measured.configured.effective;
    html! {
        @for (name, image) in measured.footprints {
            @let limit = budget(effective, name);
            (bars::meter(&format!("{name}, flash"), image.flash, limit.flash_bytes.unwrap_or(image.flash)))
            (bars::meter(&format!("{name}, RAM"), image.ram, limit.ram_bytes.unwrap_or(image.ram)))
        }
        p.help { "A bar is full at the budget of the profile." }
    }
}

fn largest_first<T>(parts: &[T], bytes: impl Fn(&T) -> u64) -> Vec<&T> {
    let mut sorted: Vec<&T> = parts.iter().collect();
    sorted.sort_by_key(|part| std::cmp::Reverse(bytes(part)));
    sorted
}

/// Components and functions of each image, for readers of tables.
fn components(footprints: &Footprints) -> Markup {
    html! {
        @for (name, image) in footprints {
            h3 { (name) }
            @let rows = image.components.iter().map(|(component, size)| {
                vec![component.clone(), grouped(size.flash), grouped(size.ram)]
            });
            (table(&["component", "flash", "RAM"], &rows.collect::<Vec<_>>()))
            details {
                summary { "All functions and objects of " (name) }
                @let parts = largest_first(&image.parts, |part| part.flash + part.ram);
                @let rows = parts.iter().map(|part| {
                    let path = [part.path.clone(), vec![part.name.clone()]].concat();
                    vec![
                        path.join(" \u{203a} "),
                        part.component.clone(),
                        grouped(part.flash),
                        grouped(part.ram),
                    ]
                });
                (table(&["name", "component", "flash", "RAM"], &rows.collect::<Vec<_>>()))
            }
        }
    }
}
