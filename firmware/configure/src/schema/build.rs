// SPDX-License-Identifier: Apache-2.0
//! How the images are compiled, and what they print.

use super::key::key;
use super::{Key, Kind};

/// What an image prints at most.
const LEVELS: Kind = Kind::Choice(&["off", "error", "warning", "info"]);

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "build.type",
        Kind::Choice(&["min-size", "release", "debug", "rel-with-debug-info"]),
        "\"min-size\", \"release\" for speed, \"debug\" with assertions, \"rel-with-debug-info\".",
    ),
    key(
        "log.boot",
        LEVELS,
        "What the boot ROM prints: \"off\", \"error\", \"warning\" or \"info\", each with those before.",
    ),
    key(
        "log.secure",
        LEVELS,
        "What the secure image prints, likewise; its faults are errors.",
    ),
    key(
        "log.nonsecure",
        LEVELS,
        "What the runtime of Rust applications prints, likewise; its panics are errors.",
    ),
];
