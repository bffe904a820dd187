// SPDX-License-Identifier: Apache-2.0
//! One layer of configuration: a TOML file, or a `key=value` of the command line.

use crate::nearest::nearest;
use crate::partitions::Line;
use crate::problems::Problems;
use crate::product_keys;
use crate::reference::{self, Translation};
use crate::schema::{self, Key, Kind};
use crate::value::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What one layer sets.
#[derive(Debug)]
pub struct Layer {
    /// The profile that this one builds on.
    pub inherits: Option<String>,
    /// Key, value and place of each.
    pub values: Vec<(&'static str, Value, String)>,
    /// The partitions that it lists.
    pub partitions: Vec<Line>,
    /// The partitions that it drops: name, and place.
    pub dropped: Vec<(String, String)>,
    /// Keys and values of the section `[product]`.
    pub product: Vec<(String, String)>,
}

/// The table that lists partitions; its keys are the names of their modules.
const PARTITIONS: &str = "partitions";

/// What the command line is called in messages.
const COMMAND_LINE: &str = "--set";

/// Reads the text of a file; `file` is its name in messages.
pub fn parse(file: &str, text: &str) -> Result<Layer, Problems> {
    let source = Source { name: file, text };
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Problems::one(format!("{}: {}", source.place(offset), error.message()))
    })?;
    let mut reader = Reader {
        source,
        inherits: None,
        values: Vec::new(),
        partitions: Vec::new(),
        dropped: Vec::new(),
        product: Vec::new(),
        problems: Problems::default(),
    };
    reader.table("", table.get_ref());
    let Reader {
        inherits,
        values,
        partitions,
        dropped,
        product,
        problems,
        ..
    } = reader;
    problems.or(Layer {
        inherits,
        values,
        partitions,
        dropped,
        product,
    })
}

/// Reads all of the command line as one layer, in which the later ones win.
pub fn parse_settings(settings: &[String]) -> Result<Layer, Problems> {
    let mut all = parse(COMMAND_LINE, "")?;
    let mut problems = Problems::default();
    for setting in settings {
        match parse_setting(setting) {
            Ok(one) => {
                all.values.extend(one.values);
                let again = |name: &String| one.partitions.iter().any(|line| line.module == *name);
                all.dropped.retain(|(name, _)| !again(name));
                let dropped = |name: &String| one.dropped.iter().any(|(other, _)| other == name);
                all.partitions.retain(|line| !dropped(&line.module));
                all.partitions.extend(one.partitions);
                all.dropped.extend(one.dropped);
            }
            Err(found) => problems.append(found),
        }
    }
    problems.or(all)
}

/// Reads a `key=value` of the command line. A word needs no quotes there.
pub fn parse_setting(setting: &str) -> Result<Layer, Problems> {
    let Some((key, value)) = setting.split_once('=') else {
        let text = format!("{COMMAND_LINE} {setting}: write it as key=value");
        return Err(Problems::one(text));
    };
    let (key, value) = (key.trim(), value.trim());
    let quoted = match DeValue::parse(value) {
        Ok(_) => value.to_string(),
        Err(_) => Value::Text(value.into()).to_toml(Kind::Text),
    };
    parse(COMMAND_LINE, &format!("{key} = {quoted}"))
}

/// Text and what it is called.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    /// File and line; the command line has no lines.
    fn place(&self, offset: usize) -> String {
        if self.name == COMMAND_LINE {
            return self.name.into();
        }
        let before = self.text.bytes().take(offset);
        let line = 1 + before.filter(|byte| *byte == b'\n').count();
        format!("{}:{line}", self.name)
    }
}

struct Reader<'a> {
    source: Source<'a>,
    inherits: Option<String>,
    values: Vec<(&'static str, Value, String)>,
    partitions: Vec<Line>,
    dropped: Vec<(String, String)>,
    product: Vec<(String, String)>,
    problems: Problems,
}

impl Reader<'_> {
    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = if prefix.is_empty() {
                key.get_ref().to_string()
            } else {
                format!("{prefix}.{}", key.get_ref())
            };
            let place = self.source.place(key.span().start);
            self.entry(&name, value, place);
        }
    }

    fn partitions(&mut self, lines: &DeTable<'_>) {
        for (key, value) in lines {
            let (module, origin) = (key.get_ref(), self.source.place(key.span().start));
            if let DeValue::String(manifest) = value.get_ref() {
                self.partitions.push(Line {
                    module: module.to_string(),
                    manifest: manifest.to_string(),
                    origin,
                });
            } else if let DeValue::Boolean(false) = value.get_ref() {
                self.dropped.push((module.to_string(), origin));
            } else {
                let found = &self.source.text[value.span()];
                self.problems.add(format!(
                    "{origin}: `{PARTITIONS}.{module}` takes the path of a manifest, or the \
                     name of a package, in quotes, or false, not {found}"
                ));
            }
        }
    }

    fn product(&mut self, keys: &DeTable<'_>) {
        for (key, value) in keys {
            let (key, place) = (key.get_ref(), self.source.place(key.span().start));
            let found = &self.source.text[value.span()];
            match product_keys::take(key, value.get_ref(), found) {
                Ok(value) => self.product.push((key.to_string(), value)),
                Err(mistake) => self.problems.add(format!("{place}: {mistake}")),
            }
        }
    }

    fn entry(&mut self, name: &str, value: &Spanned<DeValue<'_>>, place: String) {
        if name == "inherits" {
            match value.get_ref() {
                DeValue::String(profile) => self.inherits = Some(profile.to_string()),
                _ => self.problems.add(format!(
                    "{place}: `inherits` takes the name of a profile in quotes"
                )),
            }
        } else if name == PARTITIONS {
            match value.get_ref() {
                DeValue::Table(lines) => self.partitions(lines),
                _ => self.problems.add(format!(
                    "{place}: `{name}` is a table: a line for each partition and its manifest"
                )),
            }
        } else if name == product_keys::SECTION {
            match value.get_ref() {
                DeValue::Table(keys) => self.product(keys),
                _ => self.problems.add(format!(
                    "{place}: `{name}` is a table: board, profile and application of a product"
                )),
            }
        } else if let Some(key) = schema::find(name) {
            let found = &self.source.text[value.span()];
            self.value(key, value.get_ref(), name, found, place);
        } else if let Some(option) = reference::find(name) {
            self.option(&option, name, value, place);
        } else if let DeValue::Table(inner) = value.get_ref()
            && schema::KEYS
                .iter()
                .any(|key| key.name.starts_with(&format!("{name}.")))
        {
            self.table(name, inner);
        } else {
            let keys = schema::KEYS.iter().map(|key| key.name);
            let names = keys.chain(reference::all().map(|option| option.name));
            let meant = nearest(name, names).unwrap_or_default();
            self.problems.add(format!(
                "{place}: there is no key `{name}`; the nearest is `{meant}`"
            ));
        }
    }

    /// A value of a key, which `name` in the file stands for and `found` shows.
    fn value(
        &mut self,
        key: &'static Key,
        value: &DeValue<'_>,
        name: &str,
        found: &str,
        place: String,
    ) {
        match Value::take(value, key.kind) {
            Ok(value) => self.set(key, value, place),
            Err(expected) => {
                let mut problem = format!("{place}: `{name}` takes {expected}, not {found}");
                if let (Kind::Switch, Some(meant)) = (key.kind, switch_for(found)) {
                    problem += &format!(": write {meant}");
                }
                self.problems.add(problem);
            }
        }
    }

    /// Takes a value, unless the layer has one already: by a name of the reference too.
    fn set(&mut self, key: &'static Key, value: Value, place: String) {
        let before = self.values.iter().find(|(name, ..)| *name == key.name);
        match before {
            Some((.., first)) => {
                let name = key.name;
                self.problems
                    .add(format!("{place}: `{name}` is set at {first} already"));
            }
            None => self.values.push((key.name, value, place)),
        }
    }

    /// An option of the reference, by its own name and with its own words.
    fn option(
        &mut self,
        option: &reference::Name,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        place: String,
    ) {
        let found = &self.source.text[value.span()];
        let word = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            _ => found,
        };
        match reference::translate(option, word) {
            Ok(Translation::Setting(key, text)) => {
                if let (Some(key), Ok(value)) = (schema::find(key), DeValue::parse(&text)) {
                    let name = format!("{name}`, here `{}", key.name);
                    self.value(key, value.get_ref(), &name, found, place);
                }
            }
            Ok(Translation::Listed(module, manifest)) => self.partitions.push(Line {
                module: module.into(),
                manifest: manifest.into(),
                origin: place,
            }),
            Ok(Translation::Dropped(module)) => self.dropped.push((module.into(), place)),
            Ok(Translation::Same) => {}
            Err(why) => self.problems.add(format!("{place}: `{name}` {why}")),
        }
    }
}

/// What a switch is meant to be that is written as a number.
fn switch_for(found: &str) -> Option<bool> {
    match found {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
