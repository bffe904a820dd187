// SPDX-License-Identifier: Apache-2.0
//! The hashes that an image has.

use primitives::hash::{self, Hash};
use psa::crypto::Algorithm;

use crate::{configuration::Configuration, error::Error};

/// One of the hashes of the image.
pub(crate) type HashAlgorithm<C> = <<C as Configuration>::Hash as Hash>::Algorithm;

/// The function of this name, if the image has it.
pub(crate) fn supported<C: Configuration>(algorithm: Algorithm) -> Result<HashAlgorithm<C>, Error> {
    let name = match algorithm {
        Algorithm::SHA_224 if C::WANTED.sha_224 => hash::Algorithm::Sha224,
        Algorithm::SHA_256 if C::WANTED.sha_256 => hash::Algorithm::Sha256,
        Algorithm::SHA_384 if C::WANTED.sha_384 => hash::Algorithm::Sha384,
        Algorithm::SHA_512 if C::WANTED.sha_512 => hash::Algorithm::Sha512,
        _ if algorithm.is_hash() => return Err(Error::NotSupported),
        _ => return Err(Error::InvalidArgument),
    };
    Ok(C::Hash::algorithm(name))
}
