// SPDX-License-Identifier: Apache-2.0
//! The keys of the section `[product]` of `casemate.toml`.

use crate::nearest::nearest;
use toml::de::DeValue;

/// The name of the section.
pub const SECTION: &str = "product";

/// The keys: name, default, meaning.
pub const KEYS: &[(&str, Option<&str>, &str)] = &[
    (
        "board",
        None,
        "a folder with a board.toml, or the name of a board among the dependencies",
    ),
    (
        "profile",
        Some("small"),
        "a profile of Casemate, or the path of one",
    ),
    (
        "firmware",
        Some("firmware"),
        "the folder of the package with boot ROM and secure image",
    ),
    (
        "application",
        Some("application"),
        "the folder of the application: a Cargo.toml, or a Makefile",
    ),
];

/// Reads one key of the section.
pub fn take(key: &str, value: &DeValue<'_>, found: &str) -> Result<String, String> {
    if !KEYS.iter().any(|(own, ..)| *own == key) {
        let meant = nearest(key, KEYS.iter().map(|(own, ..)| *own)).unwrap_or_default();
        return Err(format!(
            "there is no key `{SECTION}.{key}`; the nearest is `{SECTION}.{meant}`"
        ));
    }
    match value {
        DeValue::String(text) if !text.is_empty() => Ok(text.to_string()),
        _ => Err(format!(
            "`{SECTION}.{key}` takes text in quotes, not {found}"
        )),
    }
}
