// SPDX-License-Identifier: Apache-2.0
//! Keys by their names.

use super::{KEYS, Key};

/// The key of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}
