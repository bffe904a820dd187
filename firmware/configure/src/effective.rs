// SPDX-License-Identifier: Apache-2.0
//! The effective configuration: complete, each value with the place that set it.

use crate::partitions::{Line, Partition};
use crate::places::Places;
use crate::problems::Problems;
use crate::schema::{self, KEYS, Key};
use crate::value::Value;
use primitives::sha256::{Portable, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The switch of the tests from the secure world, and the name of their partition.
const TEST_SECURE: &str = "test.secure";
const TESTS: &str = "secure_tests";

/// A value and the place that set it.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The key.
    pub key: &'static Key,
    /// The value that won.
    pub value: Value,
    /// `file:line`, or `--set`.
    pub origin: String,
    /// What it overrides: values and the places that set them, the last one first.
    pub overridden: Vec<(Value, String)>,
}

/// What the origin of a derived value begins with.
pub(crate) const DERIVED: &str = "derived from ";

impl Setting {
    /// What a setting above this one overrides: its value, and what it overrides itself.
    pub(crate) fn into_overridden(self) -> Vec<(Value, String)> {
        let mut overridden = vec![(self.value, self.origin)];
        overridden.extend(self.overridden);
        overridden
    }
}

/// A complete and valid configuration.
#[derive(Clone, Debug)]
pub struct Effective {
    pub(crate) places: Places,
    pub(crate) board: PathBuf,
    pub(crate) settings: BTreeMap<&'static str, Setting>,
    pub(crate) lines: BTreeMap<String, Line>,
    /// What was set for another choice, by the key that is derived again: value and place.
    pub(crate) lifted: BTreeMap<&'static str, Vec<(Value, String)>>,
    /// Where partitions were dropped, by name.
    pub(crate) dropped: BTreeMap<String, String>,
    pub(crate) partitions: Vec<Partition>,
    pub(crate) inputs: Vec<PathBuf>,
}

impl Effective {
    pub(crate) fn empty(places: Places) -> Self {
        Self {
            places,
            board: PathBuf::new(),
            settings: BTreeMap::new(),
            lines: BTreeMap::new(),
            lifted: BTreeMap::new(),
            dropped: BTreeMap::new(),
            partitions: Vec::new(),
            inputs: Vec::new(),
        }
    }

    /// The settings in the order of the schema.
    pub fn settings(&self) -> impl Iterator<Item = &Setting> {
        KEYS.iter().filter_map(|key| self.settings.get(key.name))
    }

    /// The setting of a key.
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.get(key)
    }

    /// The lines of `[partitions]`, by name.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    /// The partitions; each stands behind those whose services it calls.
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }

    /// What is allowed and nevertheless not safe, in a sentence each.
    pub fn warnings(&self) -> Vec<&'static str> {
        let mut warnings = Vec::new();
        if !self.flag("boot.anti_rollback") {
            warnings.push(
                "boot.anti_rollback is false: the device starts older firmware, with every weakness \
                 that was mended since",
            );
        }
        warnings
    }

    /// The files that were read.
    pub fn inputs(&self) -> &[PathBuf] {
        &self.inputs
    }

    /// The switch at a key of the schema.
    ///
    /// # Panics
    /// When the schema has no such switch: a mistake in the program, not the input.
    pub fn flag(&self, key: &str) -> bool {
        match self.settings.get(key).map(|setting| &setting.value) {
            Some(Value::Flag(flag)) => *flag,
            _ => panic!("the schema has no switch `{key}`"),
        }
    }

    /// The number at a key of the schema.
    ///
    /// # Panics
    /// When the schema has no such key of a number: a mistake in the program, not the input.
    pub fn number(&self, key: &str) -> u64 {
        match self.settings.get(key).map(|setting| &setting.value) {
            Some(Value::Number(number)) => *number,
            _ => panic!("the schema has no number `{key}`"),
        }
    }

    /// The text at a key of the schema.
    ///
    /// # Panics
    /// When the schema has no such key of text: a mistake in the program, not the input.
    pub fn text(&self, key: &str) -> &str {
        match self.settings.get(key).map(|setting| &setting.value) {
            Some(Value::Text(text)) => text,
            _ => panic!("the schema has no text `{key}`"),
        }
    }

    /// The path of the file at a key of the schema.
    ///
    /// # Panics
    /// As [`Effective::text`].
    pub fn path(&self, key: &str) -> PathBuf {
        self.places.path(self.text(key))
    }

    /// The folders that paths are relative to.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The folder of the board; empty for a resolved configuration.
    pub fn board(&self) -> &Path {
        &self.board
    }

    /// Whether our own boot ROM starts the image, or a loader that the device brings along.
    pub fn has_boot_rom(&self) -> bool {
        self.text("boot.loader") == "casemate"
    }

    /// Whether secure and non-secure image are two images.
    pub fn has_two_images(&self) -> bool {
        self.number("boot.image_number") == 2
    }

    /// Where the secure image starts: behind the header in the primary slot.
    pub fn image_address(&self) -> u64 {
        self.number("flash.origin")
            + self.number("flash.areas.primary.offset_bytes")
            + self.number("boot.header_bytes")
    }

    /// Whether no layer set the key: its value follows from others.
    pub fn is_derived(&self, key: &str) -> bool {
        self.origin(key).starts_with(DERIVED)
    }

    /// The place that set a key.
    pub(crate) fn origin(&self, key: &str) -> &str {
        self.settings.get(key).map_or("", |setting| &setting.origin)
    }

    /// One `key = value` line for each key, in the order of the schema, and one for each
    /// partition: what a digest is over.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for Setting { key, value, .. } in self.settings() {
            let _ = writeln!(text, "{} = {}", key.name, value.to_toml(key.kind));
        }
        for Line {
            module, manifest, ..
        } in self.lines()
        {
            let manifest = Value::Text(manifest.clone()).to_toml(schema::Kind::Text);
            let _ = writeln!(text, "partitions.{module} = {manifest}");
        }
        text
    }

    /// SHA-256 of [`Effective::to_toml`]: the name of this configuration.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::<Portable>::digest_of(self.to_toml().as_bytes())
    }

    /// Puts the type of signatures into the paths of the keys that make them, where they ask for
    /// it: one file each, so that another type needs no other keys to be named.
    pub(crate) fn name_signing_keys(&mut self) {
        let signature = self.text("boot.signature").to_owned();
        for name in ["boot.signing_key", "boot.second_key"] {
            let key = self.settings.get_mut(name);
            if let Some(Value::Text(path)) = key.map(|setting| &mut setting.value) {
                *path = path.replace("{signature}", &signature);
            }
        }
    }

    /// Lists the partition that tests the services, where it is asked for.
    pub(crate) fn add_tests(&mut self) {
        if self.flag(TEST_SECURE) {
            let origin = self.origin(TEST_SECURE).to_owned();
            self.lines.entry(TESTS.into()).or_insert(Line {
                module: TESTS.into(),
                manifest: "casemate-secure-suite".into(),
                origin,
            });
        }
    }

    /// Adds what is missing for a configuration to be complete: no layer sets it, and no rule.
    pub(crate) fn missing(&self, has_rule: fn(&str) -> bool, problems: &mut Problems) {
        for key in KEYS
            .iter()
            .filter(|key| !self.settings.contains_key(key.name) && !has_rule(key.name))
        {
            let file = if key.belongs_to_board() {
                "board.toml"
            } else {
                "profiles/base.toml"
            };
            problems.add(format!("{file}: `{}` is missing: {}", key.name, key.about));
        }
    }
}
