// SPDX-License-Identifier: Apache-2.0
//! The effective configuration: layers merged, complete, and checked as a whole.

use crate::layer::{self, Layer};
use crate::layout;
use crate::nearest::nearest;
use crate::partitions::{self, Line, Partition};
use crate::persistent_keys;
use crate::problems::Problems;
use crate::schema::{self, KEYS, Key};
use crate::storage;
use crate::value::Value;
use primitives::sha256::{Portable, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Which layers to merge.
#[derive(Clone, Debug)]
pub struct Request {
    /// Root of the workspace.
    pub workspace: PathBuf,
    /// Folder in `boards/`.
    pub board: String,
    /// File in `profiles/`, without `.toml`.
    pub profile: String,
    /// Extra files, the later ones win.
    pub files: Vec<PathBuf>,
    /// `key=value` of the command line, the later ones win.
    pub settings: Vec<String>,
}

/// A value and the place that set it.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The key.
    pub key: &'static Key,
    /// The value that won.
    pub value: Value,
    /// `file:line`, or `--set`.
    pub origin: String,
}

/// A complete and valid configuration.
#[derive(Clone, Debug)]
pub struct Effective {
    settings: BTreeMap<&'static str, Setting>,
    lines: BTreeMap<String, Line>,
    partitions: Vec<Partition>,
    inputs: Vec<PathBuf>,
}

/// Merges the layers of `request` and checks the result.
pub fn load(request: &Request) -> Result<Effective, Problems> {
    let mut merge = Merge {
        workspace: &request.workspace,
        effective: Effective::empty(),
    };
    merge.profile(&request.profile, &mut Vec::new())?;
    merge.board(&request.board)?;
    for file in &request.files {
        let read = merge.read(file)?;
        merge.no_inheritance(read, file)?;
    }
    for setting in &request.settings {
        merge.apply(layer::parse_setting(setting)?);
    }
    merge.checked()
}

/// Reads the complete configuration that [`Effective::to_toml`] wrote to `file`, and the
/// manifests below `workspace` that it lists.
pub fn resolved(workspace: &Path, file: &Path) -> Result<Effective, Problems> {
    let mut merge = Merge {
        workspace,
        effective: Effective::empty(),
    };
    let layer = merge.read(file)?;
    merge.apply(layer);
    merge.checked()
}

impl Effective {
    fn empty() -> Self {
        Self {
            settings: BTreeMap::new(),
            lines: BTreeMap::new(),
            partitions: Vec::new(),
            inputs: Vec::new(),
        }
    }

    /// The settings in the order of the schema.
    pub fn settings(&self) -> impl Iterator<Item = &Setting> {
        KEYS.iter().filter_map(|key| self.settings.get(key.name))
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

    /// Where the secure image starts: behind the header in the primary slot.
    pub fn image_address(&self) -> u64 {
        self.number("flash.origin")
            + self.number("flash.areas.primary.offset_bytes")
            + self.number("boot.header_bytes")
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
    fn name_signing_keys(&mut self) {
        let signature = self.text("boot.signature").to_owned();
        for name in ["boot.signing_key", "boot.second_key"] {
            let key = self.settings.get_mut(name);
            if let Some(Value::Text(path)) = key.map(|setting| &mut setting.value) {
                *path = path.replace("{signature}", &signature);
            }
        }
    }

    /// Adds what is missing for a configuration to be complete.
    fn missing(&self, problems: &mut Problems) {
        for key in KEYS
            .iter()
            .filter(|key| !self.settings.contains_key(key.name))
        {
            let file = if schema::belongs_to_board(key.name) {
                "board.toml"
            } else {
                "profiles/base.toml"
            };
            problems.add(format!("{file}: `{}` is missing: {}", key.name, key.about));
        }
    }
}

struct Merge<'a> {
    workspace: &'a Path,
    effective: Effective,
}

impl Merge<'_> {
    /// The profile under what it inherits.
    fn profile(&mut self, name: &str, seen: &mut Vec<String>) -> Result<(), Problems> {
        let file = self.named("profiles", &format!("{name}.toml"), "profile")?;
        if seen.iter().any(|earlier| earlier == name) {
            return Err(Problems::one(format!(
                "profiles/{name}.toml: the profile inherits itself"
            )));
        }
        seen.push(name.into());
        let layer = self.read(&file)?;
        if let Some(parent) = &layer.inherits {
            self.profile(parent, seen)?;
        }
        self.apply(layer);
        Ok(())
    }

    fn board(&mut self, name: &str) -> Result<(), Problems> {
        let folder = self.named("boards", name, "board")?;
        let file = folder.join("board.toml");
        let layer = self.read(&file)?;
        self.no_inheritance(layer, &file)?;
        match self
            .effective
            .settings
            .get("board.name")
            .map(|setting| &setting.value)
        {
            Some(Value::Text(own)) if own != name => Err(Problems::one(format!(
                "boards/{name}/board.toml: `board.name` is \"{own}\", but the folder is `{name}`"
            ))),
            _ => Ok(()),
        }
    }

    /// A file or folder by its name, or the nearest name that exists.
    fn named(&self, folder: &str, name: &str, what: &str) -> Result<PathBuf, Problems> {
        let path = self.workspace.join(folder).join(name);
        if path.exists() {
            return Ok(path);
        }
        let entries = fs::read_dir(self.workspace.join(folder))
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        let meant = nearest(name, names.iter().map(String::as_str)).unwrap_or("none");
        Err(Problems::one(format!(
            "there is no {what} {folder}/{name}; the nearest is {folder}/{meant}"
        )))
    }

    fn read(&mut self, file: &Path) -> Result<Layer, Problems> {
        let name = file
            .strip_prefix(self.workspace)
            .unwrap_or(file)
            .display()
            .to_string();
        let text =
            fs::read_to_string(file).map_err(|error| Problems::one(format!("{name}: {error}")))?;
        self.effective.inputs.push(file.into());
        layer::parse(&name, &text)
    }

    fn no_inheritance(&mut self, layer: Layer, file: &Path) -> Result<(), Problems> {
        if layer.inherits.is_some() {
            let name = file.display();
            return Err(Problems::one(format!(
                "{name}: `inherits` is for profiles only"
            )));
        }
        self.apply(layer);
        Ok(())
    }

    /// The configuration, once it is complete and right as a whole.
    fn checked(self) -> Result<Effective, Problems> {
        let mut problems = Problems::default();
        self.effective.missing(&mut problems);
        let mut complete = problems.or(self.effective)?;
        complete.name_signing_keys();
        let mut problems = Problems::default();
        layout::check(&complete, &mut problems);
        let lines: Vec<Line> = complete.lines().cloned().collect();
        match partitions::load(self.workspace, &lines, &mut complete.inputs) {
            Ok(found) => {
                partitions::check_stack(&found, &complete, &mut problems);
                storage::check(&found, &complete, &mut problems);
                persistent_keys::check(&found, &complete, &mut problems);
                complete.partitions = found;
            }
            Err(found) => problems.append(found),
        }
        problems.or(complete)
    }

    fn apply(&mut self, layer: Layer) {
        for line in layer.partitions {
            self.effective.lines.insert(line.module.clone(), line);
        }
        for (name, value, origin) in layer.values {
            if let Some(key) = schema::find(name) {
                self.effective
                    .settings
                    .insert(name, Setting { key, value, origin });
            }
        }
    }
}
