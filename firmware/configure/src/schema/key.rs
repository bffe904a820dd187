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

impl Key {
    /// The unit of its numbers.
    pub fn unit(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Bytes => Some("bytes"),
            Kind::Count { .. } if self.name.ends_with("_instructions") => Some("instructions"),
            _ => None,
        }
    }

    /// Whether a board's description has to set it: it has no default.
    pub fn belongs_to_board(&self) -> bool {
        ["board.", "qemu.", "memory.", "flash.", "nonsecure.console."]
            .iter()
            .any(|section| self.name.starts_with(section))
    }
}

/// A key of any kind.
pub(super) const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, about }
}

/// Something that the firmware has or does, or not.
pub(super) const fn switch(name: &'static str, about: &'static str) -> Key {
    key(name, Kind::Switch, about)
}
