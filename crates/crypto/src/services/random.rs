// SPDX-License-Identifier: Apache-2.0
//! The random service (PSA Crypto API 1.2, "Random number generation").

use primitives::clear;
use psa::{
    Message,
    crypto::{Function, Pack},
};

use crate::{configuration::Configuration, error::Error, partition::Crypto, vectors::write};

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the random group.
    pub(crate) fn random_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        if pack.function() != Function::GENERATE_RANDOM {
            return Err(Error::NotSupported);
        }
        let mut left_bytes = message.out_size(0);
        while left_bytes != 0 {
            let given = self.random.take(left_bytes).and_then(|part| {
                let written = write(message, 0, part);
                clear::bytes(part);
                written.map(|()| part.len())
            });
            match given {
                Ok(bytes) => left_bytes = left_bytes.saturating_sub(bytes),
                Err(error) => {
                    message.erase(0);
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}
