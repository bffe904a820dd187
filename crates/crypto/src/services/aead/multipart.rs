// SPDX-License-Identifier: Apache-2.0
//! Authenticated encryption and decryption in several calls.

use primitives::aead::Direction;
use psa::{
    Message,
    crypto::{Function, MAXIMUM_NONCE_BYTES, Pack},
};

use super::{
    prepare::prepare,
    stream::{authenticate, crypt, verify},
};
use crate::{
    configuration::Configuration,
    error::Error,
    operations::aead::Aead,
    partition::Crypto,
    random::Random,
    vectors::{read, require_word_output, write},
};

impl<C: Configuration> Crypto<C> {
    pub(crate) fn aead_multipart(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::AEAD_ENCRYPT_SETUP => self.aead_setup(pack, message, Direction::Encrypt),
            Function::AEAD_DECRYPT_SETUP => self.aead_setup(pack, message, Direction::Decrypt),
            Function::AEAD_GENERATE_NONCE
            | Function::AEAD_SET_NONCE
            | Function::AEAD_SET_LENGTHS
            | Function::AEAD_UPDATE_AD
            | Function::AEAD_UPDATE => self.aead_step(pack, message),
            Function::AEAD_FINISH => self.aead_end(pack, message, Direction::Encrypt),
            Function::AEAD_VERIFY => self.aead_end(pack, message, Direction::Decrypt),
            Function::AEAD_ABORT => self.operations.abort(pack, message),
            _ => Err(Error::NotSupported),
        }
    }

    fn aead_setup(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        direction: Direction,
    ) -> Result<(), Error> {
        self.operations.require_inactive(pack, message)?;
        let (key, tag_bytes) = prepare(&mut self.keys, pack, message, direction)?;
        let slot = self.operations.alloc(message.client_id())?;
        let started =
            slot.open_aead(pack.algorithm(), pack.key_id())
                .map_or(Err(Error::BadState), |aead| {
                    aead.direction = direction;
                    aead.has_data = false;
                    aead.mode.start(direction, key, tag_bytes)
                });
        slot.after_setup(message, started)
    }

    /// Functions between setup and end. An error ends the operation and erases the output of the
    /// call.
    fn aead_step(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        let aead = self.operations.aead(pack, message)?;
        let result = step::<C>(aead, &mut self.random, pack, message);
        self.operations.after_step(pack, message, result)
    }

    fn aead_end(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        direction: Direction,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        let result = match self.operations.aead(pack, message) {
            Ok(aead) if aead.direction != direction => Err(Error::BadState),
            Ok(aead) => match direction {
                Direction::Encrypt => match aead.mode.finish() {
                    Ok(tag) => write(message, 1, tag.as_bytes()),
                    Err(error) => Err(error.into()),
                },
                Direction::Decrypt => verify(&mut aead.mode, message),
            },
            Err(error) => Err(error),
        };
        self.operations.after_end(pack, message, result)
    }
}

fn step<C: Configuration>(
    aead: &mut Aead<C>,
    random: &mut Random<C>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let mode = &mut aead.mode;
    match pack.function() {
        Function::AEAD_GENERATE_NONCE => {
            if aead.direction != Direction::Encrypt {
                return Err(Error::BadState);
            }
            let mut nonce = [0; MAXIMUM_NONCE_BYTES];
            let nonce = nonce.get_mut(..mode.nonce_bytes()).unwrap_or_default();
            if message.out_size(0) < nonce.len() {
                return Err(Error::BufferTooSmall);
            }
            random.fill(nonce)?;
            mode.set_nonce(nonce)?;
            write(message, 0, nonce)
        }
        Function::AEAD_SET_NONCE => {
            let mut nonce = [0; MAXIMUM_NONCE_BYTES];
            let nonce_bytes = message.in_size(1);
            read(message, 1, &mut nonce);
            let nonce = nonce.get(..nonce_bytes).ok_or(Error::InvalidArgument)?;
            Ok(mode.set_nonce(nonce)?)
        }
        Function::AEAD_SET_LENGTHS => {
            Ok(mode.set_lengths(pack.additional_bytes(), pack.plaintext_bytes())?)
        }
        Function::AEAD_UPDATE_AD => {
            if aead.has_data {
                return Err(Error::BadState);
            }
            authenticate(mode, message, 1)
        }
        _ => {
            aead.has_data = true;
            let data_bytes = message.in_size(1);
            if message.out_size(0) < data_bytes {
                return Err(Error::BufferTooSmall);
            }
            crypt(mode, message, data_bytes)
        }
    }
}
