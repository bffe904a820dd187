// SPDX-License-Identifier: Apache-2.0
//! The signatures that an image makes and verifies.

use psa::crypto::Algorithm;

use crate::configuration::Configuration;

pub(crate) const ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::NONE);
pub(crate) const DETERMINISTIC_ECDSA: Algorithm = Algorithm::deterministic_ecdsa(Algorithm::NONE);

/// Whether the image has the algorithm, with any hash.
pub(crate) const fn has<C: Configuration>(algorithm: Algorithm) -> bool {
    match algorithm.without_hash() {
        ECDSA => C::WANTED.ecdsa,
        DETERMINISTIC_ECDSA => C::WANTED.deterministic_ecdsa,
        _ => false,
    }
}
