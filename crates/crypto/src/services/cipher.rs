// SPDX-License-Identifier: Apache-2.0
//! The cipher service (PSA Crypto API 1.2, "Unauthenticated ciphers"): AES in ECB, CBC, CTR and
//! CFB, and ChaCha20, in one call or several.
//!
//! * `prepare` finds the key; `transfer` moves data between a message and an operation.
//! * `multipart` has the operations of several calls.
//!
//! In one call, encryption generates the initialisation vector and writes it before the ciphertext,
//! where decryption reads it. ChaCha20 has a nonce of 12 bytes and counts from 0.
//!
//! State rules. An operation encrypts or decrypts, as its setup says, and gets its initialisation
//! vector, if the mode has one, before any data. Any error of a call on an active operation ends
//! it, including calls in the wrong order; an abort always succeeds.
//!
//! The output may begin anywhere in the input or before it: input is read before it is overwritten,
//! or moved first (`Message::make_way`). If the output has no room for that, the call is refused
//! before anything is written. Encryption in one call writes the initialisation vector before its
//! output, and so delays the output by the same length.

mod multipart;
mod prepare;
mod transfer;

use primitives::{aead::Direction, clear};
use psa::{
    Message,
    crypto::{Function, KeyType, Pack},
};

use self::{
    prepare::prepare,
    transfer::{Delay, finish, pass},
};
use crate::{
    algorithms::cipher::Mode,
    configuration::Configuration,
    error::Error,
    operations::cipher::{Cipher, IV_BYTES},
    partition::Crypto,
    vectors::{read, write},
};

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the cipher group.
    pub(crate) fn cipher_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::CIPHER_ENCRYPT => self.cipher_single(pack, message, Direction::Encrypt),
            Function::CIPHER_DECRYPT => self.cipher_single(pack, message, Direction::Decrypt),
            Function::CAN_DO_CIPHER => {
                let mut key_type = [0; size_of::<KeyType>()];
                if read(message, 1, &mut key_type) != key_type.len() {
                    return Err(Error::Programmer);
                }
                let wanted = Mode::of::<C>(pack.algorithm()).map(Mode::key_type);
                let answer = i32::from(wanted == Some(KeyType(u16::from_le_bytes(key_type))));
                write(message, 0, &answer.to_le_bytes())
            }
            _ => self.cipher_multipart(pack, message),
        }
    }

    fn cipher_single(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        direction: Direction,
    ) -> Result<(), Error> {
        let (key, mode) = prepare(&mut self.keys, pack, message, direction)?;
        let mut place = None;
        Cipher::<C>::put(mode, &mut place, Some);
        let cipher = place.as_mut().ok_or(Error::NotSupported)?;
        cipher.start(mode, direction, key)?;
        let mut iv = [0; IV_BYTES];
        let iv = iv.get_mut(..mode.iv_bytes()).unwrap_or_default();
        let result = match direction {
            Direction::Encrypt => {
                let filled = self.random.fill(iv);
                filled.and_then(|()| encrypt(cipher, iv, message))
            }
            Direction::Decrypt => decrypt(cipher, iv, message),
        };
        cipher.clear();
        if result.is_err() {
            message.erase(0);
        }
        result
    }
}

/// Encrypts input vector 1 to output vector 0, behind the initialisation vector.
fn encrypt<C: Configuration>(
    cipher: &mut Cipher<C>,
    iv: &[u8],
    message: &mut impl Message,
) -> Result<(), Error> {
    let data_bytes = message.in_size(1);
    let output_bytes = cipher.whole_output_bytes(data_bytes)?;
    let output_bytes = output_bytes.checked_add(iv.len());
    if output_bytes.is_none_or(|bytes| message.out_size(0) < bytes) {
        return Err(Error::BufferTooSmall);
    }
    let mut delay = Delay::new(iv);
    cipher.set_iv(iv)?;
    pass(cipher, message, data_bytes, &mut delay)?;
    finish(cipher, message, 0, &mut delay)
}

/// Decrypts input vector 1, which begins with the initialisation vector, to output vector 0.
fn decrypt<C: Configuration>(
    cipher: &mut Cipher<C>,
    iv: &mut [u8],
    message: &mut impl Message,
) -> Result<(), Error> {
    let data_bytes = message.in_size(1).checked_sub(iv.len());
    let data_bytes = data_bytes.ok_or(Error::InvalidArgument)?;
    let output_bytes = cipher.whole_output_bytes(data_bytes)?;
    if message.out_size(0) < output_bytes {
        return Err(Error::BufferTooSmall);
    }
    read(message, 1, iv);
    cipher.set_iv(iv)?;
    let mut delay = Delay::none();
    pass(cipher, message, data_bytes, &mut delay)?;
    let result = finish(cipher, message, 0, &mut delay);
    clear::bytes(iv);
    result
}
