// SPDX-License-Identifier: Apache-2.0
//! What a key's policy permits (PSA Crypto API 1.2, "Key policies").
//!
//! A policy names one algorithm or, with a wildcard, several: any hash in a signature, or any
//! tag at least so long. A second algorithm may stand beside the first.

use primitives::{cmac, hash::Hash as _, hmac};
use psa::crypto::{Algorithm, KeyAttributes, Usage};

use crate::{Backend, error::Error, hash};

/// Tells whether a key with these attributes may be used so.
pub(super) fn check<B: Backend>(
    attributes: &KeyAttributes,
    usage: Usage,
    algorithm: Algorithm,
) -> Result<(), Error> {
    if algorithm == Algorithm::NONE {
        return Err(Error::InvalidArgument);
    }
    if attributes.usage.includes(usage)
        && (permits::<B>(attributes.algorithm, algorithm)
            || permits::<B>(attributes.second_algorithm, algorithm))
    {
        Ok(())
    } else {
        Err(Error::NotPermitted)
    }
}

/// What two policies both permit; a policy that permits nothing may be one of them.
pub(super) fn intersection<B: Backend>(
    left: Algorithm,
    right: Algorithm,
) -> Result<Algorithm, Error> {
    if left == Algorithm::NONE || permits::<B>(right, left) {
        Ok(left)
    } else if right == Algorithm::NONE || permits::<B>(left, right) {
        Ok(right)
    } else {
        Err(Error::InvalidArgument)
    }
}

/// Whether everything that `algorithm` stands for is in `policy`.
fn permits<B: Backend>(policy: Algorithm, algorithm: Algorithm) -> bool {
    if policy == algorithm {
        return true;
    }
    // An agreement permits any derivation from what comes out of it.
    if B::WANTED.ecdh && policy == Algorithm::ECDH {
        return algorithm.is_key_agreement() && algorithm.agreement() == policy;
    }
    if policy.is_mac() || policy.is_aead() {
        let (least, bytes) = (tag_bytes::<B>(policy), tag_bytes::<B>(algorithm));
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

/// The length of the tag. A complete MAC does not state it: it is that of the hash.
fn tag_bytes<B: Backend>(algorithm: Algorithm) -> usize {
    match algorithm.tag_bytes() {
        0 if !algorithm.is_mac() => 0,
        0 if B::WANTED.cmac && algorithm == Algorithm::CMAC => cmac::MAC_BYTES,
        0 if B::WANTED.hashes_beside_sha_256() => {
            let hash = hash::supported::<B>(algorithm.hash());
            hash.map_or(0, B::Hash::digest_bytes)
        }
        0 => hmac::MAC_BYTES,
        bytes => bytes,
    }
}

#[cfg(test)]
mod tests;
