// SPDX-License-Identifier: Apache-2.0
//! The MAC service (PSA Crypto API 1.2, "Message authentication codes"): HMAC with the
//! hashes of the profile and CMAC with AES, complete or truncated, in one call or several. The
//! rules of operations are those of `code`; an operation signs or verifies, as it was set up.
//!
//! Codes are compared whole and in constant time. One of another length is wrong.

use primitives::{
    cmac,
    hash::{self, Hash},
};
use psa::{
    Message,
    crypto::{Algorithm, Function, KeyType, Pack, Usage},
};

use crate::{
    Backend, Crypto,
    code::{Code, End},
    error::Error,
    hash::HashAlgorithm,
    keys::Store,
};

/// The shortest code that is good for anything.
const MINIMUM_BYTES: usize = 4;

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    /// Serves one function of the MAC group.
    pub(crate) fn mac_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::MAC_COMPUTE => self.code_single(End::Output, pack, message),
            Function::MAC_VERIFY => self.code_single(End::Comparison, pack, message),
            Function::MAC_SIGN_SETUP => self.code_setup(End::Output, pack, message),
            Function::MAC_VERIFY_SETUP => self.code_setup(End::Comparison, pack, message),
            Function::MAC_UPDATE => self.code_update(pack, message),
            Function::MAC_SIGN_FINISH => self.code_end(End::Output, pack, message),
            Function::MAC_VERIFY_FINISH => self.code_end(End::Comparison, pack, message),
            Function::MAC_ABORT => self.operations.abort(pack, message),
            _ => Err(Error::NotSupported),
        }
    }
}

/// Begins a code with the key and the algorithm of the pack; the key's policy has the first
/// word.
#[inline(never)]
pub(crate) fn begin<B: Backend, const KEYS: usize, const BYTES: usize>(
    code: &mut Code<B>,
    end: End,
    pack: &Pack,
    keys: &mut Store<B, KEYS, BYTES>,
    message: &impl Message,
) -> Result<(), Error> {
    let usage = match end {
        End::Comparison => Usage::VERIFY_MESSAGE,
        _ => Usage::SIGN_MESSAGE,
    };
    let algorithm = pack.algorithm();
    let (attributes, material) =
        keys.usable(message.client_id(), pack.key_id(), usage, algorithm)?;
    if !algorithm.is_mac() || algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    if B::WANTED.cmac && algorithm.full_length_mac() == Algorithm::CMAC {
        let length_bytes = length(algorithm, cmac::MAC_BYTES)?;
        if attributes.key_type != KeyType::AES {
            return Err(Error::InvalidArgument);
        }
        return code.begin_cmac(material, length_bytes, end);
    }
    let (hash, length_bytes) = hmac::<B>(algorithm)?;
    if attributes.key_type != KeyType::HMAC {
        return Err(Error::InvalidArgument);
    }
    code.begin_hmac(hash, material, length_bytes, end);
    Ok(())
}

/// Whether the image has the algorithm, with any hash and any length.
pub(crate) const fn has<B: Backend>(algorithm: Algorithm) -> bool {
    const HMAC: Algorithm = Algorithm::hmac(Algorithm::NONE);
    match algorithm.full_length_mac() {
        Algorithm::CMAC => B::WANTED.cmac,
        other => B::WANTED.hmac && matches!(other.without_hash(), HMAC),
    }
}

/// The hash of this algorithm, and how long its codes are.
fn hmac<B: Backend>(algorithm: Algorithm) -> Result<(HashAlgorithm<B>, u8), Error> {
    const SHA_224: Algorithm = Algorithm::hmac(Algorithm::SHA_224);
    const SHA_256: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
    const SHA_384: Algorithm = Algorithm::hmac(Algorithm::SHA_384);
    const SHA_512: Algorithm = Algorithm::hmac(Algorithm::SHA_512);
    let hash = match algorithm.full_length_mac() {
        _ if !B::WANTED.hmac => return Err(Error::NotSupported),
        SHA_224 if B::WANTED.sha_224 => hash::Algorithm::Sha224,
        SHA_256 if B::WANTED.sha_256 => hash::Algorithm::Sha256,
        SHA_384 if B::WANTED.sha_384 => hash::Algorithm::Sha384,
        SHA_512 if B::WANTED.sha_512 => hash::Algorithm::Sha512,
        _ => return Err(Error::NotSupported),
    };
    let hash = B::Hash::algorithm(hash);
    Ok((hash, length(algorithm, B::Hash::digest_bytes(hash))?))
}

/// How long the codes of this algorithm are, when a complete one has `complete_bytes`.
fn length(algorithm: Algorithm, complete_bytes: usize) -> Result<u8, Error> {
    match algorithm.tag_bytes() {
        0 => Ok(complete_bytes as u8),
        1..MINIMUM_BYTES => Err(Error::NotSupported),
        bytes if bytes <= complete_bytes => Ok(bytes as u8),
        _ => Err(Error::InvalidArgument),
    }
}
