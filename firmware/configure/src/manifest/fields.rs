// SPDX-License-Identifier: Apache-2.0
//! Keys of a table, one at a time: there or not, of the right kind, within limits.

use super::{Form, Placed};
use crate::document::{Content, Entry, Node, number};
use crate::nearest::nearest;
use crate::problems::Problems;

/// A file that is being read, and what is wrong with it so far.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) form: Form,
    pub(super) problems: Problems,
}

/// The table of a partition or of a service.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    pub(super) line: usize,
}

impl Fields<'_> {
    pub(super) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

impl Reader<'_> {
    pub(super) fn wrong(&mut self, line: usize, what: impl AsRef<str>) {
        let (file, what) = (self.file, what.as_ref());
        self.problems.add(format!("{file}:{line}: {what}"));
    }

    /// The default of the reference; our own manifests say everything.
    pub(super) fn default<T>(&self, value: T) -> Option<T> {
        (self.form == Form::Reference).then_some(value)
    }

    /// The entries of a table, none of them unknown.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        known: &[&'static str],
        of_the_reference: &[&'static str],
    ) -> Option<Fields<'n>> {
        let Content::Table(entries) = &node.content else {
            self.wrong(node.line, "a table of keys and values is expected here");
            return None;
        };
        for entry in entries {
            let key = entry.key.as_str();
            let foreign = self.form == Form::Reference && of_the_reference.contains(&key);
            if !foreign && !known.contains(&key) {
                let meant = nearest(key, known.iter().copied()).unwrap_or_default();
                let text = format!("there is no key `{key}`; the nearest is `{meant}`");
                self.wrong(entry.line, text);
            }
        }
        Some(Fields {
            entries,
            line: node.line,
        })
    }

    /// The value at a key: `take` gives `None` for what is not `expected`.
    pub(super) fn get<T>(
        &mut self,
        table: Fields<'_>,
        key: &str,
        default: Option<T>,
        expected: &str,
        take: impl FnOnce(&Content) -> Option<T>,
    ) -> Option<Placed<T>> {
        let Some(entry) = table.find(key) else {
            if default.is_none() {
                self.wrong(table.line, format!("`{key}` is missing"));
            }
            return default.map(|value| Placed {
                value,
                line: table.line,
            });
        };
        let line = entry.line;
        let taken = take(&entry.value.content);
        if taken.is_none() {
            let found = entry.value.content.shown();
            self.wrong(line, format!("`{key}` takes {expected}, not {found}"));
        }
        taken.map(|value| Placed { value, line })
    }

    pub(super) fn flag(
        &mut self,
        table: Fields<'_>,
        key: &str,
        default: Option<bool>,
    ) -> Option<bool> {
        let taken = self.get(
            table,
            key,
            default,
            "true or false",
            |content| match content {
                Content::Flag(flag) => Some(*flag),
                _ => None,
            },
        );
        taken.map(|placed| placed.value)
    }

    pub(super) fn number(
        &mut self,
        table: Fields<'_>,
        key: &str,
        default: Option<u64>,
        least: u64,
        most: u64,
    ) -> Option<Placed<u64>> {
        let expected = format!("a number from {least} to {most}");
        self.get(table, key, default, &expected, |content| {
            content
                .number()
                .filter(|number| (least..=most).contains(number))
        })
    }

    pub(super) fn word<T: Copy>(
        &mut self,
        table: Fields<'_>,
        key: &str,
        default: Option<T>,
        words: &[(&str, T)],
    ) -> Option<Placed<T>> {
        let expected: Vec<String> = words
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        self.get(table, key, default, &expected.join(" or "), |content| {
            let found = words.iter().find(|(word, _)| content.is(word));
            found.map(|(_, value)| *value)
        })
    }
}

impl<T> Placed<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Placed<U> {
        Placed {
            value: change(self.value),
            line: self.line,
        }
    }
}

impl Content {
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Text(text) if text == word)
    }

    /// A number, or text that is one: the reference puts hexadecimal numbers in quotes.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(value) => Some(*value),
            Self::Text(text) => number(text),
            _ => None,
        }
    }

    pub(super) fn identifier(&self) -> Option<&str> {
        let Self::Text(text) = self else { return None };
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let good =
            text.bytes().all(inner) && !text.starts_with(|first: char| first.is_ascii_digit());
        (good && !text.is_empty()).then_some(text)
    }

    fn shown(&self) -> String {
        match self {
            Self::Flag(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(items) if items.is_empty() => "an empty list".into(),
            Self::List(_) => "this list".into(),
            Self::Table(_) => "a table".into(),
        }
    }
}
