// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: its limits.

use super::key::{key, switch};
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "crypto.concurrent_operations",
        Kind::Count { least: 1, most: 64 },
        "Multipart operations that may be open at once, all clients together.",
    ),
    key(
        "crypto.operations_per_client",
        Kind::Count { least: 1, most: 64 },
        "Multipart operations that one client may have open at once; the rest is left for others.",
    ),
    key(
        "crypto.engine_buffer_bytes",
        Kind::Bytes,
        "Memory for the contexts of multipart operations and the material of keys.",
    ),
    key(
        "crypto.key_slots",
        Kind::Count {
            least: 0,
            most: 4096,
        },
        "Keys that may exist at once, all clients together.",
    ),
    key(
        "crypto.keys_per_client",
        Kind::Count {
            least: 1,
            most: 4096,
        },
        "Keys that one client may have at once; the rest, of 32 bytes each, is left for others.",
    ),
    switch(
        "crypto.persistent_keys",
        "Persistent keys, in Internal Trusted Storage.",
    ),
    key(
        "crypto.aes",
        Kind::Choice(&["constant_time", "table"]),
        "AES with 128 bits: \"constant_time\", or \"table\", faster, but not constant time with a cache.",
    ),
];
