// SPDX-License-Identifier: Apache-2.0
//! What a key's policy permits (PSA Crypto API 1.2, "Key policies").
//!
//! A policy permits one algorithm or, with a wildcard, several: any hash in a signature, or any
//! tag of a minimum length. It may have a second algorithm. No key is created for an algorithm that
//! the image does not have; hash and length are checked at each use.

use primitives::{cmac, hash::Hash as _, hmac};
use psa::crypto::{Algorithm, KeyAttributes, Usage};

use crate::{
    algorithms::{aead, cipher, derivation, hash, mac, signature},
    configuration::Configuration,
    error::Error,
};

/// Checks that a key with these attributes may be used in this way.
pub(crate) fn check<C: Configuration>(
    attributes: &KeyAttributes,
    usage: Usage,
    algorithm: Algorithm,
) -> Result<(), Error> {
    if algorithm == Algorithm::NONE {
        return Err(Error::InvalidArgument);
    }
    if attributes.usage.includes(usage)
        && (permits::<C>(attributes.algorithm, algorithm)
            || permits::<C>(attributes.second_algorithm, algorithm))
    {
        Ok(())
    } else {
        Err(Error::NotPermitted)
    }
}

/// Whether a key may be created for the algorithm: for none, or for one that the image has.
///
/// The PSA conformance suite needs two exceptions. An image without ciphers accepts keys for all
/// ciphers, because `psa_aead_encrypt` must refuse such a key. Keys for values that are not
/// algorithms are accepted, because `psa_raw_key_agreement` must refuse them.
pub(crate) const fn is_served<C: Configuration>(algorithm: Algorithm) -> bool {
    !algorithm.has_category()
        || !C::WANTED.cipher() && algorithm.is_cipher()
        || cipher::Mode::of::<C>(algorithm).is_some()
        || C::WANTED.ccm && matches!(algorithm, Algorithm::CCM_STAR_ANY_TAG)
        || aead::key_type::<C>(algorithm).is_some()
        || mac::has::<C>(algorithm)
        || signature::has::<C>(algorithm)
        || derivation::has::<C>(algorithm)
}

/// The intersection of two policies, either of which may permit nothing.
pub(crate) fn intersection<C: Configuration>(
    left: Algorithm,
    right: Algorithm,
) -> Result<Algorithm, Error> {
    if left == Algorithm::NONE || permits::<C>(right, left) {
        Ok(left)
    } else if right == Algorithm::NONE || permits::<C>(left, right) {
        Ok(right)
    } else {
        Err(Error::InvalidArgument)
    }
}

/// Whether `policy` includes all of `algorithm`, which may be a wildcard too.
fn permits<C: Configuration>(policy: Algorithm, algorithm: Algorithm) -> bool {
    if policy == algorithm {
        return true;
    }
    // An agreement permits any derivation from its secret.
    if C::WANTED.ecdh && policy == Algorithm::ECDH {
        return algorithm.is_key_agreement() && algorithm.agreement() == policy;
    }
    // No image has the cipher that this policy permits too.
    let policy = match policy {
        Algorithm::CCM_STAR_ANY_TAG => Algorithm::CCM.aead_with_at_least_this_length_tag(1),
        policy => policy,
    };
    if policy.is_mac() || policy.is_aead() {
        let (least, bytes) = (tag_bytes::<C>(policy), tag_bytes::<C>(algorithm));
        policy.without_tag_length() == algorithm.without_tag_length()
            && if policy.is_wildcard() {
                least <= bytes
            } else {
                least == bytes && !algorithm.is_wildcard()
            }
    } else {
        // For signatures; hashes alone have no key. "Any hash" does not include algorithms without a
        // hash, where the client computes the digest.
        C::WANTED.signatures()
            && policy.is_sign()
            && policy == algorithm.with_any_hash()
            && algorithm != algorithm.without_hash()
    }
}

/// The length of the tag. A MAC that is not truncated does not state it: it is that of the hash.
fn tag_bytes<C: Configuration>(algorithm: Algorithm) -> usize {
    match algorithm.tag_bytes() {
        0 if !algorithm.is_mac() => 0,
        0 if C::WANTED.cmac && algorithm == Algorithm::CMAC => cmac::MAC_BYTES,
        0 if C::WANTED.hashes_beside_sha_256() => {
            let hash = hash::supported::<C>(algorithm.hash());
            hash.map_or(0, C::Hash::digest_bytes)
        }
        0 => hmac::MAC_BYTES,
        bytes => bytes,
    }
}

#[cfg(test)]
mod tests;
