// SPDX-License-Identifier: Apache-2.0
//! The random service (PSA Crypto API 1.2, "Random number generation"), and random bytes for
//! the other services.
//!
//! Hash_DRBG (NIST SP 800-90A) over the board's source of entropy. It is instantiated by the
//! first request, and takes new entropy when the reseed interval is used up; while the source
//! fails, nothing comes out. One request of a client is served by several requests of at most
//! one digest block each, after each of which the state before can't be computed any more.

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
/// What one request of the generator gives for a client.
const PART_BYTES: usize = 2 * DIGEST_BYTES;

/// A generator and its source.
pub(crate) struct Random<B: Backend> {
    generator: HashDrbg<RESEED_INTERVAL, B::Compression>,
    entropy: B::Entropy,
}

impl<B: Backend> Random<B> {
    pub(crate) const fn new(entropy: B::Entropy) -> Self {
        Self {
            generator: HashDrbg::new(),
            entropy,
        }
    }

    /// Fills all of `output`, or nothing of it.
    pub(crate) fn fill(&mut self, output: &mut [u8]) -> Result<(), Error> {
        loop {
            match self.generator.generate(&mut self.entropy, output) {
                Err(DrbgError::NotInstantiated) => {
                    self.generator
                        .instantiate(&mut self.entropy, PERSONALIZATION)?;
                }
                result => return Ok(result?),
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
        let mut part = [0; PART_BYTES];
        let mut left_bytes = message.out_size(0);
        let mut result = Ok(());
        while left_bytes != 0 && result.is_ok() {
            let part = match part.get_mut(..left_bytes) {
                Some(last) => last,
                None => &mut part,
            };
            left_bytes = left_bytes.saturating_sub(part.len());
            result = self
                .random
                .fill(part)
                .and_then(|()| write(message, 0, part));
        }
        clear::bytes(&mut part);
        if result.is_err() {
            message.erase(0);
        }
        result
    }
}
