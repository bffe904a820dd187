// SPDX-License-Identifier: Apache-2.0
//! Keys by their names.

use super::{KEYS, Key};

/// The key of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Whether a board's description has to set the key: it has no default.
pub fn belongs_to_board(name: &str) -> bool {
    ["board.", "qemu.", "memory.", "flash.", "nonsecure.console."]
        .iter()
        .any(|section| name.starts_with(section))
}
