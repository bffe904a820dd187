// SPDX-License-Identifier: Apache-2.0
//! The MAC service (PSA Crypto API 1.2, "Message authentication codes"): HMAC-SHA-256, complete
//! or truncated, in one call or several. The rules of operations are those of `code`; an
//! operation signs or verifies, as it was set up.
//!
//! Codes are compared whole and in constant time. One of another length is wrong.

use primitives::hmac::MAC_BYTES;
use psa::{
    Message,
    crypto::{Algorithm, Function, KeyType, Pack, Usage},
};

use crate::{
    Backend, Crypto,
    alloc::Kind,
    code::{Code, End},
    error::Error,
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
        const MAC: Kind = Kind::Mac;
        match pack.function() {
            Function::MAC_COMPUTE => self.code_single(MAC, End::Output, pack, message),
            Function::MAC_VERIFY => self.code_single(MAC, End::Comparison, pack, message),
            Function::MAC_SIGN_SETUP => self.code_setup(MAC, End::Output, pack, message),
            Function::MAC_VERIFY_SETUP => self.code_setup(MAC, End::Comparison, pack, message),
            Function::MAC_UPDATE => self.code_update(MAC, pack, message),
            Function::MAC_SIGN_FINISH => self.code_end(MAC, End::Output, pack, message),
            Function::MAC_VERIFY_FINISH => self.code_end(MAC, End::Comparison, pack, message),
            Function::MAC_ABORT => self.operations.abort(MAC, pack, message),
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
    let (attributes, material) = keys.usable(message, pack.key_id(), usage, algorithm)?;
    let length_bytes = length(algorithm)?;
    if attributes.key_type != KeyType::HMAC {
        return Err(Error::InvalidArgument);
    }
    code.begin_mac(material, length_bytes, end);
    Ok(())
}

/// How long the codes of this algorithm are.
fn length(algorithm: Algorithm) -> Result<u8, Error> {
    if !algorithm.is_mac() || algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    if algorithm.full_length_mac() != Algorithm::hmac(Algorithm::SHA_256) {
        return Err(Error::NotSupported);
    }
    match algorithm.tag_bytes() {
        0 => Ok(MAC_BYTES as u8),
        1..MINIMUM_BYTES => Err(Error::NotSupported),
        bytes @ MINIMUM_BYTES..=MAC_BYTES => Ok(bytes as u8),
        _ => Err(Error::InvalidArgument),
    }
}
