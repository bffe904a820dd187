// SPDX-License-Identifier: Apache-2.0
//! Names of the reference: the options of Trusted Firmware-M in C, and what they are here.
//!
//! Every way in from the reference follows from these tables: its names in `--set` and in files,
//! `cargo xtask config import`, and docs/migration.md. The names are those of TF-M 2.3, and those of
//! older versions that its Profile Small uses.

mod boot;
mod names;
mod partitions;
mod services;
mod translate;

pub use translate::{Translation, translate};

use crate::schema;

/// A name of the reference, and what it means here.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// The option, as CMake, a header or Kconfig writes it.
    pub name: &'static str,
    /// What it is here.
    pub meaning: Meaning,
}

/// A row of a table.
const fn name(name: &'static str, meaning: Meaning) -> Name {
    Name { name, meaning }
}

/// What a name of the reference is here.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// The key takes the same number.
    Number(&'static str),
    /// The key takes the number, but the reference counts something else with it: it is accepted where a user
    /// writes it, and not imported. The reason follows.
    OtherNumber(&'static str, &'static str),
    /// The key takes the same text.
    Text(&'static str),
    /// The switch is true where the option is on.
    Switch(&'static str),
    /// The switch is false where the option is on.
    Inverse(&'static str),
    /// The key takes a word for each of these words of the reference, and no other.
    Word(&'static str, &'static [(&'static str, &'static str)]),
    /// The key takes the word where the option is on; off, it says nothing.
    Chosen(&'static str, &'static str),
    /// The partition is listed with this package where the option is on, and dropped where it is off.
    Partition(&'static str, &'static str),
    /// It is always so here; the reason follows.
    Always(&'static str, &'static str),
    /// It has no counterpart; the reason follows.
    Nothing(&'static str),
}

impl Meaning {
    /// The key that the option sets.
    pub fn key(&self) -> Option<&'static str> {
        match *self {
            Self::Number(key)
            | Self::OtherNumber(key, _)
            | Self::Text(key)
            | Self::Switch(key)
            | Self::Inverse(key)
            | Self::Word(key, _)
            | Self::Chosen(key, _) => Some(key),
            Self::Partition(..) | Self::Always(..) | Self::Nothing(_) => None,
        }
    }
}

/// All names that stand in a table: those of algorithms follow from the schema.
pub fn all() -> impl Iterator<Item = Name> {
    let tables = [
        boot::NAMES,
        partitions::NAMES,
        services::NAMES,
        names::NAMES,
    ];
    let named = tables.into_iter().flatten().copied();
    let wanted = schema::KEYS.iter().filter_map(wanted);
    named.chain(wanted)
}

/// The name of this spelling.
pub fn find(name: &str) -> Option<Name> {
    let whole = || {
        let family = FAMILIES.iter().find(|(family, _)| name.starts_with(family));
        family.map(|(family, why)| Name {
            name: family,
            meaning: Meaning::Nothing(why),
        })
    };
    all().find(|known| known.name == name).or_else(whole)
}

/// Beginnings of names that have no counterpart but those that stand in a table, and why.
pub const FAMILIES: &[(&str, &str)] = &[
    (
        "PSA_WANT_",
        "this algorithm or type of key is not among those of Casemate",
    ),
    (
        "MBEDTLS_",
        "it is a setting of Mbed TLS, in whose place Casemate has primitives of its own",
    ),
    (
        "TFM_CRYPTO_TEST_",
        "a test is built exactly when its algorithm is",
    ),
    (
        "PLATFORM_DEFAULT_",
        "what a board does is in the package of the board",
    ),
];

/// The names of the reference for a key.
pub fn names_of(key: &str) -> impl Iterator<Item = &'static str> {
    all()
        .filter(move |known| known.meaning.key() == Some(key))
        .map(|known| known.name)
}

/// The option of an algorithm's key: they are spelt alike.
fn wanted(key: &schema::Key) -> Option<Name> {
    let option = key.name.strip_prefix("crypto.")?;
    if !option.starts_with("psa_want_alg_") {
        return None;
    }
    let name = names::ALGORITHMS
        .iter()
        .find(|name| name.eq_ignore_ascii_case(option))?;
    Some(self::name(name, Meaning::Switch(key.name)))
}

#[cfg(test)]
mod tests;
