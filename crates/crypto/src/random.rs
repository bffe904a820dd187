// SPDX-License-Identifier: Apache-2.0
//! Random bytes for all services.
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

use crate::{configuration::Configuration, error::Error};

/// Requests until new entropy is taken; SP 800-90A allows 2^48.
const RESEED_INTERVAL: u32 = 1 << 20;
/// Tells this use of the device's entropy from others.
const PERSONALIZATION: &[u8] = b"PSA Crypto";
/// What one request of the generator gives: it goes on from one to the next at the cost of two
/// digests, however many it gives.
const SUPPLY_BYTES: usize = 2 * DIGEST_BYTES;

/// A generator, its source, and the bytes that it has made and not returned yet: the end of the
/// supply.
pub(crate) struct Random<C: Configuration> {
    generator: HashDrbg<RESEED_INTERVAL, C::Compression>,
    entropy: C::Entropy,
    supply: [u8; SUPPLY_BYTES],
    left_bytes: usize,
}

impl<C: Configuration> Random<C> {
    pub(crate) const fn new(entropy: C::Entropy) -> Self {
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
    pub(crate) fn take(&mut self, most_bytes: usize) -> Result<&mut [u8], Error> {
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
