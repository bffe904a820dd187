// SPDX-License-Identifier: Apache-2.0
//! Whether the storage that persistent keys are kept in is there, and takes them.

use crate::effective::Effective;
use crate::partitions::Partition;
use crate::problems::Problems;

/// What the profile calls the partition that keeps the keys, and that which uses them.
const STORAGE_MODULE: &str = "its";
const CRYPTO_MODULE: &str = "crypto";

const PERSISTENT_KEYS: &str = "crypto.persistent_keys";
const MAX_ASSET_BYTES: &str = "its.max_asset_bytes";

/// Adds to `problems` what persistent keys lack, if the profile has any.
pub fn check(partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
    let is_listed = |module| partitions.iter().any(|one| one.module == module);
    if !effective.flag(PERSISTENT_KEYS) || !is_listed(CRYPTO_MODULE) {
        return;
    }
    let origin = effective.origin(PERSISTENT_KEYS);
    if !is_listed(STORAGE_MODULE) {
        problems.add(format!(
            "{origin}: `{PERSISTENT_KEYS}` is true, but `[partitions]` lists no `{STORAGE_MODULE}`, \
             which would keep them"
        ));
        return;
    }
    let (object_bytes, least) = (
        effective.number(MAX_ASSET_BYTES),
        crypto::LEAST_KEY_OBJECT_BYTES as u64,
    );
    if object_bytes < least {
        problems.add(format!(
            "{}: `{MAX_ASSET_BYTES}` is {object_bytes}, but a key of 256 bits takes {least} \
             (`{PERSISTENT_KEYS}` is true)",
            effective.origin(MAX_ASSET_BYTES),
        ));
    }
}
