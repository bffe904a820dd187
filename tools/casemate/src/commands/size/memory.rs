// SPDX-License-Identifier: Apache-2.0
//! RAM by its owners: which field of which partition takes how much.

use footprint::size::{Footprint, Part};

/// Smaller fields are shown together.
const SMALLEST_BYTES: u64 = 16;
/// Fields within fields that a line names.
const DEPTH: usize = 2;

/// RAM of one component.
pub struct Owner {
    /// Its name.
    pub component: String,
    /// All its RAM in bytes.
    pub bytes: u64,
    /// The same in parts, the largest first.
    pub parts: Vec<Portion>,
}

/// A part of a component's RAM.
pub struct Portion {
    /// The fields that lead there, for example `operations.slots`.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// The number of elements of an array.
    pub count: Option<u64>,
}

/// Who has the RAM of an image; the most first.
pub fn owners(image: &Footprint) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    for part in image.parts.iter().filter(|part| part.ram > 0) {
        let known = owners
            .iter()
            .position(|owner| owner.component == part.component);
        let index = known.unwrap_or_else(|| {
            owners.push(Owner {
                component: part.component.clone(),
                bytes: 0,
                parts: Vec::new(),
            });
            owners.len() - 1
        });
        if let Some(owner) = owners.get_mut(index) {
            owner.bytes += part.ram;
            owner.add(part);
        }
    }
    for owner in &mut owners {
        owner
            .parts
            .sort_by_key(|portion| (portion.name == OTHER, std::cmp::Reverse(portion.bytes)));
    }
    owners.sort_by_key(|owner| std::cmp::Reverse(owner.bytes));
    owners
}

const OTHER: &str = "other";

impl Owner {
    fn add(&mut self, part: &Part) {
        let whole = part.path.iter().chain([&part.name]);
        let depth = whole.clone().count();
        let mut name = whole.take(DEPTH).cloned().collect::<Vec<_>>().join(".");
        // What stays within one line may be large together, so fields of a larger one count.
        if depth <= DEPTH && part.ram < SMALLEST_BYTES {
            name = OTHER.into();
        }
        let count = part.count.filter(|_| depth <= DEPTH && name != OTHER);
        match self.parts.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.bytes += part.ram;
                known.count = None;
            }
            None => self.parts.push(Portion {
                name,
                bytes: part.ram,
                count,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(component: &str, path: &[&str], name: &str, ram: u64) -> Part {
        Part {
            component: component.into(),
            path: path.iter().map(|field| (*field).to_owned()).collect(),
            name: name.into(),
            count: Some(4),
            ram,
            ..Part::default()
        }
    }

    #[test]
    fn portions_add_up() {
        let image = Footprint {
            parts: vec![
                part("a", &["x"], "y", 40),
                part("a", &["x", "z"], "deep", 8),
                part("a", &["x", "z"], "deeper", 9),
                part("a", &[], "small", 4),
                part("a", &["x"], "tiny", 1),
                part("b", &[], "state", 100),
                part("b", &[], "no RAM", 0),
            ],
            ..Footprint::default()
        };
        let owners = owners(&image);
        let told: Vec<_> = owners
            .iter()
            .map(|owner| {
                let parts = owner.parts.iter();
                let parts = parts.map(|part| (part.name.as_str(), part.bytes, part.count));
                (
                    owner.component.as_str(),
                    owner.bytes,
                    parts.collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("b", 100, vec![("state", 100, Some(4))]),
                (
                    "a",
                    62,
                    vec![("x.y", 40, Some(4)), ("x.z", 17, None), ("other", 5, None)]
                ),
            ]
        );
    }
}
