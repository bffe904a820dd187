// SPDX-License-Identifier: Apache-2.0
//! Keys that contradict each other: each is right alone.
//!
//! What an algorithm is built of inside comes with it: HKDF has its HMAC whether or not clients may
//! use HMAC. What its clients have to name beside it, as the hash of HMAC, is a key of its own, and
//! an error if it is missing.

mod algorithms;
mod attestation;
mod memory;
mod modules;

use crate::effective::Effective;
use crate::problems::Problems;

/// Adds to `problems` what contradicts.
pub fn check(effective: &Effective, problems: &mut Problems) {
    if effective.lines.contains_key(CRYPTO) {
        algorithms::check(effective, problems);
        modules::check(effective, problems);
        memory::engine_buffer(effective, problems);
    }
    attestation::check(effective, problems);
    memory::budget(effective, problems);
}

/// What the profile calls the partitions that others need.
const CRYPTO: &str = "crypto";
const ATTESTATION: &str = "attestation";

#[cfg(test)]
mod tests;
