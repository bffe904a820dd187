// SPDX-License-Identifier: Apache-2.0
//! Hashes: `psa_hash_*` (PSA Crypto API 1.2, chapter 10.2).
//!
//! ```
//! use client::hash::Hash;
//! use client::{Algorithm, Gateway, Status};
//!
//! fn digest(secure: &impl Gateway, parts: &[&[u8]]) -> Result<[u8; 32], Status> {
//!     let mut hash = Hash::setup(secure, Algorithm::SHA_256)?;
//!     for part in parts {
//!         hash.update(part)?;
//!     }
//!     let mut digest = [0; 32];
//!     hash.finish(&mut digest)?;
//!     Ok(digest)
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, OPERATION_HANDLE_BYTES, Pack};

use crate::crypto::{Operation, crypto_call, fill};
use crate::gateway::Gateway;

/// `psa_hash_compute`: the hash of `input` into `hash`; returns its length in bytes.
///
/// # Errors
/// `BUFFER_TOO_SMALL`, `NOT_SUPPORTED`, or what else the service answers.
pub fn compute(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(algorithm);
    fill(gateway, &pack, &[input], hash)
}

/// `psa_hash_compare`: whether `hash` is the hash of `input`.
///
/// # Errors
/// `INVALID_SIGNATURE` when it is not, or what else the service answers.
pub fn compare(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    input: &[u8],
    hash: &[u8],
) -> Result<(), Status> {
    let pack = Pack::new(Function::HASH_COMPARE).with_algorithm(algorithm);
    crypto_call(gateway, &pack, &[input, hash], &mut [])
}

/// A hash over data that comes in parts. Dropping it aborts it.
pub struct Hash<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Hash<'a, G> {
    /// `psa_hash_setup`.
    ///
    /// # Errors
    /// `INSUFFICIENT_MEMORY` when all contexts are in use, `NOT_SUPPORTED`, or what else the
    /// service answers.
    pub fn setup(gateway: &'a G, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = Pack::new(Function::HASH_SETUP).with_algorithm(algorithm);
        Operation::begin(gateway, &pack, &[], Function::HASH_ABORT).map(Self)
    }

    /// `psa_hash_update`.
    ///
    /// # Errors
    /// What the service answers; the operation has then ended.
    pub fn update(&mut self, input: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::HASH_UPDATE, &[input])
    }

    /// `psa_hash_clone`: a second operation that goes on from here.
    ///
    /// # Errors
    /// `INSUFFICIENT_MEMORY`, or what else the service answers.
    pub fn duplicate(&self) -> Result<Self, Status> {
        let pack = self.0.pack(Function::HASH_CLONE);
        let target = [0; OPERATION_HANDLE_BYTES];
        Operation::begin(self.0.gateway(), &pack, &[&target], Function::HASH_ABORT).map(Self)
    }

    /// `psa_hash_finish`: the hash into `hash`; returns its length in bytes.
    ///
    /// # Errors
    /// `BUFFER_TOO_SMALL`, or what else the service answers.
    pub fn finish(self, hash: &mut [u8]) -> Result<usize, Status> {
        self.0.end(Function::HASH_FINISH, &[], Some(hash))
    }

    /// `psa_hash_verify`: whether the hash is `hash`.
    ///
    /// # Errors
    /// `INVALID_SIGNATURE` when it is not, or what else the service answers.
    pub fn verify(self, hash: &[u8]) -> Result<(), Status> {
        self.0.end(Function::HASH_VERIFY, &[hash], None).map(|_| ())
    }
}
