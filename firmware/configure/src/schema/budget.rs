// SPDX-License-Identifier: Apache-2.0
//! What the secure images may take.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "budget.boot.flash_bytes",
        Kind::Bytes,
        "Flash that the boot ROM may take; more fails the build.",
    ),
    key(
        "budget.boot.ram_bytes",
        Kind::Bytes,
        "RAM that the boot ROM may take, stack included; more fails the build.",
    ),
    key(
        "budget.boot.ecdsa_p256_bytes",
        Kind::Bytes,
        "More flash that it may take with the signature \"ecdsa_p256\".",
    ),
    key(
        "budget.boot.ed25519_bytes",
        Kind::Bytes,
        "More flash that it may take with the signature \"ed25519\".",
    ),
    key(
        "budget.boot.builtin_bytes",
        Kind::Bytes,
        "More flash that it may take with a key that is built in.",
    ),
    key(
        "budget.boot.second_key_bytes",
        Kind::Bytes,
        "More flash that it may take with two keys.",
    ),
    key(
        "budget.boot.second_image_bytes",
        Kind::Bytes,
        "More flash that it may take with two images.",
    ),
    key(
        "budget.boot.second_image_ram_bytes",
        Kind::Bytes,
        "More RAM that it may take with two images.",
    ),
    key(
        "budget.secure.flash_bytes",
        Kind::Bytes,
        "Flash that the secure image may take; more fails the build.",
    ),
    key(
        "budget.secure.ram_bytes",
        Kind::Bytes,
        "RAM that the secure image may take, stacks included; more fails the build.",
    ),
    key(
        "budget.secure.test_bytes",
        Kind::Bytes,
        "More flash that it may take with the tests from the secure world.",
    ),
];
