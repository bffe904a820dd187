// SPDX-License-Identifier: Apache-2.0
//! Key agreement: `psa_raw_key_agreement` (PSA Crypto API 1.2, chapter 10.9).
//! `derivation::Derivation::key_agreement` passes the secret on without giving it out.
//!
//! ```
//! use client::{Algorithm, Gateway, KeyId, Status, agreement};
//!
//! /// What both sides know afterwards; it is no key yet.
//! fn secret(secure: &impl Gateway, own: KeyId, peer: &[u8; 65]) -> Result<[u8; 32], Status> {
//!     let mut secret = [0; 32];
//!     agreement::raw_key_agreement(secure, Algorithm::ECDH, own, peer, &mut secret)?;
//!     Ok(secret)
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, Pack};

use crate::crypto::fill;
use crate::gateway::Gateway;

/// `psa_raw_key_agreement`: what the own key pair and the peer's public key have in common, into
/// `secret`; returns its length in bytes.
///
/// # Errors
/// `INVALID_ARGUMENT` for a peer's key that is none, `INVALID_HANDLE`, `NOT_PERMITTED`,
/// `BUFFER_TOO_SMALL`, or what else the service answers.
pub fn raw_key_agreement(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    private_key: KeyId,
    peer_key: &[u8],
    secret: &mut [u8],
) -> Result<usize, Status> {
    let pack = Pack::new(Function::RAW_KEY_AGREEMENT)
        .with_key_id(private_key)
        .with_algorithm(algorithm);
    fill(gateway, &pack, &[peer_key], secret)
}
