// SPDX-License-Identifier: Apache-2.0
//! One value: read from TOML, checked against the kind of its key, shown as TOML.

use crate::schema::Kind;
use toml::de::DeValue;

/// The value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A switch.
    Flag(bool),
    /// A number: count, address, size.
    Number(u64),
    /// Text: name, version, word of a choice.
    Text(String),
}

impl Value {
    /// Takes a value of TOML; the error says what was expected instead.
    pub(crate) fn take(value: &DeValue<'_>, kind: Kind) -> Result<Self, String> {
        let taken = match (value, kind) {
            (DeValue::Boolean(flag), Kind::Switch) => Some(Value::Flag(*flag)),
            (
                DeValue::Integer(number),
                Kind::Count { .. } | Kind::Word | Kind::Address | Kind::Bytes,
            ) => u64::from_str_radix(&number.as_str().replace('_', ""), number.radix())
                .ok()
                .map(Value::Number),
            (
                DeValue::String(text),
                Kind::Text | Kind::Path | Kind::Label { .. } | Kind::Version | Kind::Choice(_),
            ) => Some(Value::Text(text.to_string())),
            _ => None,
        };
        match taken {
            Some(value) if value.fits(kind) => Ok(value),
            _ => Err(expected(kind)),
        }
    }

    /// Takes a value as a user types it: a word needs no quotes.
    ///
    /// # Errors
    /// What the key takes instead.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, String> {
        let quoted = Value::Text(text.into()).to_toml(Kind::Text);
        let taken = DeValue::parse(text)
            .ok()
            .and_then(|value| Self::take(value.get_ref(), kind).ok());
        taken.map_or_else(
            || match DeValue::parse(&quoted) {
                Ok(value) => Self::take(value.get_ref(), kind),
                Err(_) => Err(expected(kind)),
            },
            Ok,
        )
    }

    fn fits(&self, kind: Kind) -> bool {
        match (self, kind) {
            (Value::Flag(_), Kind::Switch) => true,
            (Value::Number(number), Kind::Count { least, most }) => (least..=most).contains(number),
            (Value::Number(number), Kind::Word | Kind::Address | Kind::Bytes) => {
                *number <= u64::from(u32::MAX)
            }
            (Value::Text(text), Kind::Choice(words)) => words.contains(&text.as_str()),
            (Value::Text(text), Kind::Version) => is_version(text),
            (Value::Text(text), Kind::Text | Kind::Path) => !text.is_empty(),
            (Value::Text(text), Kind::Label { most }) => {
                text.len() <= most && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
            }
            _ => false,
        }
    }

    /// The value as it is written in TOML: addresses in hexadecimal.
    pub fn to_toml(&self, kind: Kind) -> String {
        match (self, kind) {
            (Value::Flag(flag), _) => flag.to_string(),
            (Value::Number(number), Kind::Address) => format!("{number:#010x}"),
            (Value::Number(number), _) => number.to_string(),
            (Value::Text(text), _) => {
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
        }
    }
}

/// The values that a key of this kind takes, in words.
pub fn expected(kind: Kind) -> String {
    match kind {
        Kind::Switch => "true or false".into(),
        Kind::Count { least, most } => format!("a number from {least} to {most}"),
        Kind::Word => "a number of at most 32 bits".into(),
        Kind::Address => "an address of 32 bits, for example 0x8000_0000".into(),
        Kind::Bytes => "a size in bytes of at most 32 bits, for example 4096".into(),
        Kind::Text => "text in quotes".into(),
        Kind::Path => "the path of a file in quotes, from the folder of this file".into(),
        Kind::Label { most } => format!("ASCII text in quotes, at most {most} characters"),
        Kind::Version => "a version in quotes, for example \"1.2.3+4\"".into(),
        Kind::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            words.join(" or ")
        }
    }
}

/// `major.minor.revision` or `major.minor.revision+build`, within the fields of the header.
fn is_version(text: &str) -> bool {
    let (numbers, build) = text.split_once('+').unwrap_or((text, "0"));
    let parts: Vec<&str> = numbers.split('.').collect();
    matches!(parts[..], [major, minor, revision]
        if major.parse::<u8>().is_ok()
            && minor.parse::<u8>().is_ok()
            && revision.parse::<u16>().is_ok()
            && build.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(text: &str, kind: Kind) -> Result<Value, String> {
        Value::take(DeValue::parse(text).expect("TOML").get_ref(), kind)
    }

    #[test]
    fn numbers_keep_their_limits() {
        let kind = Kind::Count { least: 1, most: 64 };
        assert_eq!(take("0x40", kind), Ok(Value::Number(64)));
        for bad in [
            "0",
            "65",
            "-1",
            "1.0",
            "\"4\"",
            "true",
            "[4]",
            "99999999999999999999",
        ] {
            assert_eq!(
                take(bad, kind),
                Err("a number from 1 to 64".into()),
                "{bad}"
            );
        }
        assert_eq!(
            take("0xFFFF_FFFF", Kind::Bytes),
            Ok(Value::Number(0xFFFF_FFFF))
        );
        assert!(take("0x1_0000_0000", Kind::Bytes).is_err());
    }

    #[test]
    fn words_are_those_of_the_choice() {
        let kind = Kind::Choice(&["reset", "halt"]);
        assert!(take("\"halt\"", kind).is_ok());
        assert_eq!(take("\"Halt\"", kind), Err("\"reset\" or \"halt\"".into()));
        assert!(take("1", kind).is_err());
        assert!(take("\"\"", Kind::Text).is_err());
        let label = Kind::Label { most: 4 };
        assert!(take("\"\"", label).is_ok() && take("\"abcd\"", label).is_ok());
        for bad in ["\"abcde\"", "\"\u{e4}\"", "\"\\n\"", "4"] {
            let expected = "ASCII text in quotes, at most 4 characters";
            assert_eq!(take(bad, label), Err(expected.into()), "{bad}");
        }
    }

    #[test]
    fn a_switch_is_no_number() {
        assert_eq!(take("true", Kind::Switch), Ok(Value::Flag(true)));
        assert_eq!(take("false", Kind::Switch), Ok(Value::Flag(false)));
        for bad in ["1", "0", "\"true\"", "[true]"] {
            assert_eq!(take(bad, Kind::Switch), Err("true or false".into()));
        }
    }

    #[test]
    fn versions_fit_the_header() {
        for good in ["1.2.3", "255.255.65535+4294967295"] {
            assert!(is_version(good), "{good}");
        }
        for bad in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "256.0.0",
            "1.2.65536",
            "1.2.3+",
            "1.2.3-4",
            "v1.2.3",
        ] {
            assert!(!is_version(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (value, kind) in [
            (Value::Number(0x8000_0000), Kind::Address),
            (Value::Number(4096), Kind::Bytes),
            (Value::Flag(true), Kind::Switch),
            (Value::Text("a \"b\" \\ c".into()), Kind::Text),
        ] {
            assert_eq!(take(&value.to_toml(kind), kind), Ok(value));
        }
    }
}
