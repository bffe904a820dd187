// SPDX-License-Identifier: Apache-2.0
//! What a key's policy permits (PSA Crypto API 1.2, "Key policies").
//!
//! A policy names one algorithm or, with a wildcard, several: any hash in a signature, or any
//! tag at least so long. A second algorithm may stand beside the first.

use primitives::hmac;
use psa::crypto::{Algorithm, KeyAttributes, Usage};

use crate::error::Error;

/// Tells whether a key with these attributes may be used so.
pub(super) fn check(
    attributes: &KeyAttributes,
    usage: Usage,
    algorithm: Algorithm,
) -> Result<(), Error> {
    if algorithm == Algorithm::NONE {
        return Err(Error::InvalidArgument);
    }
    if attributes.usage.includes(usage)
        && (permits(attributes.algorithm, algorithm)
            || permits(attributes.second_algorithm, algorithm))
    {
        Ok(())
    } else {
        Err(Error::NotPermitted)
    }
}

/// What two policies both permit; a policy that permits nothing may be one of them.
pub(super) fn intersection(left: Algorithm, right: Algorithm) -> Result<Algorithm, Error> {
    if left == Algorithm::NONE || permits(right, left) {
        Ok(left)
    } else if right == Algorithm::NONE || permits(left, right) {
        Ok(right)
    } else {
        Err(Error::InvalidArgument)
    }
}

/// Whether everything that `algorithm` stands for is in `policy`.
fn permits(policy: Algorithm, algorithm: Algorithm) -> bool {
    if policy == algorithm {
        return true;
    }
    if policy.is_mac() || policy.is_aead() {
        let (least, bytes) = (tag_bytes(policy), tag_bytes(algorithm));
        policy.without_tag_length() == algorithm.without_tag_length()
            && if policy.is_wildcard() {
                least <= bytes
            } else {
                least == bytes && !algorithm.is_wildcard()
            }
    } else {
        // A wildcard of hashes alone is no policy: hashes have no key.
        policy.is_wildcard() && !policy.is_hash() && policy == algorithm.with_any_hash()
    }
}

/// The length of the tag. A complete MAC does not state it; all that are here have 32 bytes.
fn tag_bytes(algorithm: Algorithm) -> usize {
    match algorithm.tag_bytes() {
        0 if algorithm.is_mac() => hmac::MAC_BYTES,
        bytes => bytes,
    }
}

#[cfg(test)]
mod tests;
