// SPDX-License-Identifier: Apache-2.0
//! One layer of configuration: a TOML file, or a `key=value` of the command line.

use crate::nearest::nearest;
use crate::problems::Problems;
use crate::schema;
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
}

/// Reads the text of a file; `file` is its name in messages.
pub fn parse(file: &str, text: &str) -> Result<Layer, Problems> {
    let table = DeTable::parse(text).map_err(|error| syntax(file, text, &error))?;
    let mut reader = Reader {
        file,
        text,
        inherits: None,
        values: Vec::new(),
        problems: Problems::default(),
    };
    reader.table("", table.get_ref());
    let Reader {
        inherits,
        values,
        problems,
        ..
    } = reader;
    problems.or(Layer { inherits, values })
}

/// Reads a `key=value` of the command line. A word needs no quotes there.
pub fn parse_setting(setting: &str) -> Result<Layer, Problems> {
    let place = format!("--set {setting}");
    let Some((key, value)) = setting.split_once('=') else {
        return Err(Problems::one(format!("{place}: write it as key=value")));
    };
    let (key, value) = (key.trim(), value.trim());
    let quoted = match DeValue::parse(value) {
        Ok(_) => value.to_string(),
        Err(_) => Value::Text(value.into()).to_toml(schema::Kind::Text),
    };
    let mut layer = parse(&place, &format!("{key} = {quoted}"))?;
    for (_, _, origin) in &mut layer.values {
        *origin = "--set".into();
    }
    Ok(layer)
}

fn syntax(file: &str, text: &str, error: &toml::de::Error) -> Problems {
    let line = error.span().map_or(1, |span| line_of(text, span.start));
    Problems::one(format!("{file}:{line}: {}", error.message()))
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    inherits: Option<String>,
    values: Vec<(&'static str, Value, String)>,
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
            let place = format!("{}:{}", self.file, line_of(self.text, key.span().start));
            self.entry(&name, value, place);
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
        } else if let Some(key) = schema::find(name) {
            match Value::take(value.get_ref(), key.kind) {
                Ok(value) => self.values.push((key.name, value, place)),
                Err(expected) => {
                    let found = &self.text[value.span()];
                    self.problems
                        .add(format!("{place}: `{name}` takes {expected}, not {found}"));
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
        assert!(mistake("=1").starts_with("--set =1"));
    }
}
