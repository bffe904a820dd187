// SPDX-License-Identifier: Apache-2.0
//! The modules of the Crypto partition: groups of functions that clients call.
//!
//! A module that is off answers `PSA_ERROR_NOT_SUPPORTED` and is not in the image, whatever
//! algorithms there are; others still use them.

use super::Key;
use super::key::switch;

/// The keys.
pub const KEYS: &[Key] = &[
    switch(
        "crypto.rng_module",
        "Functions for random numbers, with `psa_want_generate_random`.",
    ),
    switch(
        "crypto.key_module",
        "Functions for keys: import, generate, copy, export, destroy, attributes.",
    ),
    switch("crypto.hash_module", "Functions for hashes."),
    switch(
        "crypto.mac_module",
        "Functions for message authentication codes.",
    ),
    switch(
        "crypto.cipher_module",
        "Functions for encryption without authentication.",
    ),
    switch(
        "crypto.aead_module",
        "Functions for authenticated encryption.",
    ),
    switch(
        "crypto.asymmetric_sign_module",
        "Functions for asymmetric signatures.",
    ),
    switch(
        "crypto.key_derivation_module",
        "Functions for key derivation and key agreement.",
    ),
];
