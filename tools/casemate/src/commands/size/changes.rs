// SPDX-License-Identifier: Apache-2.0
//! Two images compared by component.

use super::against::Other;
use builder::firmware::Footprints;
use builder::report;
use builder::table;
use footprint::size::{Footprint, Size};
use pages::number::{change, grouped};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A component, or the image as a whole.
pub struct Row {
    /// Its name.
    pub name: String,
    /// Ours.
    pub now: Size,
    /// That of the comparison; zero where it is new.
    pub before: Size,
}

/// The components of both images; the sum comes first.
pub fn components(now: &Footprint, before: &Footprint) -> Vec<Row> {
    let whole = |image: &Footprint| Size {
        flash: image.flash,
        ram: image.ram,
    };
    let sum = Row {
        name: "all".into(),
        now: whole(now),
        before: whole(before),
    };
    let names: BTreeSet<&String> = now
        .components
        .keys()
        .chain(before.components.keys())
        .collect();
    let size =
        |image: &Footprint, name: &str| image.components.get(name).copied().unwrap_or_default();
    let rows = names.into_iter().map(|name| Row {
        name: name.clone(),
        now: size(now, name),
        before: size(before, name),
    });
    [sum].into_iter().chain(rows).collect()
}

/// Prints a table for each image.
pub fn print(footprints: &Footprints, other: &Other) {
    for (name, image) in footprints {
        let Some(before) = other.image(name) else {
            continue;
        };
        let rows: Vec<_> = components(image, before)
            .into_iter()
            .map(|row| {
                vec![
                    row.name,
                    grouped(row.now.flash),
                    plain(change(row.now.flash, row.before.flash)),
                    grouped(row.now.ram),
                    plain(change(row.now.ram, row.before.ram)),
                ]
            })
            .collect();
        let against = format!("{name} against {}", other.label);
        let head = [&against, "flash", "change", "RAM", "change"].map(String::from);
        table::print(&head, &rows);
        report::say("");
    }
}

/// A hyphen for the sign that a terminal may not have.
fn plain(change: String) -> String {
    if change.is_empty() {
        return "-".into();
    }
    change.replace('\u{2212}', "-")
}

/// The comparison for programs: the figures of the other.
pub fn to_json(other: &Other) -> Value {
    let images = other.images.iter().map(|(name, image)| {
        let components = image.components.iter().map(|(component, size)| {
            let size = json!({ "flash": size.flash, "ram": size.ram });
            (component.clone(), size)
        });
        let components: Map<_, _> = components.collect();
        let image = json!({ "flash": image.flash, "ram": image.ram, "components": components });
        (name.clone(), image)
    });
    json!({ "label": other.label, "images": Value::Object(images.collect()) })
}
