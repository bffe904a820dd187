// SPDX-License-Identifier: Apache-2.0
//! A static object divided among the components by its fields.

use crate::component::ComponentMap;
use crate::fields::Field;
use crate::size::Part;

/// The parts of an object; they add up to its bytes.
///
/// A partition owns everything in its state, also the state of an algorithm that another
/// crate defines. What is outside of partitions belongs to the manager around them.
pub(super) fn parts(object: &Field, map: &ComponentMap) -> Vec<Part> {
    let mut parts = Vec::new();
    let manager = Place {
        component: map.of_crate(&object.crate_name).to_owned(),
        is_partition: map.is_partition(&object.crate_name),
        path: Vec::new(),
    };
    collect(object, &manager, map, &mut parts);
    for part in &mut parts {
        part.symbol = object.name.clone();
    }
    parts
}

/// Where a field is.
#[derive(Clone)]
struct Place {
    component: String,
    is_partition: bool,
    path: Vec<String>,
}

fn collect(field: &Field, place: &Place, map: &ComponentMap, parts: &mut Vec<Part>) {
    if field.members.is_empty() {
        let (name, path) = match place.path.split_last() {
            Some((name, path)) => (name.as_str(), path),
            None => ("state", &[][..]),
        };
        parts.push(Part {
            component: place.component.clone(),
            path: path.to_vec(),
            name: name.to_owned(),
            count: field.count,
            ram: field.bytes,
            ..Part::default()
        });
        return;
    }
    for member in &field.members {
        let mut place = place.clone();
        if !member.name.is_empty() {
            place.path.push(member.name.clone());
        }
        if !place.is_partition && map.is_partition(&member.crate_name) {
            place = Place {
                component: map.of_crate(&member.crate_name).to_owned(),
                is_partition: true,
                path: Vec::new(),
            };
        }
        collect(member, &place, map, parts);
    }
}
