// SPDX-License-Identifier: Apache-2.0
//! Modules that are off although something has no other use.

use crate::derive::wanted;
use crate::effective::Effective;
use crate::problems::Problems;

const KEY_MODULE: &str = "crypto.key_module";
const PERSISTENT_KEYS: &str = "crypto.persistent_keys";

/// Adds to `problems` what no client could use.
pub(super) fn check(effective: &Effective, problems: &mut Problems) {
    let creates_keys = effective.flag(KEY_MODULE) || wanted(effective).key_derivation();
    if effective.flag(PERSISTENT_KEYS) && !creates_keys {
        problems.add(format!(
            "{}: `{KEY_MODULE}` is false, so nothing creates a key, but `{PERSISTENT_KEYS}` is \
             true at {}: write {PERSISTENT_KEYS} = false",
            effective.origin(KEY_MODULE),
            effective.origin(PERSISTENT_KEYS),
        ));
    }
}
