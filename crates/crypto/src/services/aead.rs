// SPDX-License-Identifier: Apache-2.0
//! The AEAD service (PSA Crypto API 1.2, "Authenticated encryption with associated data"), in one
//! call or several: CCM with tags of 4 to 16 bytes and nonces of 7 to 13; GCM with tags of 4, 8,
//! 12 to 16 bytes and nonces of 1 to 16, of which 12 is the usual one; ChaCha20-Poly1305.
//!
//! State rules. An operation encrypts or decrypts, as its setup says. Any error of a call on an
//! active operation ends it, including calls in the wrong order; an abort always succeeds. When an
//! operation has ended, calls with an output for the handle write zero.
//!
//! Plaintext that is not authentic. The data pass through one block on the stack, and each byte of
//! the caller is read once, so decryption in one call writes plaintext before it verifies the tag.
//! If the tag is wrong, the plaintext is overwritten with zeros before the call ends, and its length
//! is zero. In several calls the specification requires the client not to use the plaintext until it
//! is verified.
//!
//! The output may begin anywhere in the input or before it: each block is read before it is
//! written, and input that would be overwritten is moved first (`Message::make_way`). If the output
//! has no room for that, the call is refused before anything is written.

mod multipart;
mod prepare;
mod stream;

use primitives::aead::Direction;
use psa::{
    Message,
    crypto::{Function, Pack},
};

use self::{
    prepare::prepare,
    stream::{authenticate, crypt, verify},
};
use crate::{
    configuration::Configuration, error::Error, operations::aead::Mode, partition::Crypto,
    vectors::write,
};

/// Input vector with the additional data of a call that has the whole message.
const ADDITIONAL_INPUT: usize = 2;

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the AEAD group.
    pub(crate) fn aead_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::AEAD_ENCRYPT => self.aead_single(pack, message, Direction::Encrypt),
            Function::AEAD_DECRYPT => self.aead_single(pack, message, Direction::Decrypt),
            _ => self.aead_multipart(pack, message),
        }
    }

    fn aead_single(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        direction: Direction,
    ) -> Result<(), Error> {
        let (key, tag_bytes) = prepare(&mut self.keys, pack, message, direction)?;
        let mut place = None;
        Mode::<C>::put(pack.algorithm(), &mut place, Some);
        let mode = place.as_mut().ok_or(Error::NotSupported)?;
        mode.start(direction, key, tag_bytes)?;
        let result = whole(mode, pack, message, direction, tag_bytes);
        if result.is_err() {
            mode.clear();
            message.erase(0);
        }
        result
    }
}

/// A whole message: input vector 1 through `mode` into output vector 0, with the tag at the end
/// of the ciphertext.
fn whole<C: Configuration>(
    mode: &mut Mode<C>,
    pack: &Pack,
    message: &mut impl Message,
    direction: Direction,
    tag_bytes: usize,
) -> Result<(), Error> {
    let input_bytes = message.in_size(1);
    let (data_bytes, output_bytes) = match direction {
        Direction::Encrypt => (input_bytes, input_bytes.checked_add(tag_bytes)),
        Direction::Decrypt => {
            let data_bytes = input_bytes.checked_sub(tag_bytes);
            (data_bytes.ok_or(Error::InvalidSignature)?, data_bytes)
        }
    };
    if output_bytes.is_none_or(|bytes| message.out_size(0) < bytes) {
        return Err(Error::BufferTooSmall);
    }
    mode.set_nonce(pack.nonce().ok_or(Error::InvalidArgument)?)?;
    mode.set_lengths(
        length(message.in_size(ADDITIONAL_INPUT))?,
        length(data_bytes)?,
    )?;
    authenticate(mode, message, ADDITIONAL_INPUT)?;
    crypt(mode, message, data_bytes)?;
    match direction {
        Direction::Encrypt => {
            let tag = mode.finish()?;
            write(message, 0, tag.as_bytes())
        }
        Direction::Decrypt => verify(mode, message),
    }
}

fn length(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| Error::InvalidArgument)
}
