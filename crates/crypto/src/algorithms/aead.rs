// SPDX-License-Identifier: Apache-2.0
//! The algorithms of authenticated encryption that an image has.

use psa::crypto::{Algorithm, KeyType};

use crate::configuration::Configuration;

/// The mode of the algorithm, unless it is CCM.
pub(crate) fn choose<C: Configuration>(algorithm: Algorithm) -> Option<Algorithm> {
    match algorithm.aead_with_default_length_tag() {
        mode @ Algorithm::GCM if C::WANTED.gcm => Some(mode),
        mode @ Algorithm::CHACHA20_POLY1305 if C::WANTED.chacha20_poly1305 => Some(mode),
        _ => None,
    }
}

/// The type of keys of the algorithm; `None` if the image does not have it.
pub(crate) const fn key_type<C: Configuration>(algorithm: Algorithm) -> Option<KeyType> {
    match algorithm.aead_with_default_length_tag() {
        Algorithm::CCM if C::WANTED.ccm => Some(KeyType::AES),
        Algorithm::GCM if C::WANTED.gcm => Some(KeyType::AES),
        Algorithm::CHACHA20_POLY1305 if C::WANTED.chacha20_poly1305 => Some(KeyType::CHACHA20),
        _ => None,
    }
}
