// SPDX-License-Identifier: Apache-2.0
//! Keys on the elliptic curve P-256: checks of their material, and their public part.

use primitives::{
    clear,
    p256::{self, PUBLIC_KEY_BYTES, SCALAR_BYTES},
};
use psa::crypto::KeyType;

use crate::error::Error;

/// Refuses imported material that is not a key of its type.
pub(crate) fn check_material(key_type: KeyType, material: &[u8]) -> Result<(), Error> {
    let is_key = match key_type {
        KeyType::ECC_KEY_PAIR_SECP_R1 => material.try_into().is_ok_and(p256::is_private_key),
        KeyType::ECC_PUBLIC_KEY_SECP_R1 => material.try_into().is_ok_and(p256::is_public_key),
        _ => true,
    };
    if is_key {
        Ok(())
    } else {
        Err(Error::InvalidArgument)
    }
}

/// Makes a private key of random material. False if that failed and new material is needed.
pub(crate) fn finish_candidate(key_type: KeyType, material: &mut [u8]) -> bool {
    if key_type != KeyType::ECC_KEY_PAIR_SECP_R1 {
        return true;
    }
    let candidate = material.first_chunk_mut::<SCALAR_BYTES>();
    candidate.is_some_and(|candidate| {
        let mut key = p256::private_key_from_candidate(candidate);
        if let Some(key) = &mut key {
            *candidate = *key;
            clear::bytes(key);
        }
        key.is_some()
    })
}

/// The public key of a key pair or of a public key.
pub(crate) fn public_key(
    key_type: KeyType,
    material: &[u8],
) -> Result<[u8; PUBLIC_KEY_BYTES], Error> {
    let public = match key_type {
        KeyType::ECC_KEY_PAIR_SECP_R1 => material.try_into().ok().and_then(p256::public_key),
        KeyType::ECC_PUBLIC_KEY_SECP_R1 => material.try_into().ok(),
        _ => None,
    };
    public.ok_or(Error::InvalidArgument)
}
