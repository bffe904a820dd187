// SPDX-License-Identifier: Apache-2.0
//! Limits of the stacks.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "stack.secure_process_bytes",
        Kind::Bytes,
        "Limit of the secure process stack, which serves calls; linked at its static bound.",
    ),
    key(
        "stack.secure_main_bytes",
        Kind::Bytes,
        "Limit of the secure main stack, which serves start and faults; linked at its static bound.",
    ),
    key(
        "stack.boot_bytes",
        Kind::Bytes,
        "Limit of the stack of the boot ROM; linked at its static bound.",
    ),
];
