// SPDX-License-Identifier: Apache-2.0
//! Deterministic random bits: Hash_DRBG with SHA-256 (NIST SP 800-90A Rev. 1, 10.1.1), 256 bits
//! of security.
//!
//! Of the three mechanisms of the standard this one costs least if SHA-256 is in the image: 32 bytes
//! take three compressions (HMAC_DRBG: twelve), and the only additional code adds 440-bit numbers.
//!
//! The generator asks its source of entropy by itself when the reseed interval is used up and
//! gives nothing when the source fails. Prediction resistance is had by [`HashDrbg::reseed`]
//! before a request. Additional input of single requests is left out: no caller passes any.

mod seed;

use core::marker::PhantomData;

use seed::{Seed, Value};

use crate::clear;
use crate::sha256::{Compression, DIGEST_BYTES, Portable};

/// Entropy that the mechanism takes in when it is seeded, in bytes: the security strength.
pub const ENTROPY_BYTES: usize = 32;
/// Bytes that instantiation takes in addition, from the same source, as the nonce.
pub const NONCE_BYTES: usize = 16;
/// Maximum of one request in bytes (SP 800-90A, table 2: 2^19 bits).
pub const MAXIMUM_REQUEST_BYTES: usize = 1 << 16;

/// A source of entropy, such as a conditioned hardware generator.
pub trait Entropy {
    /// Fills all of `bytes` with full entropy, or fails and says nothing about them.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure>;
}

/// The source of entropy has none to give, or fails its own tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntropyFailure;

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The source of entropy failed.
    Entropy,
    /// The generator was never instantiated, or was cleared.
    NotInstantiated,
    /// The request exceeds [`MAXIMUM_REQUEST_BYTES`].
    RequestTooLong,
}

impl From<EntropyFailure> for Error {
    fn from(_: EntropyFailure) -> Self {
        Self::Entropy
    }
}

/// The generator; after `RESEED_INTERVAL` requests it takes new entropy. The standard allows an
/// interval of up to 2^48.
pub struct HashDrbg<const RESEED_INTERVAL: u32, C = Portable> {
    value: Value,
    constant: Seed,
    /// Number of the next request since the last seeding, from 1; 0 before the first.
    reseed_counter: u32,
    compression: PhantomData<C>,
}

impl<const RESEED_INTERVAL: u32, C: Compression> HashDrbg<RESEED_INTERVAL, C> {
    /// A generator, which must be instantiated before the first request.
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(RESEED_INTERVAL > 0 && RESEED_INTERVAL < u32::MAX) };
        Self {
            value: Value::ZERO,
            constant: Seed::ZERO,
            reseed_counter: 0,
            compression: PhantomData,
        }
    }

    /// Seeds the generator for the first time. `personalization` tells devices apart that might
    /// have the same entropy; it needs not be secret.
    ///
    /// # Errors
    /// [`Error::Entropy`]: the generator is left as it was.
    pub fn instantiate(
        &mut self,
        entropy: &mut impl Entropy,
        personalization: &[u8],
    ) -> Result<(), Error> {
        self.seed(false, entropy, personalization)
    }

    /// Takes in new entropy, and `additional` input if there is any.
    ///
    /// # Errors
    /// [`Error::NotInstantiated`]; [`Error::Entropy`]: the generator is left as it was.
    pub fn reseed(&mut self, entropy: &mut impl Entropy, additional: &[u8]) -> Result<(), Error> {
        if self.reseed_counter == 0 {
            return Err(Error::NotInstantiated);
        }
        self.seed(true, entropy, additional)
    }

    /// Fills `output`; takes new entropy before if the interval is used up.
    ///
    /// # Errors
    /// Any [`Error`]; then nothing was written.
    pub fn generate(&mut self, entropy: &mut impl Entropy, output: &mut [u8]) -> Result<(), Error> {
        if output.len() > MAXIMUM_REQUEST_BYTES {
            return Err(Error::RequestTooLong);
        }
        if self.reseed_counter > RESEED_INTERVAL {
            self.reseed(entropy, &[])?;
        }
        if self.reseed_counter == 0 {
            return Err(Error::NotInstantiated);
        }
        self.fill(output);
        self.reseed_counter = self.reseed_counter.wrapping_add(1);
        Ok(())
    }

    /// Wipes the generator, which must be instantiated again.
    pub fn clear(&mut self) {
        clear::replace(self, Self::new());
    }

    /// Hashgen and what follows it: digests of the value and of the values after it, then the
    /// sum that can't be reversed. The value counts up in its place, and the sum makes up
    /// for that, so that no copy is needed.
    #[inline(never)] // not in the stack below which entropy is taken
    fn fill(&mut self, output: &mut [u8]) {
        let mut future = [0; 8];
        self.value.digest_with_prefix::<C>(3, &mut future);
        let mut counter = i64::from(self.reseed_counter);
        let mut parts = output.chunks_mut(DIGEST_BYTES);
        let mut next = parts.next();
        while let Some(part) = next {
            self.value.digest::<C>(part);
            next = parts.next();
            if next.is_some() {
                self.value.increment();
                counter -= 1;
            }
        }
        self.value.add(&self.constant, &future, counter);
        clear::replace(&mut future, [0; 8]);
    }

    /// Seeds the generator for the first time, with a nonce, or `again`, on top of what it has.
    #[inline(never)] // twice
    fn seed(
        &mut self,
        again: bool,
        entropy: &mut impl Entropy,
        material: &[u8],
    ) -> Result<(), Error> {
        let mut input = [0; ENTROPY_BYTES + NONCE_BYTES];
        let bytes = if again { ENTROPY_BYTES } else { input.len() };
        let wanted = input.get_mut(..bytes).unwrap_or_default();
        let result = entropy.fill(wanted);
        if result.is_ok() {
            self.value.derive::<C>(again, [wanted, material]);
            self.constant.derive::<C>(&[self.value.with_prefix(0)]);
            self.reseed_counter = 1;
        }
        clear::bytes(&mut input);
        Ok(result?)
    }
}

impl<const RESEED_INTERVAL: u32, C: Compression> Default for HashDrbg<RESEED_INTERVAL, C> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
