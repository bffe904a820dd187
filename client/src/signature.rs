// SPDX-License-Identifier: Apache-2.0
//! Asymmetric signatures: `psa_sign_*` and `psa_verify_*` (PSA Crypto API 1.2, chapter 10.7).

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId};

use crate::crypto::{crypto_call, fill, keyed};
use crate::gateway::Gateway;

/// Signs a message (`psa_sign_message`). Writes the signature to `signature`; returns its length in
/// bytes: 64 on P-256. The key needs [`Usage::SIGN_MESSAGE`](crate::Usage::SIGN_MESSAGE).
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow this use.
/// * `BUFFER_TOO_SMALL`: `signature` is too short.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key, signature};
/// # let secure = fake_device::FakeDevice::new();
/// const ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::SHA_256);
/// let usage = Usage::SIGN_MESSAGE.with(Usage::VERIFY_MESSAGE);
/// let attributes = KeyAttributes::new(KeyType::ECC_KEY_PAIR_SECP_R1, 256, usage, ECDSA);
/// let key = key::generate(&secure, &attributes)?;
///
/// let mut bytes = [0; 64];
/// let length = signature::sign_message(&secure, key, ECDSA, b"message", &mut bytes);
/// assert_eq!(length, Ok(64));
/// assert_eq!(signature::verify_message(&secure, key, ECDSA, b"message", &bytes), Ok(()));
/// let forged = signature::verify_message(&secure, key, ECDSA, b"massage", &bytes);
/// assert_eq!(forged, Err(Status::INVALID_SIGNATURE));
/// # Ok::<(), Status>(())
/// ```
pub fn sign_message(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    message: &[u8],
    signature: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::SIGN_MESSAGE, key, algorithm);
    fill(gateway, &pack, &[message], signature)
}

/// Signs a hash (`psa_sign_hash`). Writes the signature to `signature`; returns its length in
/// bytes. The key needs [`Usage::SIGN_HASH`](crate::Usage::SIGN_HASH).
///
/// # Errors
/// * `INVALID_ARGUMENT`: the hash does not have the length of the algorithm's.
/// * Those of [`sign_message`].
pub fn sign_hash(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    hash: &[u8],
    signature: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::SIGN_HASH, key, algorithm);
    fill(gateway, &pack, &[hash], signature)
}

/// Verifies the signature of a message (`psa_verify_message`). The key needs
/// [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE). [`sign_message`] has an example.
///
/// # Errors
/// * `INVALID_SIGNATURE`: it is not a signature of this message by this key.
/// * `INVALID_HANDLE`, `NOT_PERMITTED`: as for [`sign_message`].
pub fn verify_message(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Status> {
    let pack = keyed(Function::VERIFY_MESSAGE, key, algorithm);
    crypto_call(gateway, &pack, &[message, signature], &mut [])
}

/// Verifies the signature of a hash (`psa_verify_hash`). The key needs
/// [`Usage::VERIFY_HASH`](crate::Usage::VERIFY_HASH).
///
/// # Errors
/// Those of [`verify_message`].
pub fn verify_hash(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    hash: &[u8],
    signature: &[u8],
) -> Result<(), Status> {
    let pack = keyed(Function::VERIFY_HASH, key, algorithm);
    crypto_call(gateway, &pack, &[hash, signature], &mut [])
}
