// SPDX-License-Identifier: Apache-2.0
//! What differs between two configurations.

use super::values::json_of;
use anyhow::{Context as _, Result, bail};
use builder::options::Selection;
use builder::workspace::Workspace;
use builder::{report, table};
use configure::schema::Kind;
use configure::{Effective, Value};
use serde_json::json;
use std::collections::BTreeMap;

/// Prints the keys whose values differ between the configurations `words`, over `selection`.
///
/// # Errors
/// One of the two is no valid configuration.
pub fn print(
    workspace: &Workspace,
    selection: &Selection,
    words: [&String; 2],
    as_json: bool,
) -> Result<()> {
    let [first, second] = words;
    let of = |word: &str| {
        let effective = selected(selection, word)?.load(workspace);
        Ok::<_, anyhow::Error>(rows(
            &effective.with_context(|| format!("the configuration {word}"))?,
        ))
    };
    let (a, b) = (of(first)?, of(second)?);
    let mut keys: Vec<&String> = a.iter().chain(&b).map(|(key, _)| key).collect();
    keys.dedup();
    let (a, b): (BTreeMap<_, _>, BTreeMap<_, _>) =
        (a.iter().cloned().collect(), b.iter().cloned().collect());
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|key| seen.insert(key.as_str()) && a.get(*key) != b.get(*key));
    if as_json {
        let rows = keys.iter().map(|key| {
            let of = |rows: &BTreeMap<String, Shown>| rows.get(*key).map(|shown| shown.1.clone());
            ((*key).clone(), json!([of(&a), of(&b)]))
        });
        let rows: serde_json::Map<_, _> = rows.collect();
        return report::say_json(&json!({ "configurations": words, "differences": rows }));
    }
    if keys.is_empty() {
        report::say(format_args!("{first} and {second} do not differ"));
        return Ok(());
    }
    let head = ["key".into(), first.clone(), second.clone()];
    let cell = |rows: &BTreeMap<String, Shown>, key: &String| {
        rows.get(key).map_or("-".into(), |shown| shown.0.clone())
    };
    let rows: Vec<Vec<String>> = keys
        .iter()
        .map(|key| vec![(*key).clone(), cell(&a, key), cell(&b, key)])
        .collect();
    table::print(&head, &rows);
    Ok(())
}

/// A value as TOML and as JSON.
type Shown = (String, serde_json::Value);

fn rows(effective: &Effective) -> Vec<(String, Shown)> {
    let settings = effective.settings().map(|setting| {
        let toml = setting.value.to_toml(setting.key.kind);
        (setting.key.name.to_owned(), (toml, json_of(&setting.value)))
    });
    let partitions = effective.lines().map(|line| {
        let toml = Value::Text(line.manifest.clone()).to_toml(Kind::Text);
        (
            format!("partitions.{}", line.module),
            (toml, json!(line.manifest)),
        )
    });
    settings.chain(partitions).collect()
}

/// The configuration that a word means: a profile, and with commas files and settings over it.
fn selected(selection: &Selection, word: &str) -> Result<Selection> {
    let mut selection = selection.clone();
    for (place, part) in word.split(',').enumerate() {
        match part.trim() {
            "" => bail!("`{word}` has an empty part: write PROFILE,FILE.toml,KEY=VALUE"),
            part if part.contains('=') => selection.settings.push(part.into()),
            part if place == 0 => selection.profile = Some(part.into()),
            part => selection.files.push(part.into()),
        }
    }
    Ok(selection)
}
