// SPDX-License-Identifier: Apache-2.0
//! Hashes: `psa_hash_*` (PSA Crypto API 1.2, chapter 10.2).

use psa::Status;
use psa::crypto::{Algorithm, Function, Pack};

use crate::crypto::{crypto_call, fill};
use crate::gateway::Gateway;
use crate::operation::Operation;

/// Computes the hash of `input` into `hash` (`psa_hash_compute`). Returns its length in bytes,
/// for example 32 for SHA-256.
///
/// # Errors
/// * `BUFFER_TOO_SMALL`: `hash` is shorter than the hash.
/// * `NOT_SUPPORTED`: the firmware does not have the algorithm.
///
/// # Examples
/// ```
/// use client::{Algorithm, hash};
/// use fake_device::FakeDevice;
///
/// let secure = FakeDevice::new(); // on the device: `client::veneers::Veneers`
/// let mut digest = [0; 32];
/// assert_eq!(hash::compute(&secure, Algorithm::SHA_256, b"abc", &mut digest), Ok(32));
/// assert_eq!(digest[..4], [0xBA, 0x78, 0x16, 0xBF]);
/// ```
pub fn compute(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(algorithm);
    fill(gateway, &pack, &[input], hash)
}

/// Compares the hash of `input` with `hash` (`psa_hash_compare`), in constant time.
///
/// # Errors
/// * `INVALID_SIGNATURE`: they differ.
/// * `NOT_SUPPORTED`: the firmware does not have the algorithm.
///
/// # Examples
/// ```
/// use client::{Algorithm, Status, hash};
/// # let secure = fake_device::FakeDevice::new();
/// let mut digest = [0; 32];
/// hash::compute(&secure, Algorithm::SHA_256, b"abc", &mut digest)?;
/// assert_eq!(hash::compare(&secure, Algorithm::SHA_256, b"abc", &digest), Ok(()));
/// let other = hash::compare(&secure, Algorithm::SHA_256, b"abd", &digest);
/// assert_eq!(other, Err(Status::INVALID_SIGNATURE));
/// # Ok::<(), Status>(())
/// ```
pub fn compare(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &[u8],
) -> Result<(), Status> {
    let pack = Pack::new(Function::HASH_COMPARE).with_algorithm(algorithm);
    crypto_call(gateway, &pack, &[input, hash], &mut [])
}

/// A hash of data that comes in parts. Dropping it aborts the operation.
///
/// # Examples
/// ```
/// use client::hash::Hash;
/// use client::{Algorithm, Status};
/// # let secure = fake_device::FakeDevice::new();
/// let mut hash = Hash::setup(&secure, Algorithm::SHA_256)?;
/// hash.update(b"a")?;
/// hash.update(b"bc")?;
/// let mut digest = [0; 32];
/// assert_eq!(hash.finish(&mut digest), Ok(32));
/// assert_eq!(digest[..4], [0xBA, 0x78, 0x16, 0xBF]);
/// # Ok::<(), Status>(())
/// ```
pub struct Hash<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Hash<'a, G> {
    /// Sets up a hash (`psa_hash_setup`).
    ///
    /// # Errors
    /// * `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    /// * `NOT_SUPPORTED`: the firmware does not have the algorithm.
    pub fn setup(gateway: &'a G, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = Pack::new(Function::HASH_SETUP).with_algorithm(algorithm);
        Operation::setup(gateway, &pack, Function::HASH_ABORT).map(Self)
    }

    /// Adds a part of the data (`psa_hash_update`).
    ///
    /// # Errors
    /// Any error ends the operation; the next call returns `BAD_STATE`.
    pub fn update(&mut self, input: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::HASH_UPDATE, input)
    }

    /// Makes a second operation with the same data so far (`psa_hash_clone`).
    ///
    /// # Errors
    /// `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    pub fn duplicate(&self) -> Result<Self, Status> {
        self.0.duplicate(Function::HASH_CLONE).map(Self)
    }

    /// Writes the hash to `hash` (`psa_hash_finish`). Returns its length in bytes.
    ///
    /// # Errors
    /// `BUFFER_TOO_SMALL`: `hash` is shorter than the hash.
    pub fn finish(self, hash: &mut [u8]) -> Result<usize, Status> {
        self.0.finish(Function::HASH_FINISH, hash)
    }

    /// Compares the hash with `hash` (`psa_hash_verify`), in constant time.
    ///
    /// # Errors
    /// `INVALID_SIGNATURE`: they differ.
    pub fn verify(self, hash: &[u8]) -> Result<(), Status> {
        self.0.verify(Function::HASH_VERIFY, hash)
    }
}
