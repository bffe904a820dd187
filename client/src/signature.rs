// SPDX-License-Identifier: Apache-2.0
//! Asymmetric signatures: `psa_sign_*` and `psa_verify_*` (PSA Crypto API 1.2, chapter 10.7).
//!
//! ```
//! use client::{Algorithm, Gateway, KeyId, Status, signature};
//!
//! const ECDSA: Algorithm = Algorithm::ecdsa(Algorithm::SHA_256);
//!
//! /// Signs a message; on P-256 a signature has 64 bytes.
//! fn sign(secure: &impl Gateway, key: KeyId, message: &[u8]) -> Result<[u8; 64], Status> {
//!     let mut bytes = [0; 64];
//!     signature::sign_message(secure, key, ECDSA, message, &mut bytes)?;
//!     Ok(bytes)
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, Pack};

use crate::crypto::{crypto_call, fill};
use crate::gateway::Gateway;

fn sign(
    gateway: &impl Gateway,
    pack: &Pack,
    (key, algorithm): (KeyId, Algorithm),
    input: &[u8],
    signature: &mut [u8],
) -> Result<usize, Status> {
    let pack = pack.clone().with_key_id(key).with_algorithm(algorithm);
    fill(gateway, &pack, &[input], signature)
}

fn verify(
    gateway: &impl Gateway,
    pack: &Pack,
    (key, algorithm): (KeyId, Algorithm),
    input: &[u8],
    signature: &[u8],
) -> Result<(), Status> {
    let pack = pack.clone().with_key_id(key).with_algorithm(algorithm);
    crypto_call(gateway, &pack, &[input, signature], &mut [])
}

/// `psa_sign_message`: the signature of a message into `signature`; returns its length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, `BUFFER_TOO_SMALL`, or what else the service answers.
pub fn sign_message(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    message: &[u8],
    signature: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::SIGN_MESSAGE);
    sign(gateway, &pack, (key, algorithm), message, signature)
}

/// `psa_sign_hash`: the signature of a digest into `signature`; returns its length in bytes.
///
/// # Errors
/// `INVALID_ARGUMENT` for a digest of another length, or those of [`sign_message`].
pub fn sign_hash(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    hash: &[u8],
    signature: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::SIGN_HASH);
    sign(gateway, &pack, (key, algorithm), hash, signature)
}

/// `psa_verify_message`: whether `signature` is one of the message.
///
/// # Errors
/// `INVALID_SIGNATURE` when it is not, or what else the service answers.
pub fn verify_message(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Status> {
    let pack = Pack::new(Function::VERIFY_MESSAGE);
    verify(gateway, &pack, (key, algorithm), message, signature)
}

/// `psa_verify_hash`: whether `signature` is one of the digest.
///
/// # Errors
/// `INVALID_SIGNATURE` when it is not, or what else the service answers.
pub fn verify_hash(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    hash: &[u8],
    signature: &[u8],
) -> Result<(), Status> {
    let pack = Pack::new(Function::VERIFY_HASH);
    verify(gateway, &pack, (key, algorithm), hash, signature)
}
