// SPDX-License-Identifier: Apache-2.0
//! The figures as a JSON object.

use super::memory;
use builder::firmware::{Deepest, Footprints};
use footprint::size::{Footprint, Part};
use serde_json::{Map, Value, json};

/// The object with the images; `parts`: with each function and field.
pub fn images(footprints: &Footprints, parts: bool) -> Map<String, Value> {
    let images: Map<_, _> = footprints
        .iter()
        .map(|(name, image)| ((*name).to_owned(), object(image, parts)))
        .collect();
    Map::from_iter([("images".to_owned(), images.into())])
}

/// Adds the static bounds of the stacks; `calls`: with the calls that lead to them.
pub fn add_stacks(object: &mut Map<String, Value>, stacks: &[(String, Deepest)], calls: bool) {
    let told = stacks.iter().map(|(name, deepest)| {
        let mut stack = Map::from_iter([("bytes".to_owned(), json!(deepest.bytes))]);
        if calls {
            let path = deepest.path.iter();
            let path = path.map(|(name, bytes)| json!({ "function": name, "bytes": bytes }));
            stack.insert("calls".into(), path.collect());
        }
        (name.clone(), stack.into())
    });
    object.insert("stacks".into(), Value::Object(told.collect()));
}

fn object(image: &Footprint, parts: bool) -> Value {
    let components: Map<_, _> = image
        .components
        .iter()
        .map(|(name, size)| {
            let size = json!({ "flash": size.flash, "ram": size.ram });
            (name.clone(), size)
        })
        .collect();
    let mut object = json!({
        "flash": image.flash,
        "ram": image.ram,
        "components": components,
        "ram_owners": owners(image),
    });
    if parts {
        object["parts"] = image.parts.iter().map(part).collect();
    }
    object
}

/// RAM by component and field.
fn owners(image: &Footprint) -> Value {
    let owners = memory::owners(image).into_iter().map(|owner| {
        let parts = owner.parts.into_iter();
        let parts: Map<_, _> = parts.map(|part| (part.name, part.bytes.into())).collect();
        (owner.component, parts.into())
    });
    Value::Object(owners.collect())
}

fn part(part: &Part) -> Value {
    json!({
        "component": part.component,
        "path": part.path,
        "name": part.name,
        "symbol": part.symbol,
        "flash": part.flash,
        "ram": part.ram,
    })
}
