// SPDX-License-Identifier: Apache-2.0
//! The AEAD service (PSA Crypto API 1.2, "Authenticated encryption with associated data"): CCM
//! with AES-128, tags of 4 to 16 bytes, nonces of 7 to 13, in one call or several.
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
//! A caller may let output and input begin at the same address: each block is read before it
//! is written.

mod multipart;
mod stream;

use primitives::{
    aes::BlockPairCipher,
    ccm::{Ccm, Direction},
    sha256::DIGEST_BYTES,
};
use psa::{
    Message,
    crypto::{Algorithm, Function, KeyType, Pack, Usage},
};

use self::stream::{authenticate, crypt};
use crate::{
    Backend, Crypto,
    backend::AES_128_KEY_BYTES,
    choice::Blank,
    error::Error,
    keys::Store,
    vectors::{expect, write},
};

/// Additional data of a call that has all in one.
const ADDITIONAL_INPUT: usize = 2;

/// An authenticated encryption or decryption.
pub(crate) struct Aead<B: Backend> {
    ccm: Ccm<B::Cipher>,
    direction: Direction,
    /// Data have come, after which no additional data may.
    has_data: bool,
}

/// One that has to be started.
impl<B: Backend> Blank for Aead<B> {
    const BLANK: Self = Self {
        ccm: Ccm::new(),
        direction: Direction::Encrypt,
        has_data: false,
    };
}

impl<B: Backend> Aead<B> {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.ccm.clear();
    }
}

/// The key of the pack and the length of the tag; the key's policy has the first word.
fn prepare<'a, B: Backend, const KEYS: usize, const BYTES: usize>(
    keys: &'a mut Store<B, KEYS, BYTES>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a [u8; AES_128_KEY_BYTES], usize), Error> {
    let usage = match direction {
        Direction::Encrypt => Usage::ENCRYPT,
        Direction::Decrypt => Usage::DECRYPT,
    };
    let algorithm = pack.algorithm();
    let (attributes, material) = keys.usable(message, pack.key_id(), usage, algorithm)?;
    if !algorithm.is_aead() || algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    if algorithm.aead_with_default_length_tag() != Algorithm::CCM {
        return Err(Error::NotSupported);
    }
    match <&[u8; AES_128_KEY_BYTES]>::try_from(material) {
        Ok(key) if attributes.key_type == KeyType::AES => Ok((key, algorithm.tag_bytes())),
        _ => Err(Error::InvalidArgument),
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
        let mut ccm = Ccm::<B::Cipher>::new();
        ccm.start(direction, key, tag_bytes)?;
        let result = whole(&mut ccm, pack, message, direction, tag_bytes);
        if result.is_err() {
            ccm.clear();
            message.erase(0);
        }
        result
    }
}

/// A whole message: input vector 1 through `ccm` into output vector 0, with the tag at the end
/// of the ciphertext.
fn whole<C: BlockPairCipher>(
    ccm: &mut Ccm<C>,
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
    ccm.set_nonce(pack.nonce().ok_or(Error::InvalidArgument)?)?;
    ccm.set_lengths(
        length(message.in_size(ADDITIONAL_INPUT))?,
        length(data_bytes)?,
    )?;
    authenticate(ccm, message, ADDITIONAL_INPUT)?;
    crypt(ccm, message, data_bytes)?;
    match direction {
        Direction::Encrypt => {
            let tag = ccm.finish()?;
            write(message, 0, tag.as_bytes())
        }
        Direction::Decrypt => verify(ccm, message),
    }
}

/// Ends the message and compares its tag with the rest of input vector 1.
fn verify<C: BlockPairCipher>(ccm: &mut Ccm<C>, message: &mut impl Message) -> Result<(), Error> {
    let mut tag = ccm.finish()?;
    expect::<DIGEST_BYTES>(message, 1, tag.as_bytes_mut())
}

fn length(bytes: usize) -> Result<u32, Error> {
    u32::try_from(bytes).map_err(|_| Error::InvalidArgument)
}
