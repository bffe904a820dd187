// SPDX-License-Identifier: Apache-2.0
//! All that is known of one key.

use super::values::{json_of, resolve};
use crate::configuration::{page, takes};
use anyhow::{Result, bail};
use builder::report;
use configure::schema::{self, KEYS};
use configure::{Effective, costs, nearest, reference};
use serde_json::json;

/// Prints what the key means and takes, its default, cost, names, value and what that overrides.
///
/// # Errors
/// There is no such key; names the nearest.
pub fn print(effective: &Effective, word: &str, as_json: bool) -> Result<()> {
    let Some(key) = schema::find(&resolve(word)?) else {
        let word = word.trim_end_matches('.');
        let within = KEYS
            .iter()
            .map(|key| key.name)
            .filter(|name| name.starts_with(word));
        let meant = nearest(word, within).unwrap_or_default();
        bail!("`{word}` is a section; explain one of its keys, for example `{meant}`")
    };
    let defaults = configure::defaults(effective.places())?;
    let setting = effective.setting(key.name);
    if as_json {
        let overridden = setting.map_or(&[][..], |setting| &setting.overridden);
        let overridden = overridden
            .iter()
            .map(|(value, origin)| json!({ "value": json_of(value), "origin": origin }));
        let costs: Vec<_> = costs::of(key.name)
            .iter()
            .map(costs::Cost::to_json)
            .collect();
        return report::say_json(&json!({
            "key": key.name,
            "about": key.about,
            "takes": takes(key),
            "unit": key.unit(),
            "default": defaults.get(key.name).map(|setting| json_of(&setting.value)),
            "costs": costs,
            "reference": reference::names_of(key.name).collect::<Vec<_>>(),
            "value": setting.map(|setting| json_of(&setting.value)),
            "origin": setting.map(|setting| &setting.origin),
            "overridden": overridden.collect::<Vec<_>>(),
        }));
    }
    report::say(format_args!("{}\n  {}\n", key.name, key.about));
    let plain = |text: &str| text.replace('`', "");
    let mut rows = page::facts(key, &defaults);
    if let Some(setting) = setting {
        let of = |value: &configure::Value, origin: &str| {
            let set_by = if origin.starts_with("derived ") {
                ""
            } else {
                "set by "
            };
            format!("{}, {set_by}{origin}", value.to_toml(key.kind))
        };
        rows.push(("now", of(&setting.value, &setting.origin)));
        for (value, origin) in &setting.overridden {
            rows.push(("overrides", of(value, origin)));
        }
    }
    for (what, value) in rows {
        report::say(format_args!("  {what:16}  {}", plain(&value)));
    }
    Ok(())
}
