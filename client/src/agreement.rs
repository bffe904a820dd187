// SPDX-License-Identifier: Apache-2.0
//! Key agreement: `psa_raw_key_agreement` (PSA Crypto API 1.2, chapter 10.9).
//!
//! The secret is not a key yet. `Derivation::key_agreement` derives keys from it without giving the
//! secret to the application; prefer it.

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId};

use crate::crypto::{fill, keyed};
use crate::gateway::Gateway;

/// Computes the secret that a key pair shares with the public key of a peer
/// (`psa_raw_key_agreement`). Writes it to `secret`; returns its length in bytes: 32 on P-256. The
/// key needs [`Usage::DERIVE`](crate::Usage::DERIVE).
///
/// # Errors
/// * `INVALID_ARGUMENT`: the peer's key is not a point of the curve.
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow this use.
/// * `BUFFER_TOO_SMALL`: `secret` is too short.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, agreement, key};
/// # let secure = fake_device::FakeDevice::new();
/// let kind = KeyType::ECC_KEY_PAIR_SECP_R1;
/// let attributes = KeyAttributes::new(kind, 256, Usage::DERIVE, Algorithm::ECDH);
/// let ours = key::generate(&secure, &attributes)?;
/// let theirs = key::generate(&secure, &attributes)?;
/// let (mut our_public, mut their_public) = ([0; 65], [0; 65]);
/// key::export_public(&secure, ours, &mut our_public)?;
/// key::export_public(&secure, theirs, &mut their_public)?;
///
/// let (mut here, mut there) = ([0; 32], [0; 32]);
/// let ecdh = Algorithm::ECDH;
/// agreement::raw_key_agreement(&secure, ecdh, ours, &their_public, &mut here)?;
/// agreement::raw_key_agreement(&secure, ecdh, theirs, &our_public, &mut there)?;
/// assert_eq!(here, there);
/// # Ok::<(), Status>(())
/// ```
pub fn raw_key_agreement(
    gateway: &impl Gateway,
    algorithm: Algorithm,
    private_key: KeyId,
    peer_key: &[u8],
    secret: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::RAW_KEY_AGREEMENT, private_key, algorithm);
    fill(gateway, &pack, &[peer_key], secret)
}
