// SPDX-License-Identifier: Apache-2.0
//! Functions of the hash and MAC services: a message in one call, or in several.
//!
//! State rules. An operation is active while its handle is valid. Any error of a call on an active
//! operation ends it, including calls in the wrong order; an abort always succeeds, also with an
//! invalid handle. When an operation has ended, calls with an output for the handle write zero.
//!
//! The output may overlap the input: all input is read before the output is written.

use primitives::cmac;
use psa::{
    Message,
    crypto::{Algorithm, Function, KeyId, KeyType, Pack, Usage},
};

use crate::{
    algorithms::{hash, mac},
    configuration::Configuration,
    error::Error,
    keys::store::Store,
    operations::digest::{Digest, End},
    partition::Crypto,
    vectors::require_word_output,
};

impl<C: Configuration> Crypto<C> {
    /// All in one call.
    pub(crate) fn digest_single(
        &mut self,
        end: End,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        let mut code = Digest::<C>::BLANK;
        match pack.function().group() {
            Function::GROUP_MAC if C::WANTED.mac() => {
                begin_mac(&mut code, end, pack, &mut self.keys, message)?;
            }
            _ => begin_hash(&mut code, end, pack)?,
        }
        let index = match end {
            End::Comparison => 2,
            _ if message.out_size(0) < usize::from(code.length_bytes) => {
                code.clear();
                return Err(Error::BufferTooSmall);
            }
            _ => 0,
        };
        code.absorb(message);
        let result = code.finish(end, message, index);
        code.clear();
        result
    }

    pub(crate) fn digest_setup(
        &mut self,
        end: End,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        self.operations.require_inactive(pack, message)?;
        let has_key = C::WANTED.mac() && pack.function().group() == Function::GROUP_MAC;
        let key = if has_key { pack.key_id() } else { KeyId::NULL };
        let slot = self.operations.alloc(message.client_id())?;
        let begun = match slot.open_digest(key) {
            Some(code) if has_key => begin_mac(code, end, pack, &mut self.keys, message),
            Some(code) => begin_hash(code, end, pack),
            None => Err(Error::BadState),
        };
        slot.after_setup(message, begun)
    }

    pub(crate) fn digest_update(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        self.operations.digest(pack, message)?.absorb(message);
        Ok(())
    }

    pub(crate) fn digest_end(
        &mut self,
        end: End,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        let result = match self.operations.digest(pack, message) {
            Ok(code) => code.finish(end, message, 1),
            Err(error) => Err(error),
        };
        self.operations.after_end(pack, message, result)
    }
}

/// Begins a hash by the algorithm of the pack.
fn begin_hash<C: Configuration>(code: &mut Digest<C>, end: End, pack: &Pack) -> Result<(), Error> {
    code.begin_hash(hash::supported::<C>(pack.algorithm())?, end);
    Ok(())
}

/// Begins a MAC with the key and the algorithm of the pack. The policy of the key is checked first.
#[inline(never)]
fn begin_mac<C: Configuration>(
    code: &mut Digest<C>,
    end: End,
    pack: &Pack,
    keys: &mut Store<C>,
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
    if C::WANTED.cmac && algorithm.full_length_mac() == Algorithm::CMAC {
        let length_bytes = mac::length(algorithm, cmac::MAC_BYTES)?;
        if attributes.key_type != KeyType::AES {
            return Err(Error::InvalidArgument);
        }
        return code.begin_cmac(material, length_bytes, end);
    }
    let (hash, length_bytes) = mac::hmac::<C>(algorithm)?;
    if attributes.key_type != KeyType::HMAC {
        return Err(Error::InvalidArgument);
    }
    code.begin_hmac(hash, material, length_bytes, end);
    Ok(())
}
