// SPDX-License-Identifier: Apache-2.0
//! A file of keys and values, whatever it is written in: TOML, or YAML and so JSON.
//!
//! Every value remembers its line. What has no meaning in a manifest (anchors, tags, floating
//! point) becomes text or an error here, so that a reader sees five kinds of value only.

mod toml_form;
mod yaml_form;

use crate::problems::Problems;

/// Deeper nesting is a mistake or an attack on the parser.
const MAXIMUM_DEPTH: usize = 8;

/// A value and the line on which it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Counted from one.
    pub line: usize,
    /// The value.
    pub content: Content,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// `true` or `false`.
    Flag(bool),
    /// A number without sign or fraction.
    Number(u64),
    /// Text, and every scalar that is none of the above.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Table(Vec<Entry>),
}

/// One key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key, unique in its table.
    pub key: String,
    /// The line of the key, counted from one.
    pub line: usize,
    /// The value.
    pub value: Node,
}

/// Reads TOML; `file` is its name in messages.
pub fn from_toml(file: &str, text: &str) -> Result<Node, Problems> {
    toml_form::parse(text).map_err(|mistake| mistake.of(file))
}

/// Reads YAML 1.2, of which JSON is a part; `file` is its name in messages.
pub fn from_yaml(file: &str, text: &str) -> Result<Node, Problems> {
    yaml_form::parse(text).map_err(|mistake| mistake.of(file))
}

/// What is wrong with the form of a file, and where.
struct Mistake {
    line: usize,
    what: String,
}

impl Mistake {
    fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
        }
    }

    fn of(self, file: &str) -> Problems {
        Problems::one(format!("{file}:{}: {}", self.line, self.what))
    }
}

/// The number that a word of a manifest means: decimal, or hexadecimal behind `0x`.
pub fn number(word: &str) -> Option<u64> {
    let word = word.trim();
    match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) if digits.starts_with(|first: char| first.is_ascii_hexdigit()) => {
            u64::from_str_radix(&digits.replace('_', ""), 16).ok()
        }
        Some(_) => None,
        None if word.starts_with(|first: char| first.is_ascii_digit()) => word.parse().ok(),
        None => None,
    }
}

#[cfg(test)]
mod tests;
