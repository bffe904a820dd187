// SPDX-License-Identifier: Apache-2.0
//! The data of the treemap: ours and that of the comparison, by place.

use super::Measured;
use footprint::size::{Footprint, Part};
use pages::treemap::{Data, Leaf, Map};
use std::collections::BTreeMap;

/// The maps of all images; the parts of each add up to its totals.
pub fn data(measured: &Measured<'_>) -> Data {
    let has_parts = |image: &Footprint| !image.parts.is_empty();
    let other = measured
        .other
        .filter(|other| other.images.iter().any(|(_, image)| has_parts(image)));
    let maps = measured.footprints.iter().map(|(name, image)| Map {
        name: (*name).to_owned(),
        leaves: leaves(image, other.and_then(|other| other.image(name))),
    });
    Data {
        maps: maps.collect(),
        against: other.map_or_else(String::new, |other| other.label.clone()),
    }
}

/// Parts by place; instances of one generic function are one.
pub fn leaves(now: &Footprint, before: Option<&Footprint>) -> Vec<Leaf> {
    let mut leaves: BTreeMap<Vec<String>, Leaf> = BTreeMap::new();
    let mut add = |part: &Part, is_now: bool| {
        let mut path = vec![part.component.clone()];
        path.extend(part.path.iter().cloned());
        path.push(part.name.clone());
        let leaf = leaves.entry(path).or_insert_with_key(|path| Leaf {
            path: path.clone(),
            title: part.symbol.clone(),
            now: [0, 0],
            before: [0, 0],
        });
        let [flash, ram] = if is_now {
            &mut leaf.now
        } else {
            &mut leaf.before
        };
        *flash += part.flash;
        *ram += part.ram;
        // A field is called by its object and its own name.
        if part.ram > 0 && !part.symbol.is_empty() {
            leaf.title = format!("{}: {}", part.symbol, leaf.path.join("."));
        }
    };
    now.parts.iter().for_each(|part| add(part, true));
    let before = before.into_iter().flat_map(|image| &image.parts);
    before.for_each(|part| add(part, false));
    leaves.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(component: &str, path: &[&str], name: &str, flash: u64, ram: u64) -> Part {
        Part {
            component: component.into(),
            path: path.iter().map(|module| (*module).to_owned()).collect(),
            name: name.into(),
            flash,
            ram,
            ..Part::default()
        }
    }

    fn image(parts: Vec<Part>) -> Footprint {
        Footprint {
            parts,
            ..Footprint::default()
        }
    }

    #[test]
    fn the_leaves_add_up_to_the_parts() {
        let now = image(vec![
            part("a", &["x"], "f", 10, 0),
            // Two instances of one generic function.
            part("a", &["x"], "f", 20, 0),
            part("a", &["x"], "new", 5, 0),
            part("b", &[], "data", 4, 4),
        ]);
        let before = image(vec![
            part("a", &["x"], "f", 7, 0),
            part("a", &["x"], "gone", 3, 0),
        ]);
        let leaves = leaves(&now, Some(&before));
        let told: Vec<_> = leaves
            .iter()
            .map(|leaf| (leaf.path.join("."), leaf.now, leaf.before))
            .collect();
        let expected = [
            ("a.x.f", [30, 0], [7, 0]),
            ("a.x.gone", [0, 0], [3, 0]),
            ("a.x.new", [5, 0], [0, 0]),
            ("b.data", [4, 4], [0, 0]),
        ];
        let expected = expected.map(|(path, now, before)| (path.to_owned(), now, before));
        assert_eq!(told, expected);
    }
}
