// SPDX-License-Identifier: Apache-2.0
//! Inputs of a derivation.

use primitives::{clear, hash::Hash};
use psa::crypto::Step;

use super::{Derivation, ITERATIONS_MAX, cmac};
use crate::{
    algorithms::derivation::Function,
    configuration::{AES_128_KEY_BYTES, Configuration},
    error::Error,
};

/// The longest pre-shared key (`PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE`).
const PRE_SHARED_KEY_BYTES_MAX: usize = 128;
impl<C: Configuration> Derivation<C> {
    /// Checks that an input for this step may follow now, and records it.
    pub(crate) fn accept(&mut self, step: Step) -> Result<(), Error> {
        let (function, _) = self.plan.ok_or(Error::BadState)?;
        let progress = &mut self.progress;
        if function == Function::Hkdf && step == Step::INFO {
            if progress.has_information || progress.has_output {
                return Err(Error::BadState);
            }
            progress.has_information = true;
            return Ok(());
        }
        let next = function.after(progress.position.into(), step)?;
        if progress.has_output {
            return Err(Error::BadState);
        }
        progress.position = next as u8;
        progress.has_other_secret |= step == Step::OTHER_SECRET;
        Ok(())
    }

    /// Sets the cost of a password hash.
    pub(crate) fn input_cost(&mut self, cost: u64) -> Result<(), Error> {
        match u32::try_from(cost) {
            Ok(0) => Err(Error::InvalidArgument),
            Ok(cost @ 1..=ITERATIONS_MAX) => {
                self.cost = cost;
                Ok(())
            }
            _ => Err(Error::NotSupported),
        }
    }

    /// Room for an input of `bytes`, to fill before [`Self::input`].
    pub(crate) fn room(&mut self, bytes: usize) -> Result<&mut [u8], Error> {
        let free = self.text.get_mut(usize::from(self.text_bytes)..);
        let room = free.and_then(|free| free.get_mut(..bytes));
        room.ok_or(Error::InsufficientMemory)
    }

    /// Processes an accepted input in its room.
    pub(crate) fn input(&mut self, step: Step, bytes: usize) -> Result<(), Error> {
        let (function, hash) = self.plan.ok_or(Error::BadState)?;
        let end = usize::from(self.text_bytes);
        let (kept, free) = self.text.split_at_mut_checked(end).unwrap_or_default();
        let data = free.get_mut(..bytes).unwrap_or_default();
        let digest_bytes = C::Hash::digest_bytes(hash);
        if C::WANTED.derivation_with_cmac()
            && function.is_of_cmac()
            && matches!(step, Step::SECRET | Step::PASSWORD)
        {
            let mut of_password = [0; AES_128_KEY_BYTES];
            let key = if function == Function::CounterCmac {
                &*data
            } else {
                of_password = cmac::key_of_password::<C>(data)?;
                &of_password
            };
            let places = self.chain.as_mut().iter_mut();
            places.zip(key).for_each(|(to, from)| *to = *from);
            self.key_bytes = key.len() as u8; // of AES: at most 32
            clear::bytes(&mut of_password);
            clear::bytes(data);
            return Ok(());
        }
        match (function, step) {
            (Function::Hkdf | Function::HkdfExtract, Step::SALT) => self.mac.restart(hash, data),
            (Function::Hkdf | Function::HkdfExtract, Step::SECRET) => {
                self.mac.update(data);
                let mut key = self.mac.finish();
                if function == Function::Hkdf {
                    let key = key.as_ref().get(..digest_bytes);
                    self.mac.restart(hash, key.unwrap_or_default());
                } else {
                    self.block.as_mut().copy_from_slice(key.as_ref());
                    self.left_bytes = digest_bytes as u8;
                }
                clear::bytes(key.as_mut());
            }
            (Function::HkdfExpand, Step::SECRET) if bytes < digest_bytes => {
                return Err(Error::InvalidArgument);
            }
            (Function::Tls12PskToMs, Step::SECRET) => {
                if bytes > PRE_SHARED_KEY_BYTES_MAX {
                    return Err(Error::InvalidArgument);
                }
                let (_, other) = kept
                    .split_at_mut_checked(self.split.into())
                    .unwrap_or_default();
                let zeros = [0; PRE_SHARED_KEY_BYTES_MAX];
                // The other secret is the second input.
                let first = if self.progress.has_other_secret {
                    &*other
                } else {
                    zeros.get(..bytes).unwrap_or_default()
                };
                let lengths = [first.len(), bytes].map(|bytes| (bytes as u16).to_be_bytes());
                let [of_first, of_second] = &lengths;
                self.mac
                    .restart_of(hash, &[of_first, first, of_second, data]);
                clear::bytes(other);
                self.text_bytes = self.split;
            }
            (_, Step::SECRET | Step::PASSWORD) => self.mac.restart(hash, data),
            (_, Step::LABEL) if function.is_counter() && data.contains(&0) => {
                return Err(Error::InvalidArgument);
            }
            _ => {
                self.text_bytes += bytes as u16; // there is room for them
                if matches!(step, Step::SEED) || function.is_counter() && step == Step::LABEL {
                    self.split = self.text_bytes;
                }
                return Ok(());
            }
        }
        clear::bytes(data);
        Ok(())
    }

    /// Whether all inputs have come.
    pub(crate) fn require_complete(&self) -> Result<(), Error> {
        let (function, _) = self.plan.ok_or(Error::BadState)?;
        let lacks_information = function == Function::Hkdf && !self.progress.has_information;
        if lacks_information || !function.is_complete(self.progress.position.into()) {
            return Err(Error::BadState);
        }
        Ok(())
    }
}
