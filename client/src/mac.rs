// SPDX-License-Identifier: Apache-2.0
//! Message authentication codes (MAC): `psa_mac_*` (PSA Crypto API 1.2, chapter 10.3).

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId};

use crate::crypto::{crypto_call, fill, keyed};
use crate::gateway::Gateway;
use crate::operation::Operation;

/// Computes the MAC of `input` into `mac` (`psa_mac_compute`). Returns its length in bytes. The
/// key needs [`Usage::SIGN_MESSAGE`](crate::Usage::SIGN_MESSAGE).
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow this use.
/// * `BUFFER_TOO_SMALL`: `mac` is shorter than the MAC.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key, mac};
/// # let secure = fake_device::FakeDevice::new();
/// const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
/// let usage = Usage::SIGN_MESSAGE.with(Usage::VERIFY_MESSAGE);
/// let attributes = KeyAttributes::new(KeyType::HMAC, 256, usage, HMAC);
/// let key = key::generate(&secure, &attributes)?;
///
/// let mut code = [0; 32];
/// assert_eq!(mac::compute(&secure, key, HMAC, b"message", &mut code), Ok(32));
/// assert_eq!(mac::verify(&secure, key, HMAC, b"message", &code), Ok(()));
/// let forged = mac::verify(&secure, key, HMAC, b"massage", &code);
/// assert_eq!(forged, Err(Status::INVALID_SIGNATURE));
/// # Ok::<(), Status>(())
/// ```
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

/// Compares the MAC of `input` with `mac` (`psa_mac_verify`), in constant time. The key needs
/// [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE). [`compute`] has an example.
///
/// # Errors
/// * `INVALID_SIGNATURE`: they differ.
/// * `INVALID_HANDLE`, `NOT_PERMITTED`: as for [`compute`].
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

/// A MAC of data that comes in parts. Dropping it aborts the operation.
///
/// # Examples
/// ```
/// use client::mac::Mac;
/// # use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key, mac};
/// # let secure = fake_device::FakeDevice::new();
/// # const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
/// # let usage = Usage::SIGN_MESSAGE.with(Usage::VERIFY_MESSAGE);
/// # let key = key::generate(&secure, &KeyAttributes::new(KeyType::HMAC, 256, usage, HMAC))?;
/// let mut mac = Mac::sign_setup(&secure, key, HMAC)?;
/// mac.update(b"mes")?;
/// mac.update(b"sage")?;
/// let mut code = [0; 32];
/// assert_eq!(mac.sign_finish(&mut code), Ok(32));
/// assert_eq!(mac::verify(&secure, key, HMAC, b"message", &code), Ok(()));
/// # Ok::<(), Status>(())
/// ```
pub struct Mac<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Mac<'a, G> {
    /// Sets up a MAC to compute (`psa_mac_sign_setup`); [`Mac::sign_finish`] ends it.
    ///
    /// # Errors
    /// * `INVALID_HANDLE`, `NOT_PERMITTED`: as for [`compute`].
    /// * `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    pub fn sign_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::MAC_SIGN_SETUP, key, algorithm)
    }

    /// Sets up a MAC to verify (`psa_mac_verify_setup`); [`Mac::verify_finish`] ends it.
    ///
    /// # Errors
    /// Those of [`Mac::sign_setup`].
    pub fn verify_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::MAC_VERIFY_SETUP, key, algorithm)
    }

    fn setup(
        gateway: &'a G,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
    ) -> Result<Self, Status> {
        let pack = keyed(function, key, algorithm);
        Operation::setup(gateway, &pack, Function::MAC_ABORT).map(Self)
    }

    /// Adds a part of the data (`psa_mac_update`).
    ///
    /// # Errors
    /// Any error ends the operation; the next call returns `BAD_STATE`.
    pub fn update(&mut self, input: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::MAC_UPDATE, input)
    }

    /// Writes the MAC to `mac` (`psa_mac_sign_finish`). Returns its length in bytes.
    ///
    /// # Errors
    /// * `BUFFER_TOO_SMALL`: `mac` is shorter than the MAC.
    /// * `BAD_STATE`: the operation verifies.
    pub fn sign_finish(self, mac: &mut [u8]) -> Result<usize, Status> {
        self.0.finish(Function::MAC_SIGN_FINISH, mac)
    }

    /// Compares the MAC with `mac` (`psa_mac_verify_finish`), in constant time.
    ///
    /// # Errors
    /// * `INVALID_SIGNATURE`: they differ.
    /// * `BAD_STATE`: the operation computes.
    pub fn verify_finish(self, mac: &[u8]) -> Result<(), Status> {
        self.0.verify(Function::MAC_VERIFY_FINISH, mac)
    }
}
