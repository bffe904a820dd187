// SPDX-License-Identifier: Apache-2.0
//! The MAC service (PSA Crypto API 1.2, "Message authentication codes"): HMAC-SHA-256, complete
//! or truncated, in one call or several.
//!
//! State rules. An operation signs or verifies, as it was set up. Any error of a call on an
//! active operation ends it, a call in the wrong order too; an abort always succeeds. Wherever
//! a call has an output for the handle and the operation has ended, the client gets zero back.
//!
//! Codes are compared whole and in constant time. One of another length is wrong.

mod multipart;

use primitives::{
    clear,
    hmac::{HmacSha256, MAC_BYTES},
    sha256::Compression,
};
use psa::{
    ClientId, Message,
    crypto::{Algorithm, Function, KeyType, Pack, Usage},
};

use crate::{
    Backend, Crypto,
    error::Error,
    keys::Store,
    vectors::{expect, for_each_block, write},
};

/// The shortest code that is good for anything.
const MINIMUM_BYTES: usize = 4;

/// A code in the making.
#[derive(Clone)]
pub(crate) struct Mac<C> {
    hmac: HmacSha256<C>,
    length_bytes: usize,
    verifies: bool,
}

impl<C: Compression> Mac<C> {
    #[inline(never)]
    fn new(key: &[u8], length_bytes: usize, verifies: bool) -> Self {
        Self {
            hmac: HmacSha256::begin(key),
            length_bytes,
            verifies,
        }
    }

    /// Forgets key and message.
    pub(crate) fn clear(&mut self) {
        self.hmac.clear();
    }

    /// Takes all of input vector 1 in.
    #[inline(never)]
    fn absorb(&mut self, message: &mut impl Message) {
        for_each_block(message, 1, |data| self.hmac.update(data));
    }

    /// Ends the message and writes its code.
    fn sign(&mut self, message: &mut impl Message, index: usize) -> Result<(), Error> {
        let mut code = self.hmac.finish();
        let result = match code.get(..self.length_bytes) {
            Some(code) => write(message, index, code),
            None => Err(Error::InvalidArgument),
        };
        clear::bytes(&mut code);
        result
    }

    /// Ends the message and compares its code with an input vector.
    fn verify(&mut self, message: &mut impl Message, index: usize) -> Result<(), Error> {
        let mut code = self.hmac.finish();
        let length_bytes = self.length_bytes;
        let result = expect(
            message,
            index,
            code.get_mut(..length_bytes).unwrap_or_default(),
        );
        clear::bytes(&mut code);
        result
    }
}

/// The key of the pack and the length of the codes that it makes; the key's policy has the first
/// word.
fn prepare<'a, const KEYS: usize, const BYTES: usize>(
    keys: &'a Store<KEYS, BYTES>,
    pack: &Pack,
    client: ClientId,
    verifies: bool,
) -> Result<(&'a [u8], usize), Error> {
    let usage = if verifies {
        Usage::VERIFY_MESSAGE
    } else {
        Usage::SIGN_MESSAGE
    };
    let algorithm = pack.algorithm();
    let (attributes, material) = keys.usable(client, pack.key_id(), usage, algorithm)?;
    let length_bytes = length(algorithm)?;
    if attributes.key_type != KeyType::HMAC {
        return Err(Error::InvalidArgument);
    }
    Ok((material, length_bytes))
}

/// How long the codes of this algorithm are.
fn length(algorithm: Algorithm) -> Result<usize, Error> {
    if !algorithm.is_mac() || algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    if algorithm.full_length_mac() != Algorithm::hmac(Algorithm::SHA_256) {
        return Err(Error::NotSupported);
    }
    match algorithm.tag_bytes() {
        0 => Ok(MAC_BYTES),
        1..MINIMUM_BYTES => Err(Error::NotSupported),
        bytes @ MINIMUM_BYTES..=MAC_BYTES => Ok(bytes),
        _ => Err(Error::InvalidArgument),
    }
}

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
            Function::MAC_COMPUTE => self.mac_single(pack, message, false),
            Function::MAC_VERIFY => self.mac_single(pack, message, true),
            _ => self.mac_multipart(pack, message),
        }
    }

    fn mac_single(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        verifies: bool,
    ) -> Result<(), Error> {
        let (key, length_bytes) = prepare(&self.keys, pack, message.client_id(), verifies)?;
        if !verifies && message.out_size(0) < length_bytes {
            return Err(Error::BufferTooSmall);
        }
        let mut mac = Mac::<B::Compression>::new(key, length_bytes, verifies);
        mac.absorb(message);
        let result = if verifies {
            mac.verify(message, 2)
        } else {
            mac.sign(message, 0)
        };
        mac.clear();
        result
    }
}
