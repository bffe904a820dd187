// SPDX-License-Identifier: Apache-2.0
//! The key derivation service (PSA Crypto API 1.2, "Key derivation").
//!
//! State rules. Any error of a call on an active operation ends it, with two exceptions of the
//! specification: a capacity that is too large changes nothing, and a request for more than the
//! capacity leaves an active operation without capacity. An abort always succeeds.
//!
//! Output. Bytes always; keys if the secret or password was a key or the result of a key agreement.
//! No function compares output, so no key is created that permits only comparison.
//!
//! An input and its key are checked before the order of the inputs.

use primitives::{clear, p256};
use psa::{
    Framework, Message,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Step, Usage},
};

use super::{agreement::shared_secret, key_attributes::attributes_of};
use crate::{
    configuration::Configuration,
    error::Error,
    keys::{attributes, curve},
    operations::derivation::Derivation,
    partition::Crypto,
    vectors::{read, require_word_output, write, write_word},
};

/// Bytes of output in the stack at a time.
const PART_BYTES: usize = 64;

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the group.
    pub(crate) fn derivation_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::RAW_KEY_AGREEMENT if C::WANTED.ecdh => self.raw_key_agreement(pack, message),
            _ if !C::WANTED.key_derivation() => Err(Error::NotSupported),
            Function::KEY_DERIVATION_SETUP => self.derivation_setup(pack, message),
            Function::KEY_DERIVATION_ABORT => self.operations.abort(pack, message),
            Function::KEY_DERIVATION_OUTPUT_KEY => {
                require_word_output(message)?;
                let created = self.derivation_step(pack, message, framework);
                write_word(message, created.unwrap_or(KeyId::NULL).0)?;
                created.map(|_| ())
            }
            _ => self.derivation_step(pack, message, framework).map(|_| ()),
        }
    }

    fn derivation_setup(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        self.operations.require_inactive(pack, message)?;
        let slot = self.operations.alloc(message.client_id())?;
        let begun = slot
            .open_derivation()
            .map_or(Err(Error::BadState), |derivation| {
                derivation.begin(pack.algorithm())
            });
        slot.after_setup(message, begun)
    }

    /// Functions between setup and abort; returns the id of a derived key, or the null id.
    fn derivation_step(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<KeyId, Error> {
        let result = self.derivation_function(pack, message, framework);
        let goes_on = match result {
            Ok(_) | Err(Error::InsufficientData) => true,
            Err(Error::InvalidArgument) => pack.function() == Function::KEY_DERIVATION_SET_CAPACITY,
            Err(_) => false,
        };
        if !goes_on {
            self.operations.release(pack, message);
            message.erase(0);
        } else if self.operations.derivation(pack, message)?.has_given_all() {
            // It does not need its key any more: destroying the key must not end it.
            self.operations.set_key(KeyId::NULL, pack, message);
        }
        result
    }

    fn derivation_function(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<KeyId, Error> {
        if matches!(
            pack.function(),
            Function::KEY_DERIVATION_INPUT_KEY | Function::KEY_DERIVATION_KEY_AGREEMENT
        ) {
            // A missing key is reported first: destroying it may have ended the operation.
            self.keys.held(message.client_id(), pack.key_id())?;
        }
        let derivation = self.operations.derivation(pack, message)?;
        match pack.function() {
            Function::KEY_DERIVATION_GET_CAPACITY => {
                write_word(message, derivation.capacity_bytes())?;
            }
            Function::KEY_DERIVATION_SET_CAPACITY => derivation.set_capacity(pack.capacity())?,
            Function::KEY_DERIVATION_INPUT_BYTES => {
                let step = Step(pack.step());
                if step == Step::COST || step == Step::SECRET && derivation.needs_key() {
                    return Err(Error::InvalidArgument);
                }
                derivation.accept(step)?;
                let bytes = message.in_size(1);
                read(message, 1, derivation.room(bytes)?);
                derivation.input(step, bytes)?;
            }
            Function::KEY_DERIVATION_INPUT_INTEGER => {
                let step = Step(pack.step());
                if step != Step::COST {
                    return Err(Error::InvalidArgument);
                }
                derivation.accept(step)?;
                derivation.input_cost(pack.value())?;
            }
            Function::KEY_DERIVATION_INPUT_KEY => {
                let step = Step(pack.step());
                let algorithm = derivation.algorithm();
                let key =
                    self.keys
                        .usable(message.client_id(), pack.key_id(), Usage::DERIVE, algorithm);
                let (attributes, material) = key?;
                derivation.accept(step)?;
                if !suits(attributes.key_type, step, algorithm) {
                    return Err(Error::InvalidArgument);
                }
                copy(derivation.room(material.len())?, material);
                derivation.input(step, material.len())?;
                let is_secret = matches!(step, Step::SECRET | Step::PASSWORD);
                derivation.progress.permits_keys |= is_secret;
                if is_secret {
                    self.operations.set_key(pack.key_id(), pack, message);
                }
            }
            Function::KEY_DERIVATION_KEY_AGREEMENT if C::WANTED.ecdh => {
                let step = Step(pack.step());
                let algorithm = derivation.algorithm();
                if !algorithm.is_key_agreement() {
                    return Err(Error::InvalidArgument);
                }
                if !matches!(step, Step::SECRET | Step::OTHER_SECRET) || derivation.needs_key() {
                    return Err(Error::InvalidArgument);
                }
                let key = self.keys.usable(
                    message.client_id(),
                    pack.key_id(),
                    Usage::DERIVE,
                    algorithm,
                )?;
                derivation.accept(step)?;
                let mut secret = shared_secret(key, message)?;
                let room = derivation.room(secret.len());
                let result = room.map(|room| copy(room, &secret));
                clear::bytes(&mut secret);
                result?;
                derivation.input(step, p256::SCALAR_BYTES)?;
                derivation.progress.permits_keys |= step == Step::SECRET;
            }
            Function::KEY_DERIVATION_OUTPUT_BYTES => {
                derivation.require_complete()?;
                let mut left_bytes = message.out_size(0);
                derivation.spend(left_bytes)?;
                let mut part = [0; PART_BYTES];
                while left_bytes != 0 {
                    let bytes = left_bytes.min(PART_BYTES);
                    let part = part.get_mut(..bytes).unwrap_or_default();
                    derivation.fill(part)?;
                    write(message, 0, part)?;
                    left_bytes -= bytes;
                }
                clear::bytes(&mut part);
            }
            Function::KEY_DERIVATION_OUTPUT_KEY => {
                derivation.require_complete()?;
                if !derivation.progress.permits_keys {
                    return Err(Error::NotPermitted);
                }
                return self.derive_key(pack, message, framework);
            }
            _ => return Err(Error::NotSupported),
        }
        Ok(KeyId::NULL)
    }

    /// Derives a key whose attributes are in input vector 1.
    fn derive_key(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<KeyId, Error> {
        let mut attributes = KeyAttributes::decode(&attributes_of(message)?);
        attributes::generate::<C>(&mut attributes)?;
        let derivation = self.operations.derivation(pack, message)?;
        let material = self.keys.create(message.client_id(), &attributes)?;
        let filled = draw(derivation, attributes.key_type, material);
        self.keys.settle(framework, filled)
    }
}

/// Fills the room for a key with the output of a derivation. For a private key, output is drawn
/// until it is a valid key.
fn draw<C: Configuration>(
    derivation: &mut Derivation<C>,
    key_type: KeyType,
    material: &mut [u8],
) -> Result<(), Error> {
    loop {
        derivation.spend(material.len())?;
        derivation.fill(material)?;
        if !C::WANTED.elliptic_curves() || curve::finish_candidate(key_type, material) {
            return Ok(());
        }
    }
}

/// Whether a key of this type can be the input of the step.
fn suits(key_type: KeyType, step: Step, algorithm: Algorithm) -> bool {
    const PBKDF2_HMAC: Algorithm = Algorithm::pbkdf2_hmac(Algorithm::NONE);
    let derivation = algorithm.derivation().without_hash();
    match step {
        Step::SECRET if derivation == Algorithm::SP800_108_COUNTER_CMAC => key_type == KeyType::AES,
        Step::SECRET if key_type == KeyType::HMAC => {
            derivation == Algorithm::sp800_108_counter_hmac(Algorithm::NONE)
        }
        Step::SECRET | Step::OTHER_SECRET => key_type == KeyType::DERIVE,
        Step::PASSWORD => matches!(key_type, KeyType::PASSWORD | KeyType::DERIVE),
        Step::SALT if key_type == KeyType::PEPPER => {
            matches!(derivation, PBKDF2_HMAC | Algorithm::PBKDF2_AES_CMAC_PRF_128)
        }
        Step::COST => false,
        _ => key_type == KeyType::RAW_DATA,
    }
}

fn copy(to: &mut [u8], from: &[u8]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
}
