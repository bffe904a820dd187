// SPDX-License-Identifier: Apache-2.0
//! From an option of the reference and its value to a key and a value.

use super::{Meaning, Name};

/// What an option with its value is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translation {
    /// A key and its value, as TOML.
    Setting(&'static str, String),
    /// A partition that is listed, with the package of its manifest.
    Listed(&'static str, &'static str),
    /// A partition that is not there.
    Dropped(&'static str),
    /// It is so already.
    Same,
}

/// Translates the option `name`, whose value is `value` as CMake or a header writes it.
///
/// # Errors
/// Why it has no counterpart, or what the option takes instead.
pub fn translate(name: &Name, value: &str) -> Result<Translation, String> {
    let value = value.trim();
    let on = || switch(value).ok_or_else(|| format!("takes ON or OFF, not {value}"));
    let set = |key, value: String| Ok(Translation::Setting(key, value));
    match name.meaning {
        Meaning::Number(key) | Meaning::OtherNumber(key, _) => match number(value) {
            Some(number) => set(key, number.to_string()),
            None => Err(format!("takes a number, not {value}")),
        },
        Meaning::Text(key) => set(key, quoted(value)),
        Meaning::Switch(key) => set(key, on()?.to_string()),
        Meaning::Inverse(key) => set(key, (!on()?).to_string()),
        Meaning::Word(key, words) => {
            let known = words.iter().find(|(word, _)| alike(word, value));
            match known {
                Some((_, meant)) if number(meant).is_some() => set(key, (*meant).to_string()),
                Some((_, meant)) => set(key, quoted(meant)),
                None => {
                    let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                    let words = words.join(" or ");
                    Err(format!("is {words} here, not {value}: see `{key}`"))
                }
            }
        }
        Meaning::Chosen(key, word) => match on()? {
            true => set(key, quoted(word)),
            false => Ok(Translation::Same),
        },
        Meaning::Partition(module, package) => Ok(match on()? {
            true => Translation::Listed(module, package),
            false => Translation::Dropped(module),
        }),
        Meaning::Always(always, _) if alike(always, value) => Ok(Translation::Same),
        Meaning::Always(always, why) => Err(format!("is always {always} here: {why}")),
        Meaning::Nothing(why) => Err(format!("has no counterpart: {why}")),
    }
}

/// Whether two values are the same word, number or switch.
fn alike(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || (switch(one).is_some() && switch(one) == switch(other))
        || (number(one).is_some() && number(one) == number(other))
}

/// A switch as CMake, a header or Kconfig writes it.
fn switch(value: &str) -> Option<bool> {
    match value.to_ascii_uppercase().as_str() {
        "ON" | "TRUE" | "YES" | "Y" | "1" | "(1)" => Some(true),
        "OFF" | "FALSE" | "NO" | "N" | "0" | "(0)" => Some(false),
        _ => None,
    }
}

/// A number as C writes it.
fn number(value: &str) -> Option<u64> {
    let bare = value.trim_start_matches('(').trim_end_matches(')').trim();
    let bare = bare.trim_end_matches(['u', 'U', 'l', 'L']);
    match bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")) {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None if bare.starts_with(|first: char| first.is_ascii_digit()) => bare.parse().ok(),
        None => None,
    }
}

/// Text as TOML.
fn quoted(text: &str) -> String {
    let text = text.trim_matches('"');
    crate::Value::Text(text.into()).to_toml(crate::schema::Kind::Text)
}
