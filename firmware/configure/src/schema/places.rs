// SPDX-License-Identifier: Apache-2.0
//! The parts of memory and flash that a board describes.

/// The regions of memory: each has an `origin` and a `size_bytes` under `memory.`.
pub const REGIONS: &[&str] = &["boot_code", "secure_ram", "nonsecure_ram"];

/// The areas of the flash: each has an `offset_bytes` and a `size_bytes` under `flash.areas.`.
pub const AREAS: &[&str] = &[
    "otp",
    "entropy_seed",
    "its",
    "nonsecure_data",
    "primary",
    "secondary",
];
