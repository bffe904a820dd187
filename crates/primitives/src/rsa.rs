// SPDX-License-Identifier: Apache-2.0
//! Verification of RSA signatures: RSASSA-PSS with SHA-256 (RFC 8017, 8.1.2), for moduli of
//! 3072 and 2048 bits and the public exponent 65537.
//!
//! All values are public, so time may depend on them. All of them may come from an attacker: only
//! exactly the encoding of a signer is accepted.

mod montgomery;
mod position;
mod pss;

use crate::comparison::Comparison;
use crate::sha256::{Compression, DIGEST_BYTES};

/// Size of the largest modulus in bytes.
const MODULUS_BYTES_MAX: usize = 3072 / 8;
/// Size of the smaller modulus in bytes.
const MODULUS_BYTES_SMALL: usize = 2048 / 8;
/// The only public exponent that is accepted: the Fermat number that signers use.
const PUBLIC_EXPONENT: u32 = 65537;

/// Whether `signature` is a signature over the message with this SHA-256 `digest`.
///
/// The modulus is big endian without leading zeros, and the signature has its length; the salt
/// has 32 bytes and the mask is MGF1 with SHA-256. All hashing is by the compression `C`.
#[must_use]
pub fn verify_pss_sha256<C: Compression>(
    modulus: &[u8],
    exponent: u32,
    digest: &[u8; DIGEST_BYTES],
    signature: &[u8],
) -> bool {
    let comparison = open_pss_sha256::<C>(modulus, exponent, digest, signature);
    comparison.is_some_and(|comparison| comparison.holds())
}

/// Verifies a signature like [`verify_pss_sha256`], except for the last comparison, of the hash of
/// digest and salt with that in the signature. `None` when an earlier check fails.
#[must_use]
pub fn open_pss_sha256<C: Compression>(
    modulus: &[u8],
    exponent: u32,
    digest: &[u8; DIGEST_BYTES],
    signature: &[u8],
) -> Option<Comparison> {
    let is_supported = matches!(modulus.len(), MODULUS_BYTES_MAX | MODULUS_BYTES_SMALL);
    let is_full_length = modulus.first().is_some_and(|byte| byte & 0x80 != 0);
    let is_odd = modulus.last().is_some_and(|byte| byte & 1 != 0);
    if !(is_supported && is_full_length && is_odd && exponent == PUBLIC_EXPONENT) {
        return None;
    }
    // Big endian numbers of the same length are in the order of their bytes.
    if signature.len() != modulus.len() || signature >= modulus {
        return None;
    }
    let mut buffer = [0; MODULUS_BYTES_MAX];
    let encoded = buffer.get_mut(..modulus.len())?;
    montgomery::raise_to_public_exponent(modulus, signature, encoded);
    pss::open::<C>(encoded, digest)
}

#[cfg(test)]
mod tests;
