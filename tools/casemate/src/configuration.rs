// SPDX-License-Identifier: Apache-2.0
//! What is said of the configuration beside its values: for editors, for readers, and for those who
//! come from the reference.

pub mod import;
pub mod json_schema;
pub mod migration;
pub mod page;

use configure::schema::Key;

/// The values that a key takes, in words.
pub fn takes(key: &Key) -> String {
    configure::expected(key.kind)
}

/// The section of a key and its name within it: `crypto` and `key_slots`.
pub fn parts(key: &Key) -> (&'static str, &'static str) {
    key.name.rsplit_once('.').unwrap_or(("", key.name))
}
