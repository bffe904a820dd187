// SPDX-License-Identifier: Apache-2.0
//! Message authentication codes: `psa_mac_*` (PSA Crypto API 1.2, chapter 10.3).
//!
//! ```
//! use client::{Algorithm, Gateway, KeyId, Status, mac};
//!
//! const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
//!
//! /// Whether a message comes from somebody who has the key.
//! fn is_authentic(
//!     secure: &impl Gateway,
//!     key: KeyId,
//!     message: &[u8],
//!     code: &[u8],
//! ) -> Result<bool, Status> {
//!     match mac::verify(secure, key, HMAC, message, code) {
//!         Ok(()) => Ok(true),
//!         Err(Status::INVALID_SIGNATURE) => Ok(false),
//!         Err(error) => Err(error),
//!     }
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId};

use crate::crypto::{Operation, crypto_call, fill, keyed};
use crate::gateway::Gateway;

/// `psa_mac_compute`: the code of `input` into `mac`; returns its length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, `BUFFER_TOO_SMALL`, or what else the service answers.
pub fn compute(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    input: &[u8],
    mac: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::MAC_COMPUTE, key, algorithm);
    fill(gateway, &pack, &[input], mac)
}

/// `psa_mac_verify`: whether `mac` is the code of `input`.
///
/// # Errors
/// `INVALID_SIGNATURE` when it is not, or what else the service answers.
pub fn verify(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    input: &[u8],
    mac: &[u8],
) -> Result<(), Status> {
    let pack = keyed(Function::MAC_VERIFY, key, algorithm);
    crypto_call(gateway, &pack, &[input, mac], &mut [])
}

/// A code over data that comes in parts. Dropping it aborts it.
pub struct Mac<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Mac<'a, G> {
    /// `psa_mac_sign_setup`: ends with [`Mac::sign_finish`].
    ///
    /// # Errors
    /// `INVALID_HANDLE`, `NOT_PERMITTED`, `INSUFFICIENT_MEMORY`, or what else the service answers.
    pub fn sign_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::MAC_SIGN_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::MAC_ABORT).map(Self)
    }

    /// `psa_mac_verify_setup`: ends with [`Mac::verify_finish`].
    ///
    /// # Errors
    /// Those of [`Mac::sign_setup`].
    pub fn verify_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::MAC_VERIFY_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::MAC_ABORT).map(Self)
    }

    /// `psa_mac_update`.
    ///
    /// # Errors
    /// What the service answers; the operation has then ended.
    pub fn update(&mut self, input: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::MAC_UPDATE, &[input])
    }

    /// `psa_mac_sign_finish`: the code into `mac`; returns its length in bytes.
    ///
    /// # Errors
    /// `BUFFER_TOO_SMALL`, `BAD_STATE` for an operation that verifies, or what else the service
    /// answers.
    pub fn sign_finish(self, mac: &mut [u8]) -> Result<usize, Status> {
        self.0.end(Function::MAC_SIGN_FINISH, &[], Some(mac))
    }

    /// `psa_mac_verify_finish`: whether the code is `mac`.
    ///
    /// # Errors
    /// `INVALID_SIGNATURE` when it is not, `BAD_STATE` for an operation that signs, or what else
    /// the service answers.
    pub fn verify_finish(self, mac: &[u8]) -> Result<(), Status> {
        let end = self.0.end(Function::MAC_VERIFY_FINISH, &[mac], None);
        end.map(|_| ())
    }
}
