// SPDX-License-Identifier: Apache-2.0
//! Flash of a board: its geometry and its areas.

use super::key::key;
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "flash.origin",
        Kind::Address,
        "Address at which the flash is read.",
    ),
    key("flash.size_bytes", Kind::Bytes, "Size of the flash."),
    key("flash.sector_bytes", Kind::Bytes, "Unit of erasing."),
    key(
        "flash.program_unit_bytes",
        Kind::Bytes,
        "Unit of programming.",
    ),
    key(
        "flash.areas.otp.offset_bytes",
        Kind::Bytes,
        "One-time programmable area.",
    ),
    key(
        "flash.areas.otp.size_bytes",
        Kind::Bytes,
        "Size of the one-time programmable area.",
    ),
    key(
        "flash.areas.entropy_seed.offset_bytes",
        Kind::Bytes,
        "The seed of random numbers: two slots of whole sectors.",
    ),
    key(
        "flash.areas.entropy_seed.size_bytes",
        Kind::Bytes,
        "Size of both slots of the seed.",
    ),
    key(
        "flash.areas.its.offset_bytes",
        Kind::Bytes,
        "Area of Internal Trusted Storage.",
    ),
    key(
        "flash.areas.its.size_bytes",
        Kind::Bytes,
        "Size of the Internal Trusted Storage area.",
    ),
    key(
        "flash.areas.nonsecure_data.offset_bytes",
        Kind::Bytes,
        "Area that belongs to the non-secure world.",
    ),
    key(
        "flash.areas.nonsecure_data.size_bytes",
        Kind::Bytes,
        "Size of the non-secure world's area.",
    ),
    key(
        "flash.areas.primary.offset_bytes",
        Kind::Bytes,
        "Primary slot: the image that is started.",
    ),
    key(
        "flash.areas.primary.size_bytes",
        Kind::Bytes,
        "Size of the primary slot.",
    ),
    key(
        "flash.areas.secondary.offset_bytes",
        Kind::Bytes,
        "Secondary slot: the image that is to replace it.",
    ),
    key(
        "flash.areas.secondary.size_bytes",
        Kind::Bytes,
        "Size of the secondary slot.",
    ),
];
