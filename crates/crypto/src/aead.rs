// SPDX-License-Identifier: Apache-2.0
//! The AEAD service (PSA Crypto API 1.2, "Authenticated encryption with associated data"), in one
//! call or several: CCM with tags of 4 to 16 bytes and nonces of 7 to 13; GCM with tags of 4, 8,
//! 12 to 16 bytes and nonces of 1 to 16, of which 12 is the usual one; ChaCha20-Poly1305.
//!
//! State rules. An operation encrypts or decrypts, as it was set up. Any error of a call on an
//! active operation ends it, a call in the wrong order too; an abort always succeeds. Wherever
//! a call has an output for the handle and the operation has ended, the client gets zero back.
//!
//! Plaintext that is not authentic. The data pass through one block on the stack, each byte of
//! the caller read once, so that decryption in one call writes plaintext before it knows the
//! tag. If the tag turns out wrong, what was written is overwritten with zeros before the call
//! ends and its length is zero. In several calls the specification leaves it to the client to
//! hold the plaintext back until it is verified.
//!
//! A caller may let the output begin anywhere in its input or before it: each block is read before
//! it is written, and what stands in the way is moved first (`Message::make_way`). A call is refused
//! before anything is written when the output has no room for that.

mod mode;
mod multipart;
mod stream;

use primitives::{aead::Direction, sha256::DIGEST_BYTES};
use psa::{
    Message,
    crypto::{Algorithm, Function, Pack, Usage},
};

pub(crate) use self::mode::key_type;
use self::{
    mode::Mode,
    stream::{authenticate, crypt},
};
use crate::{
    Backend, Crypto,
    error::Error,
    keys::Store,
    vectors::{expect, write},
};

/// Additional data of a call that has all in one.
const ADDITIONAL_INPUT: usize = 2;

/// An authenticated encryption or decryption.
pub(crate) struct Aead<B: Backend> {
    mode: Mode<B>,
    direction: Direction,
    /// Data have come, after which no additional data may.
    has_data: bool,
}

impl<B: Backend> Aead<B> {
    /// Replaces `place` by an operation that has to be started.
    #[inline(always)] // the operation is to be made where it belongs
    pub(crate) fn put<C>(algorithm: Algorithm, place: &mut C, wrap: impl FnOnce(Self) -> C) {
        Mode::put(algorithm, place, |mode| {
            wrap(Self {
                mode,
                direction: Direction::Encrypt,
                has_data: false,
            })
        });
    }

    /// Whether it is an operation of the algorithm.
    pub(crate) fn is(&self, algorithm: Algorithm) -> bool {
        self.mode.is(algorithm)
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.mode.clear();
    }
}

/// The key of the pack and the length of the tag; the key's policy has the first word.
fn prepare<'a, B: Backend, const KEYS: usize, const BYTES: usize>(
    keys: &'a mut Store<B, KEYS, BYTES>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a [u8], usize), Error> {
    let usage = match direction {
        Direction::Encrypt => Usage::ENCRYPT,
        Direction::Decrypt => Usage::DECRYPT,
    };
    let algorithm = pack.algorithm();
    let (attributes, material) =
        keys.usable(message.client_id(), pack.key_id(), usage, algorithm)?;
    if algorithm.is_aead() && algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    match key_type::<B>(algorithm) {
        None => Err(Error::NotSupported),
        Some(wanted) if attributes.key_type == wanted => Ok((material, algorithm.tag_bytes())),
        Some(_) => Err(Error::InvalidArgument),
    }
}

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
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
        Mode::<B>::put(pack.algorithm(), &mut place, Some);
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
fn whole<B: Backend>(
    mode: &mut Mode<B>,
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

/// Ends the message and compares its tag with the rest of input vector 1.
fn verify<B: Backend>(mode: &mut Mode<B>, message: &mut impl Message) -> Result<(), Error> {
    let mut tag = mode.finish()?;
    expect::<DIGEST_BYTES>(message, 1, tag.as_bytes_mut())
}

fn length(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| Error::InvalidArgument)
}
