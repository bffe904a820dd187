// SPDX-License-Identifier: Apache-2.0
//! The message authentication codes that an image has.

use primitives::hash::{self, Hash};
use psa::crypto::Algorithm;

use super::hash::HashAlgorithm;
use crate::{configuration::Configuration, error::Error};

/// The shortest MAC that can be used, in bytes.
const MINIMUM_BYTES: usize = 4;

/// Whether the image has the algorithm, with any hash and any length.
pub(crate) const fn has<C: Configuration>(algorithm: Algorithm) -> bool {
    const HMAC: Algorithm = Algorithm::hmac(Algorithm::NONE);
    match algorithm.full_length_mac() {
        Algorithm::CMAC => C::WANTED.cmac,
        other => C::WANTED.hmac && matches!(other.without_hash(), HMAC),
    }
}

/// The hash of this algorithm, and the length of its MACs in bytes.
pub(crate) fn hmac<C: Configuration>(
    algorithm: Algorithm,
) -> Result<(HashAlgorithm<C>, u8), Error> {
    const SHA_224: Algorithm = Algorithm::hmac(Algorithm::SHA_224);
    const SHA_256: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
    const SHA_384: Algorithm = Algorithm::hmac(Algorithm::SHA_384);
    const SHA_512: Algorithm = Algorithm::hmac(Algorithm::SHA_512);
    let hash = match algorithm.full_length_mac() {
        _ if !C::WANTED.hmac => return Err(Error::NotSupported),
        SHA_224 if C::WANTED.sha_224 => hash::Algorithm::Sha224,
        SHA_256 if C::WANTED.sha_256 => hash::Algorithm::Sha256,
        SHA_384 if C::WANTED.sha_384 => hash::Algorithm::Sha384,
        SHA_512 if C::WANTED.sha_512 => hash::Algorithm::Sha512,
        _ => return Err(Error::NotSupported),
    };
    let hash = C::Hash::algorithm(hash);
    Ok((hash, length(algorithm, C::Hash::digest_bytes(hash))?))
}

/// Length of the MACs of this algorithm; a complete one has `complete_bytes`.
pub(crate) fn length(algorithm: Algorithm, complete_bytes: usize) -> Result<u8, Error> {
    match algorithm.tag_bytes() {
        0 => Ok(complete_bytes as u8),
        1..MINIMUM_BYTES => Err(Error::NotSupported),
        bytes if bytes <= complete_bytes => Ok(bytes as u8),
        _ => Err(Error::InvalidArgument),
    }
}
