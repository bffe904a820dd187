// SPDX-License-Identifier: Apache-2.0
//! The effective values, as a table or as an object.

use anyhow::{Result, bail};
use builder::report;
use configure::schema::{KEYS, Kind};
use configure::{Effective, Setting, Value, nearest, reference};
use serde_json::{Map, json};

/// A value in the table.
struct Row {
    key: String,
    value: String,
    origin: String,
}

/// Prints all values, or those of `key`.
///
/// # Errors
/// There is no such key.
pub fn print(effective: &Effective, key: Option<&str>, as_json: bool) -> Result<()> {
    let key = key.map(resolve).transpose()?;
    let is_shown = |name: &str| {
        key.as_deref().is_none_or(|key| {
            name == key
                || name
                    .strip_prefix(key)
                    .is_some_and(|rest| rest.starts_with('.'))
        })
    };
    match as_json {
        true => print_json(effective, is_shown),
        false => {
            print_table(effective, is_shown);
            if key.is_none() {
                let digest = hex::encode(effective.digest());
                report::say(format_args!("\nSHA-256 of the values: {digest}"));
            }
            Ok(())
        }
    }
}

/// The key or section that `word` means.
///
/// # Errors
/// There is none; names the nearest.
pub fn resolve(word: &str) -> Result<String> {
    let word = word.trim_end_matches('.');
    let begins = |name: &str| {
        name.strip_prefix(word)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    if KEYS.iter().any(|key| key.name == word || begins(key.name))
        || word == "partitions"
        || word.starts_with("partitions.")
    {
        return Ok(word.into());
    }
    if let Some(key) = reference::find(word).and_then(|option| option.meaning.key()) {
        return Ok(key.into());
    }
    let meant = nearest(word, KEYS.iter().map(|key| key.name)).unwrap_or_default();
    bail!("there is no key or section `{word}`; the nearest is `{meant}`")
}

fn origin(setting: &Setting) -> String {
    let mut text = setting.origin.clone();
    for (value, origin) in &setting.overridden {
        text += &format!(
            "; overrides {} of {origin}",
            value.to_toml(setting.key.kind)
        );
    }
    text
}

fn print_table(effective: &Effective, is_shown: impl Fn(&str) -> bool) {
    let settings = effective.settings().map(|setting| Row {
        key: setting.key.name.into(),
        value: setting.value.to_toml(setting.key.kind),
        origin: origin(setting),
    });
    let partitions = effective.lines().map(|line| Row {
        key: format!("partitions.{}", line.module),
        value: Value::Text(line.manifest.clone()).to_toml(Kind::Text),
        origin: line.origin.clone(),
    });
    let rows: Vec<Row> = settings
        .chain(partitions)
        .filter(|row| is_shown(&row.key))
        .collect();
    let width = |column: fn(&Row) -> usize| rows.iter().map(column).max().unwrap_or(0);
    let (keys, values) = (width(|row| row.key.len()), width(|row| row.value.len()));
    for Row { key, value, origin } in &rows {
        report::say(format_args!("{key:keys$}  {value:values$}  {origin}"));
    }
}

/// A value as JSON has it.
pub fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
    }
}

fn print_json(effective: &Effective, is_shown: impl Fn(&str) -> bool) -> Result<()> {
    let settings = effective.settings().map(|setting| {
        let overridden = setting.overridden.iter();
        let overridden =
            overridden.map(|(value, origin)| json!({ "value": json_of(value), "origin": origin }));
        let object = json!({
            "value": json_of(&setting.value),
            "origin": setting.origin,
            "overridden": overridden.collect::<Vec<_>>(),
        });
        (setting.key.name.to_string(), object)
    });
    let partitions = effective.lines().map(|line| {
        let object = json!({ "value": line.manifest, "origin": line.origin });
        (format!("partitions.{}", line.module), object)
    });
    let values: Map<_, _> = settings
        .chain(partitions)
        .filter(|(key, _)| is_shown(key))
        .collect();
    report::say_json(&json!({
        "digest": hex::encode(effective.digest()),
        "values": values,
        "warnings": effective.warnings(),
    }))
}
