// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "its.max_assets",
        Kind::Count {
            least: 1,
            most: 1024,
        },
        "Objects that may exist at once, all clients together.",
    ),
    key(
        "its.assets_per_client",
        Kind::Count {
            least: 1,
            most: 1024,
        },
        "Objects that one client may have at once; the rest is left for others.",
    ),
    key(
        "its.bytes_per_client",
        Kind::Bytes,
        "Bytes that all objects of one client may have together.",
    ),
    key(
        "its.max_asset_bytes",
        Kind::Bytes,
        "Bytes that an object may have.",
    ),
    key(
        "its.buffer_bytes",
        Kind::Bytes,
        "Transient buffer through which all data passes: 16 to 512 bytes, whole words and program units.",
    ),
    key(
        "its.foreign_flash",
        Kind::Choice(&["format", "refuse"]),
        "A flash area that is neither a store nor erased: \"format\" makes a store of it, \"refuse\" keeps it.",
    ),
];
