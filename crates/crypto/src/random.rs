// SPDX-License-Identifier: Apache-2.0
//! The random service (PSA Crypto API 1.2, "Random number generation"), and random bytes for
//! the other services.
//!
//! Hash_DRBG (NIST SP 800-90A) over the board's source of entropy. It is instantiated by the
//! first request, and takes new entropy when the reseed interval is used up; while the source
//! fails, nothing comes out.
//!
//! Random bytes are made two digests at a time and given out as they are asked for: what one
//! request leaves is for the next, whoever makes it. A byte that was given out is wiped, and the
//! state from which it came is gone since before.

use primitives::{
    clear,
    hash_drbg::{Error as DrbgError, HashDrbg},
    sha256::DIGEST_BYTES,
};
use psa::{
    Message,
    crypto::{Function, Pack},
};

use crate::{Backend, Crypto, error::Error, vectors::write};

/// Requests until new entropy is taken; SP 800-90A allows 2^48.
const RESEED_INTERVAL: u32 = 1 << 20;
/// Tells this use of the device's entropy from others.
const PERSONALIZATION: &[u8] = b"PSA Crypto";
/// What one request of the generator gives: it goes on from one to the next at the cost of two
/// digests, however many it gives.
const SUPPLY_BYTES: usize = 2 * DIGEST_BYTES;

/// A generator, its source, and what it has made and nobody has got yet: the end of the supply.
pub(crate) struct Random<B: Backend> {
    generator: HashDrbg<RESEED_INTERVAL, B::Compression>,
    entropy: B::Entropy,
    supply: [u8; SUPPLY_BYTES],
    left_bytes: usize,
}

impl<B: Backend> Random<B> {
    pub(crate) const fn new(entropy: B::Entropy) -> Self {
        Self {
            generator: HashDrbg::new(),
            entropy,
            supply: [0; SUPPLY_BYTES],
            left_bytes: 0,
        }
    }

    /// Fills `output`. What a failure leaves there must not be used.
    pub(crate) fn fill(&mut self, output: &mut [u8]) -> Result<(), Error> {
        let mut rest = output;
        while !rest.is_empty() {
            let part = self.take(rest.len())?;
            let Some((now, later)) = rest.split_at_mut_checked(part.len()) else {
                return Ok(()); // never: no more is given than asked for
            };
            now.copy_from_slice(part);
            clear::bytes(part);
            rest = later;
        }
        Ok(())
    }

    /// Some random bytes, at least one and at most `most_bytes`, which the caller has to wipe.
    #[inline(never)]
    fn take(&mut self, most_bytes: usize) -> Result<&mut [u8], Error> {
        if self.left_bytes == 0 {
            self.replenish()?;
        }
        let used_bytes = SUPPLY_BYTES.saturating_sub(self.left_bytes);
        let left = self.supply.get_mut(used_bytes..).unwrap_or_default();
        let bytes = most_bytes.min(left.len());
        self.left_bytes = left.len().saturating_sub(bytes);
        Ok(left.get_mut(..bytes).unwrap_or_default())
    }

    fn replenish(&mut self) -> Result<(), Error> {
        loop {
            match self.generator.generate(&mut self.entropy, &mut self.supply) {
                Err(DrbgError::NotInstantiated) => {
                    self.generator
                        .instantiate(&mut self.entropy, PERSONALIZATION)?;
                }
                result => {
                    result?;
                    self.left_bytes = SUPPLY_BYTES;
                    return Ok(());
                }
            }
        }
    }
}

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
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
