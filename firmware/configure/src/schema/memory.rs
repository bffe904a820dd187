// SPDX-License-Identifier: Apache-2.0
//! Memories of a board.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "memory.security_alias",
        Kind::Address,
        "Address bit that tells the secure from the non-secure alias of a memory; 0: no aliases.",
    ),
    key(
        "memory.boot_code.origin",
        Kind::Address,
        "Code memory of the boot ROM.",
    ),
    key(
        "memory.boot_code.size_bytes",
        Kind::Bytes,
        "Size of the boot ROM's code memory.",
    ),
    key(
        "memory.secure_ram.origin",
        Kind::Address,
        "RAM of the boot ROM, then of the secure firmware.",
    ),
    key(
        "memory.secure_ram.size_bytes",
        Kind::Bytes,
        "Size of the secure RAM.",
    ),
    key(
        "memory.nonsecure_ram.origin",
        Kind::Address,
        "RAM of the non-secure world.",
    ),
    key(
        "memory.nonsecure_ram.size_bytes",
        Kind::Bytes,
        "Size of the non-secure RAM.",
    ),
    key(
        "memory.boot_data_bytes",
        Kind::Bytes,
        "Boot data area at the start of the secure RAM, handed from boot ROM to secure firmware.",
    ),
];
