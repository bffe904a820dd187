// SPDX-License-Identifier: Apache-2.0
//! One layer of configuration: a TOML file, or a `key=value` of the command line.

use crate::nearest::nearest;
use crate::partitions::Line;
use crate::problems::Problems;
use crate::product_keys;
use crate::schema::{self, Kind};
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
        product: Vec::new(),
        problems: Problems::default(),
    };
    reader.table("", table.get_ref());
    let Reader {
        inherits,
        values,
        partitions,
        product,
        problems,
        ..
    } = reader;
    problems.or(Layer {
        inherits,
        values,
        partitions,
        product,
    })
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
            } else {
                let found = &self.source.text[value.span()];
                self.problems.add(format!(
                    "{origin}: `{PARTITIONS}.{module}` takes the path of a manifest, or the \
                     name of a package, in quotes, not {found}"
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
            match Value::take(value.get_ref(), key.kind) {
                Ok(value) => self.values.push((key.name, value, place)),
                Err(expected) => {
                    let found = &self.source.text[value.span()];
                    let mut problem = format!("{place}: `{name}` takes {expected}, not {found}");
                    if let (Kind::Switch, Some(meant)) = (key.kind, switch_for(found)) {
                        problem += &format!(": write {meant}");
                    }
                    self.problems.add(problem);
                }
            }
        } else if let DeValue::Table(inner) = value.get_ref()
            && schema::KEYS
                .iter()
                .any(|key| key.name.starts_with(&format!("{name}.")))
        {
            self.table(name, inner);
        } else {
            let names = schema::KEYS.iter().map(|key| key.name);
            let meant = nearest(name, names).unwrap_or_default();
            self.problems.add(format!(
                "{place}: there is no key `{name}`; the nearest is `{meant}`"
            ));
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
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        parse("a.toml", text).expect_err("a mistake").to_string()
    }

    #[test]
    fn values_remember_their_line() {
        let layer = parse(
            "a.toml",
            "inherits = \"base\"\n\n[spm]\nfault_action = \"halt\"\n",
        )
        .unwrap();
        assert_eq!(layer.inherits.as_deref(), Some("base"));
        assert_eq!(
            layer.values,
            [(
                "spm.fault_action",
                Value::Text("halt".into()),
                "a.toml:4".into()
            )]
        );
    }

    #[test]
    fn an_unknown_key_names_file_key_and_the_nearest() {
        assert_eq!(
            problem("[crypto]\nconcurent_operations = 4"),
            "a.toml:2: there is no key `crypto.concurent_operations`; \
             the nearest is `crypto.concurrent_operations`"
        );
        assert!(problem("[cripto]\nconcurrent_operations = 4").contains("no key `cripto`"));
        assert!(problem("[spm]\nbackend = { kind = \"library\" }").contains("takes \"library\""));
        assert!(problem("spm = 4").contains("no key `spm`"));
    }

    #[test]
    fn a_wrong_value_names_what_is_expected() {
        assert_eq!(
            problem("[spm]\nfault_action = \"sleep\""),
            "a.toml:2: `spm.fault_action` takes \"reset\" or \"halt\", not \"sleep\""
        );
        assert!(problem("[flash]\norigin = \"0x8\"").contains("takes an address"));
        assert!(problem("inherits = 1").contains("`inherits` takes"));
        assert_eq!(
            problem("[boot]\nrecovery = 1"),
            "a.toml:2: `boot.recovery` takes true or false, not 1: write true"
        );
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        assert_eq!(
            problem("[spm]\nbackend = 1\nfault = 2\n").lines().count(),
            2
        );
    }

    #[test]
    fn broken_toml_names_the_line() {
        assert!(problem("[spm]\nbackend = \n").starts_with("a.toml:2: "));
        assert!(problem("[spm]\n[spm]\n").starts_with("a.toml:2: "));
    }

    #[test]
    fn settings_of_the_command_line() {
        let layer = parse_setting("spm.fault_action=halt").unwrap();
        assert_eq!(
            layer.values,
            [(
                "spm.fault_action",
                Value::Text("halt".into()),
                "--set".into()
            )]
        );
        assert!(parse_setting("crypto.concurrent_operations = 2").is_ok());
        let mistake = |text| parse_setting(text).expect_err("a mistake").to_string();
        assert_eq!(mistake("spm"), "--set spm: write it as key=value");
        assert!(mistake("spm.backend").contains("key=value"));
        assert!(mistake("spm.backand=library").contains("nearest is `spm.backend`"));
        assert!(mistake("crypto.concurrent_operations=many").contains("takes a number"));
        assert!(mistake("=1").starts_with("--set: "));
    }
}
