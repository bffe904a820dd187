// SPDX-License-Identifier: Apache-2.0
//! The JSON schema of configuration files, with which editors complete and check TOML.

use super::takes;
use configure::reference::{self, Meaning};
use configure::schema::{KEYS, Key, Kind};
use configure::{Defaults, product};
use serde_json::{Map, Value, json};

/// The name of the file beside the profiles, and in a product.
pub const FILE: &str = "casemate.schema.json";

/// The schema of profiles, board.toml, casemate.toml and files for `--config`.
pub fn schema(defaults: &Defaults) -> Value {
    let mut root = Map::new();
    for key in KEYS {
        let path: Vec<&str> = key.name.split('.').collect();
        insert(&mut root, &path, entry(key, defaults));
    }
    let text = |about: &str| json!({ "type": "string", "description": about });
    let products = product::KEYS.iter();
    let products = products.map(|(name, _, about)| ((*name).into(), text(about)));
    root.insert(product::SECTION.into(), object(products.collect()));
    root.insert(
        "inherits".into(),
        text("The profile that this one builds on: a name, or a path."),
    );
    root.insert(
        "partitions".into(),
        json!({
            "type": "object",
            "description": "One line for each partition: its module, and its package or the path of its manifest.",
            "additionalProperties": { "type": ["string", "boolean"] },
        }),
    );
    for option in reference::all() {
        if let Some(entry) = option_entry(&option) {
            root.insert(option.name.into(), entry);
        }
    }
    let mut schema = object(root);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Configuration of Casemate");
    schema
}

/// Puts the entry of a key where its name leads, through tables that it makes on the way.
fn insert(table: &mut Map<String, Value>, path: &[&str], entry: Value) {
    match path {
        [] => {}
        [name] => {
            table.insert((*name).into(), entry);
        }
        [name, rest @ ..] => {
            let inner = table.entry(*name).or_insert_with(|| object(Map::new()));
            if let Some(inner) = inner["properties"].as_object_mut() {
                insert(inner, rest, entry);
            }
        }
    }
}

fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn entry(key: &Key, defaults: &Defaults) -> Value {
    let mut entry = match key.kind {
        Kind::Switch => json!({ "type": "boolean" }),
        Kind::Count { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::Word | Kind::Address | Kind::Bytes => {
            json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX })
        }
        Kind::Text | Kind::Path => json!({ "type": "string", "minLength": 1 }),
        Kind::Label { most } => {
            json!({ "type": "string", "maxLength": most, "pattern": "^[ -~]*$" })
        }
        Kind::Version => json!({ "type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+(\\+\\d+)?$" }),
        Kind::Choice(words) => json!({ "enum": words }),
    };
    let names: Vec<&str> = reference::names_of(key.name).collect();
    let mut about = key.about.to_owned();
    if !names.is_empty() {
        about += &format!(" In the reference: {}.", names.join(", "));
    }
    entry["description"] = json!(about);
    if let Some(setting) = defaults.get(key.name) {
        entry["default"] = match &setting.value {
            configure::Value::Flag(flag) => json!(flag),
            configure::Value::Number(number) => json!(number),
            configure::Value::Text(text) => json!(text),
        };
    }
    entry
}

/// An option of the reference that sets a key.
fn option_entry(option: &reference::Name) -> Option<Value> {
    let key = match option.meaning {
        Meaning::Partition(module, _) => format!("partitions.{module}"),
        meaning => meaning.key()?.into(),
    };
    let takes = configure::schema::find(&key).map_or_else(String::new, takes);
    let about = format!("The reference's name for `{key}`: {takes}");
    Some(json!({
        "type": ["boolean", "integer", "string"],
        "description": about.trim_end_matches(": "),
    }))
}
