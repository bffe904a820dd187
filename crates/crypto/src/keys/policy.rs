// SPDX-License-Identifier: Apache-2.0
//! What a key's policy permits (PSA Crypto API 1.2, "Key policies").
//!
//! A policy names one algorithm or, with a wildcard, several: any hash in a signature, or any
//! tag at least so long. A second algorithm may stand beside the first. No key is created for an
//! algorithm that the image has not at all; hash and length are judged at each use.

use primitives::{cmac, hash::Hash as _, hmac};
use psa::crypto::{Algorithm, KeyAttributes, Usage};

use crate::{
    algorithms::{aead, cipher, derivation, hash, mac, signature},
    configuration::Configuration,
    error::Error,
};

/// Tells whether a key with these attributes may be used so.
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
/// An image without any of the ciphers takes keys for all of them, as the conformance suite of the
/// PSA wants it: `psa_aead_encrypt` has to refuse such a key. So does it want keys for what is no
/// algorithm at all, for `psa_raw_key_agreement`.
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

/// What two policies both permit; a policy that permits nothing may be one of them.
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

/// Whether `policy` permits everything that `algorithm` covers.
fn permits<C: Configuration>(policy: Algorithm, algorithm: Algorithm) -> bool {
    if policy == algorithm {
        return true;
    }
    // An agreement permits any derivation from what comes out of it.
    if C::WANTED.ecdh && policy == Algorithm::ECDH {
        return algorithm.is_key_agreement() && algorithm.agreement() == policy;
    }
    // The cipher that the policy permits as well is in no image.
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
        // Of signatures; hashes alone have no key. Any hash is one: where the client made the
        // digest as it liked, there is none.
        C::WANTED.signatures()
            && policy.is_sign()
            && policy == algorithm.with_any_hash()
            && algorithm != algorithm.without_hash()
    }
}

/// The length of the tag. A complete MAC does not state it: it is that of the hash.
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
