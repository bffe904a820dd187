// SPDX-License-Identifier: Apache-2.0
//! The board itself, and the machine that emulates it.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "board.name",
        Kind::Text,
        "Name of the board and of its folder in boards/.",
    ),
    key("board.target", Kind::Text, "Target triple of the firmware."),
    key(
        "qemu.machine",
        Kind::Text,
        "Machine of qemu-system-arm that emulates the board.",
    ),
];
