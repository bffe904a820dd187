// SPDX-License-Identifier: Apache-2.0
//! What is known of a key of the configuration.

use super::Kind;

/// One key of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Dotted name, as in `--set`.
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// What it means, in one line.
    pub about: &'static str,
}

/// A key of any kind.
pub(super) const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about }
}

/// Something that is there, 1, or not, 0.
pub(super) const fn switch(name: &'static str, about: &'static str) -> Key {
    key(name, Kind::Count { least: 0, most: 1 }, about)
}
