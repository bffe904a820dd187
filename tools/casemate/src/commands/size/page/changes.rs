// SPDX-License-Identifier: Apache-2.0
//! What has changed, by component and by function.

use super::map::leaves;
use crate::commands::size::against::Other;
use crate::commands::size::changes::components;
use builder::firmware::Footprints;
use maud::{Markup, html};
use pages::document::table;
use pages::number::{change, grouped};
use pages::treemap::Leaf;
use std::cmp::Reverse;

/// The tables of all images.
pub fn section(footprints: &Footprints, other: &Other) -> Markup {
    html! {
        @for (name, image) in footprints {
            h3 { (name) " against " (other.label) }
            @if let Some(before) = other.image(name) {
                @let rows: Vec<_> = components(image, before).into_iter().map(|row| vec![
                    row.name,
                    grouped(row.now.flash),
                    change(row.now.flash, row.before.flash),
                    grouped(row.now.ram),
                    change(row.now.ram, row.before.ram),
                ]).collect();
                (table(&["component", "flash", "change", "RAM", "change"], &rows))
                @if !before.parts.is_empty() {
                    (functions(leaves(image, Some(before))))
                }
            } @else {
                p { "There is no such image to compare with." }
            }
        }
    }
}

/// Functions and fields that differ; those that differ most come first.
fn functions(mut leaves: Vec<Leaf>) -> Markup {
    leaves.retain(|leaf| leaf.now != leaf.before);
    leaves.sort_by_key(|leaf| {
        let [flash, ram] = [0, 1].map(|memory| leaf.now[memory].abs_diff(leaf.before[memory]));
        Reverse(flash + ram)
    });
    let count = leaves.len();
    let rows: Vec<_> = leaves
        .iter()
        .map(|leaf| {
            let [flash, ram] = leaf.now;
            vec![
                leaf.path.join(" \u{203a} "),
                grouped(flash),
                change(flash, leaf.before[0]),
                grouped(ram),
                change(ram, leaf.before[1]),
            ]
        })
        .collect();
    html! {
        details {
            summary { (count) " functions and fields differ" }
            (table(&["name", "flash", "change", "RAM", "change"], &rows))
        }
    }
}
