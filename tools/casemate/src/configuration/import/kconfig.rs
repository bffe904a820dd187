// SPDX-License-Identifier: Apache-2.0
//! The lines of a file of Kconfig: `CONFIG_NAME=value`, and `# CONFIG_NAME is not set`.

use super::Found;
use anyhow::{Context as _, Result};

const PREFIX: &str = "CONFIG_";

/// The options that the text sets, in order.
pub fn parse(file: &str, text: &str) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", index + 1);
        let line = line.trim();
        let unset = line
            .strip_prefix('#')
            .and_then(|rest| rest.trim().strip_suffix(" is not set"));
        let (name, value) = match unset {
            Some(name) => (name, "n"),
            None if line.is_empty() || line.starts_with('#') => continue,
            None => line
                .split_once('=')
                .with_context(|| format!("{place}: a line is CONFIG_NAME=value, not {line}"))?,
        };
        let name = name.trim();
        let bare = name.strip_prefix(PREFIX);
        found.push(Found {
            name: bare
                .with_context(|| format!("{place}: a name begins with {PREFIX}, not {name}"))?
                .into(),
            value: value.trim().trim_matches('"').into(),
            place,
        });
    }
    Ok(found)
}
