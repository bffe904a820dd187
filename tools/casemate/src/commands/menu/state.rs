// SPDX-License-Identifier: Apache-2.0
//! What the menu shows and what was chosen; without a terminal.

use super::estimate::{Estimate, estimate};
use anyhow::Result;
use configure::schema::{KEYS, Key, Kind};
use configure::{Defaults, Effective, Value, reference};
use ratatui::widgets::TableState;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a key of the keyboard asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To go on.
    Nothing,
    /// To write the file and to end.
    Save,
    /// To end.
    Leave,
}

/// What the user types into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The list.
    List,
    /// The words of a search.
    Search,
    /// A value, with what is wrong with it.
    Edit(String, Option<String>),
    /// Whether to leave without writing.
    Leave,
}

/// Checks the configuration with these settings over it.
pub type Check = Box<dyn Fn(&[String]) -> Result<Effective, String>>;

/// The menu.
pub struct State {
    /// The profile that the choice lies over.
    pub profile: String,
    /// Chosen values, as TOML.
    pub overrides: BTreeMap<&'static str, String>,
    /// The values of base.toml.
    pub defaults: Defaults,
    /// What is searched for.
    pub search: String,
    /// What the user types into.
    pub mode: Mode,
    /// Which row is chosen.
    pub table: TableState,
    /// The effective configuration, or the last one that was right.
    pub effective: Effective,
    /// What is wrong with the choice.
    pub problems: Option<String>,
    without: Effective,
    at_first: BTreeMap<&'static str, String>,
    check: Check,
}

impl State {
    /// The menu over `without`, beginning with what the file of `with_file` sets.
    pub fn new(
        profile: &str,
        without: Effective,
        with_file: &Effective,
        check: Check,
    ) -> Result<Self> {
        let differs = |key: &&Key| {
            let of =
                |effective: &Effective| effective.setting(key.name).map(|one| one.value.clone());
            of(&without) != of(with_file)
        };
        let overrides: BTreeMap<_, _> = KEYS
            .iter()
            .filter(differs)
            .filter_map(|key| {
                Some((
                    key.name,
                    with_file.setting(key.name)?.value.to_toml(key.kind),
                ))
            })
            .collect();
        Ok(Self {
            profile: profile.into(),
            defaults: configure::defaults(without.places())?,
            search: String::new(),
            mode: Mode::List,
            table: TableState::new().with_selected(Some(0)),
            effective: with_file.clone(),
            problems: None,
            at_first: overrides.clone(),
            overrides,
            without,
            check,
        })
    }

    /// The keys that the search finds: by name, meaning, or name in the reference.
    pub fn rows(&self) -> Vec<&'static Key> {
        let words = self.search.to_lowercase();
        let finds = |key: &&Key| {
            let mut texts = reference::names_of(key.name).chain([key.name, key.about]);
            texts.any(|text| text.to_lowercase().contains(&words))
        };
        KEYS.iter()
            .filter(|key| !key.belongs_to_board())
            .filter(finds)
            .collect()
    }

    /// The chosen key.
    pub fn chosen(&self) -> Option<&'static Key> {
        let rows = self.rows();
        rows.get(self.table.selected()?).copied()
    }

    /// The value of a key as TOML.
    pub fn value(&self, key: &Key) -> String {
        let effective = || {
            self.effective
                .setting(key.name)
                .map(|one| one.value.to_toml(key.kind))
        };
        self.overrides
            .get(key.name)
            .cloned()
            .or_else(effective)
            .unwrap_or_default()
    }

    /// Goes up or down.
    pub fn step(&mut self, by: isize) {
        let last = self.rows().len().saturating_sub(1);
        let now = self.table.selected().unwrap_or(0);
        self.table
            .select(Some(now.saturating_add_signed(by).min(last)));
    }

    /// Another value of the chosen key: the other one of a switch, the next one of a choice; what is
    /// written is edited.
    pub fn change(&mut self) {
        let Some(key) = self.chosen() else {
            return;
        };
        let now = self.value(key);
        match key.kind {
            Kind::Switch => self.set(key, (now != "true").to_string()),
            Kind::Choice(words) => {
                let place = words.iter().position(|word| now.trim_matches('"') == *word);
                let next = words[place.map_or(0, |place| place + 1) % words.len()];
                self.set(key, format!("\"{next}\""));
            }
            _ => self.mode = Mode::Edit(now.trim_matches('"').into(), None),
        }
    }

    /// Takes what was typed as the value of the chosen key, unless the key does not take it.
    pub fn accept(&mut self, text: &str) {
        let Some(key) = self.chosen() else {
            return;
        };
        match Value::parse(text.trim(), key.kind) {
            Ok(value) => {
                self.mode = Mode::List;
                self.set(key, value.to_toml(key.kind));
            }
            Err(expected) => {
                let what = format!("takes {expected}");
                self.mode = Mode::Edit(text.into(), Some(what));
            }
        }
    }

    /// Drops the chosen key's override.
    pub fn reset(&mut self) {
        if let Some(key) = self.chosen() {
            self.overrides.remove(key.name);
            self.examine();
        }
    }

    fn set(&mut self, key: &'static Key, value: String) {
        let below = self
            .without
            .setting(key.name)
            .map(|one| one.value.to_toml(key.kind));
        if below.as_ref() == Some(&value) {
            self.overrides.remove(key.name);
        } else {
            self.overrides.insert(key.name, value);
        }
        self.examine();
    }

    fn examine(&mut self) {
        let settings = self.overrides.iter();
        let settings: Vec<String> = settings
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        match (self.check)(&settings) {
            Ok(effective) => {
                self.effective = effective;
                self.problems = None;
            }
            Err(problems) => self.problems = Some(problems),
        }
    }

    /// What the images are estimated to take.
    pub fn estimate(&self) -> Option<Estimate> {
        estimate(&self.profile, &self.without, &self.overrides)
    }

    /// Whether there is something to write.
    pub fn is_changed(&self) -> bool {
        self.overrides != self.at_first
    }

    /// The override file.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# SPDX-License-Identifier: Apache-2.0\n#\n# Written by the command `menu`. For `--config`.\n",
        );
        let mut section = "";
        for key in KEYS {
            let Some(value) = self.overrides.get(key.name) else {
                continue;
            };
            let (own, name) = crate::configuration::parts(key);
            if own != section {
                section = own;
                let _ = write!(text, "\n[{section}]\n");
            }
            let _ = writeln!(text, "# {}\n{name} = {value}", key.about);
        }
        text
    }
}

#[cfg(test)]
mod tests;
