// SPDX-License-Identifier: Apache-2.0
//! What was found as keys and values, and what has no counterpart.

use super::Found;
use configure::reference::{self, Meaning, Translation};
use configure::schema::KEYS;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// An option that sets nothing here, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The option as it was found.
    pub found: Found,
    /// Why it sets nothing.
    pub why: String,
}

/// An override file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Override {
    source: String,
    settings: BTreeMap<&'static str, (String, String)>,
    partitions: BTreeMap<&'static str, (String, String)>,
    /// What sets nothing.
    pub left: Vec<Left>,
}

/// What the keys of algorithms begin with.
const ALGORITHM: &str = "crypto.psa_want_alg_";

impl Override {
    /// Translates what was found in `file` and in what it names; `unread` are headers that it names and
    /// that are not there.
    pub(super) fn of(file: &Path, found: &[Found], unread: &[Found]) -> Self {
        let name = file.file_name().unwrap_or_default();
        let mut made = Self {
            source: name.to_string_lossy().into_owned(),
            ..Self::default()
        };
        let mut seen = BTreeSet::new();
        for option in found {
            // The first one wins, as for a variable of the cache and for `#ifndef`.
            if seen.insert(option.name.as_str()) {
                made.add(option, found);
            }
        }
        made.unlisted_algorithms(found);
        for option in unread {
            made.left.retain(|left| left.found != *option);
            made.left.push(Left {
                found: option.clone(),
                why: "is a header that is not there: import it by itself".into(),
            });
        }
        made
    }

    fn add(&mut self, option: &Found, all: &[Found]) {
        let mut left = |why: String| {
            self.left.push(Left {
                found: option.clone(),
                why,
            });
        };
        let Some(known) = reference::find(&option.name) else {
            // A definition that is no option: an include guard, a variable of CMake.
            return left("is no option that Casemate knows".into());
        };
        if let Meaning::OtherNumber(key, why) = known.meaning {
            return left(format!("is not taken over: {why} (`{key}`)"));
        }
        if option.value.is_empty() {
            return left("is empty: the default stays".into());
        }
        // A value may be the name of another option.
        let other = all.iter().find(|other| other.name == option.value);
        let value = other.map_or(&option.value, |other| &other.value);
        let comment = format!("{} = {}, {}", option.name, option.value, option.place);
        match reference::translate(&known, value) {
            Ok(Translation::Setting(key, value)) => match self.settings.get(key) {
                Some((before, place)) if *before != value => {
                    left(format!("contradicts {place}: `{key}` is {before}"));
                }
                Some(_) => {}
                None => {
                    self.settings.insert(key, (value, comment));
                }
            },
            Ok(Translation::Listed(module, package)) => {
                let row = (format!("\"{package}\""), comment);
                self.partitions.insert(module, row);
            }
            Ok(Translation::Dropped(module)) => {
                self.partitions.insert(module, ("false".into(), comment));
            }
            Ok(Translation::Same) => {}
            Err(why) => left(why),
        }
    }

    /// A header of algorithms lists what is wanted: what it does not list is not there.
    fn unlisted_algorithms(&mut self, found: &[Found]) {
        let sets_algorithm = |option: &Found| {
            let key = reference::find(&option.name).and_then(|known| known.meaning.key());
            key.is_some_and(|key| key.starts_with(ALGORITHM))
        };
        if !found.iter().any(sets_algorithm) {
            return;
        }
        for key in KEYS.iter().filter(|key| key.name.starts_with(ALGORITHM)) {
            let row = || ("false".into(), "not listed".into());
            self.settings.entry(key.name).or_insert_with(row);
        }
    }

    /// The settings: key, value as TOML, where it is from.
    pub fn settings(&self) -> impl Iterator<Item = (&'static str, &str, &str)> {
        KEYS.iter().filter_map(|key| {
            let (value, from) = self.settings.get(key.name)?;
            Some((key.name, value.as_str(), from.as_str()))
        })
    }

    /// The partitions: name, package in quotes or `false`, where it is from.
    pub fn partitions(&self) -> impl Iterator<Item = (&'static str, &str, &str)> {
        let rows = self.partitions.iter();
        rows.map(|(module, (value, from))| (*module, value.as_str(), from.as_str()))
    }

    /// The file.
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# SPDX-License-Identifier: Apache-2.0\n#\n# From {} of Trusted Firmware-M, by `casemate \
             config import`. For `--config`.\n",
            self.source
        );
        let mut section = "";
        for (name, value, from) in self.settings() {
            let (own, key) = name.rsplit_once('.').unwrap_or(("", name));
            if own != section {
                section = own;
                let _ = write!(text, "\n[{section}]\n");
            }
            let _ = writeln!(text, "# {from}\n{key} = {value}");
        }
        if !self.partitions.is_empty() {
            text += "\n[partitions]\n";
        }
        for (module, value, from) in self.partitions() {
            let _ = writeln!(text, "# {from}\n{module} = {value}");
        }
        if !self.left.is_empty() {
            text += "\n# These options set nothing here:\n";
        }
        for Left { found, why } in &self.left {
            let _ = writeln!(
                text,
                "# {} = {}, {}\n#   {why}",
                found.name, found.value, found.place
            );
        }
        text
    }
}
