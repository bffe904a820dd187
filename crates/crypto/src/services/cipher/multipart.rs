// SPDX-License-Identifier: Apache-2.0
//! Encryption and decryption in several calls.

use primitives::aead::Direction;
use psa::{
    Message,
    crypto::{Function, Pack},
};

use super::{
    prepare::prepare,
    transfer::{Delay, finish, pass},
};
use crate::{
    configuration::Configuration,
    error::Error,
    operations::cipher::{Cipher, IV_BYTES},
    partition::Crypto,
    random::Random,
    vectors::{read, require_word_output, write},
};

impl<C: Configuration> Crypto<C> {
    pub(crate) fn cipher_multipart(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::CIPHER_ENCRYPT_SETUP => self.cipher_setup(pack, message, Direction::Encrypt),
            Function::CIPHER_DECRYPT_SETUP => self.cipher_setup(pack, message, Direction::Decrypt),
            Function::CIPHER_GENERATE_IV | Function::CIPHER_SET_IV | Function::CIPHER_UPDATE => {
                self.cipher_step(pack, message)
            }
            Function::CIPHER_FINISH => self.cipher_end(pack, message),
            Function::CIPHER_ABORT => self.operations.abort(pack, message),
            _ => Err(Error::NotSupported),
        }
    }

    fn cipher_setup(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        direction: Direction,
    ) -> Result<(), Error> {
        self.operations.require_inactive(pack, message)?;
        let (key, mode) = prepare(&mut self.keys, pack, message, direction)?;
        let slot = self.operations.alloc(message.client_id())?;
        let started = slot
            .open_cipher(mode, pack.key_id())
            .map_or(Err(Error::BadState), |cipher| {
                cipher.start(mode, direction, key)
            });
        slot.after_setup(message, started)
    }

    /// Functions between setup and end. An error ends the operation and erases the output of the
    /// call.
    fn cipher_step(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        let cipher = self.operations.cipher(pack, message)?;
        let result = step(cipher, &mut self.random, pack, message);
        self.operations.after_step(pack, message, result)
    }

    fn cipher_end(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        require_word_output(message)?;
        let result = match self.operations.cipher(pack, message) {
            Ok(cipher) if !cipher.has_iv() => Err(Error::BadState),
            Ok(cipher) => finish(cipher, message, 1, &mut Delay::none()),
            Err(error) => Err(error),
        };
        self.operations.after_end(pack, message, result)
    }
}

fn step<C: Configuration>(
    cipher: &mut Cipher<C>,
    random: &mut Random<C>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let mut iv = [0; IV_BYTES];
    match pack.function() {
        Function::CIPHER_GENERATE_IV => {
            if cipher.has_iv() || cipher.direction() != Direction::Encrypt {
                return Err(Error::BadState);
            }
            let iv = iv.get_mut(..cipher.mode().iv_bytes()).unwrap_or_default();
            if message.out_size(0) < iv.len() {
                return Err(Error::BufferTooSmall);
            }
            random.fill(iv)?;
            cipher.set_iv(iv)?;
            write(message, 0, iv)
        }
        Function::CIPHER_SET_IV => {
            if cipher.has_iv() {
                return Err(Error::BadState);
            }
            let iv_bytes = message.in_size(1);
            read(message, 1, &mut iv);
            cipher.set_iv(iv.get(..iv_bytes).ok_or(Error::InvalidArgument)?)
        }
        _ => {
            if !cipher.has_iv() {
                return Err(Error::BadState);
            }
            let input_bytes = message.in_size(1);
            if message.out_size(0) < cipher.output_bytes(input_bytes) {
                return Err(Error::BufferTooSmall);
            }
            pass(cipher, message, input_bytes, &mut Delay::none())
        }
    }
}
