// SPDX-License-Identifier: Apache-2.0
//! What a Rust file declares and names, by its tokens: comments and texts do not count, what stands
//! in macros does, and so do paths that no `use` names. Code for tests alone is passed over.

mod cursor;
mod use_tree;

use anyhow::{Result, anyhow};
use cursor::Cursor;
use proc_macro2::{Delimiter, TokenStream};
use std::collections::BTreeSet;

/// A module that a file declares, in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Name.
    pub name: String,
    /// What `#[path = "…"]` says.
    pub path: Option<String>,
}

/// A path as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its names; the first may be `crate`, `self` or `super`.
    pub segments: Vec<String>,
    /// It stands in a `pub use`.
    pub is_public_use: bool,
}

/// A name that a `use` brings into the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name; empty for everything (`*`).
    pub name: String,
    /// What it is.
    pub segments: Vec<String>,
}

/// What a file declares and names.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Modules in files of their own.
    pub children: Vec<Child>,
    /// Items that are defined here.
    pub definitions: BTreeSet<String>,
    /// Names that `use` brings.
    pub bindings: Vec<Binding>,
    /// All paths.
    pub paths: Vec<Named>,
    /// It has to do with code that a build script writes.
    pub has_generated_code: bool,
}

/// Words before the name of an item.
const ITEMS: [&str; 8] = [
    "struct", "enum", "union", "fn", "const", "static", "type", "trait",
];

/// Reads a file.
pub fn scan(text: &str) -> Result<Scan> {
    let tokens: TokenStream = text
        .parse()
        .map_err(|error| anyhow!("no tokens of Rust: {error}"))?;
    let mut scan = Scan::default();
    scan.walk(tokens, Some(0));
    Ok(scan)
}

impl Scan {
    /// Reads tokens. `level` says in how many modules of this file they stand; `None`: in the body
    /// of an item.
    fn walk(&mut self, tokens: TokenStream, level: Option<usize>) {
        let mut at = Cursor::new(tokens);
        let mut path = None;
        let mut is_public = false;
        while !at.is_end() {
            if let Some(attribute) = at.attribute() {
                if attribute.is_of_tests() {
                    at.skip_item();
                } else if let Some(file) = attribute.path() {
                    path = Some(file);
                }
                continue;
            }
            let word = at.word();
            match word.as_deref() {
                Some("pub") => {
                    is_public = true;
                    at.advance();
                    at.skip_group(Delimiter::Parenthesis);
                    continue;
                }
                Some("use") => {
                    at.advance();
                    self.take_use(use_tree::read(&mut at), level, is_public);
                }
                Some("mod") if at.peek_word(1).is_some() => {
                    at.advance();
                    self.take_module(&mut at, level, path.take());
                }
                Some("macro_rules") => {
                    self.define(at.peek_word(2), level);
                    at.advance();
                }
                Some(item) if ITEMS.contains(&item) => {
                    self.define(at.peek_word(1), level);
                    at.advance();
                }
                Some(_) => self.take_path(&mut at, level),
                None => match at.group() {
                    Some(inner) => self.walk(inner, None),
                    None => {
                        self.has_generated_code |= at.has_text("OUT_DIR");
                        at.advance();
                    }
                },
            }
            is_public = false;
        }
    }

    fn define(&mut self, name: Option<String>, level: Option<usize>) {
        if level.is_some() {
            self.definitions.extend(name);
        }
    }

    fn take_module(&mut self, at: &mut Cursor, level: Option<usize>, path: Option<String>) {
        let name = at.word().unwrap_or_default();
        at.advance();
        match at.group() {
            Some(inner) => {
                self.define(Some(name), level);
                self.walk(inner, level.map(|level| level + 1));
            }
            None => self.children.push(Child { name, path }),
        }
    }

    fn take_use(&mut self, bindings: Vec<Binding>, level: Option<usize>, is_public: bool) {
        for binding in bindings {
            let Some(segments) = from_file(&binding.segments, level) else {
                continue;
            };
            self.paths.push(Named {
                segments: segments.clone(),
                is_public_use: is_public,
            });
            self.bindings.push(Binding {
                segments,
                ..binding
            });
        }
    }

    fn take_path(&mut self, at: &mut Cursor, level: Option<usize>) {
        let segments = at.path();
        if segments.len() > 1
            && let Some(segments) = from_file(&segments, level)
        {
            self.paths.push(Named {
                segments,
                is_public_use: false,
            });
        }
    }
}

/// The path as the file itself would write it, outside of the modules that stand in it; `None` if
/// it leads to the file.
fn from_file(segments: &[String], level: Option<usize>) -> Option<Vec<String>> {
    let supers = segments.iter().take_while(|one| *one == "super").count();
    let inner = level.unwrap_or(0);
    if supers == 0 || inner == 0 {
        return Some(segments.to_vec());
    }
    (supers > inner).then(|| segments[inner..].to_vec())
}

#[cfg(test)]
mod tests;
