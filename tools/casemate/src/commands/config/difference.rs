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
    let value = |rows: &[(String, Shown)], key: &str| {
        let row = rows.iter().find(|(name, _)| name == key);
        row.map(|(_, shown)| shown.clone())
    };
    let only_in_b = b.iter().filter(|(key, _)| value(&a, key).is_none());
    let differences: Vec<(&String, [Option<Shown>; 2])> = a
        .iter()
        .chain(only_in_b)
        .map(|(key, _)| (key, [value(&a, key), value(&b, key)]))
        .filter(|(_, [a, b])| a != b)
        .collect();
    if as_json {
        let rows = differences.iter().map(|(key, pair)| {
            let pair = pair
                .each_ref()
                .map(|shown| shown.as_ref().map(|shown| &shown.1));
            ((*key).clone(), json!(pair))
        });
        let rows: serde_json::Map<_, _> = rows.collect();
        return report::say_json(&json!({ "configurations": words, "differences": rows }));
    }
    if differences.is_empty() {
        report::say(format_args!("{first} and {second} do not differ"));
        return Ok(());
    }
    let head = ["key".into(), first.clone(), second.clone()];
    let cell = |shown: &Option<Shown>| shown.as_ref().map_or("-".into(), |shown| shown.0.clone());
    let rows: Vec<Vec<String>> = differences
        .iter()
        .map(|(key, [a, b])| vec![(*key).clone(), cell(a), cell(b)])
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
