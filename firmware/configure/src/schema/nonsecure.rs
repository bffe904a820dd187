// SPDX-License-Identifier: Apache-2.0
//! The non-secure image.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "nonsecure.console.driver",
        Kind::Choice(&["cmsdk_uart"]),
        "Driver of the console of demonstrations and tests: \"cmsdk_uart\".",
    ),
    key(
        "nonsecure.console.origin",
        Kind::Address,
        "Address of that console's device, in its non-secure alias.",
    ),
    key(
        "nonsecure.alignment_bytes",
        Kind::Bytes,
        "Alignment of the non-secure image behind the secure one.",
    ),
];
