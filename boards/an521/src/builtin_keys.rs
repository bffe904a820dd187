// SPDX-License-Identifier: Apache-2.0
//! The keys that the device has from the factory: who may do what with them, and where they are.

use crypto::BuiltinKey;
use flash::Mapped as _;
use provisioning::{Secrets, secrets::KEY_BYTES};
use psa::ClientId;
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};
use psa::service::INITIAL_ATTESTATION;

use crate::config::crypto::{PSA_WANT_ALG_HKDF, PSA_WANT_ALG_HMAC};
use crate::memory_map::OTP;

const IAK: KeyId = KeyId::INITIAL_ATTESTATION_KEY;
const HUK: KeyId = KeyId::HARDWARE_UNIQUE_KEY;
const KEY_BITS: u16 = KEY_BYTES as u16 * 8;
/// Client id of TF-M's Protected Storage, which encrypts what it stores with a derived key.
const PROTECTED_STORAGE: ClientId = ClientId::new(256);

/// One row for each client that may use a key; there is none for the non-secure world. The
/// attestation partition authenticates tokens, Protected Storage derives keys, and nobody does
/// anything else. A key for an algorithm that the profile leaves out is not there.
pub const ROWS: &[BuiltinKey] = match (PSA_WANT_ALG_HMAC, PSA_WANT_ALG_HKDF) {
    (false, false) => &[],
    (_, false) => &[ATTESTATION_SIGNS],
    (false, _) => &[STORAGE_DERIVES],
    _ => &[ATTESTATION_SIGNS, STORAGE_DERIVES],
};

const ATTESTATION_SIGNS: BuiltinKey = BuiltinKey::new(
    ClientId::new(INITIAL_ATTESTATION.partition_id),
    IAK,
    KeyAttributes::new(
        KeyType::HMAC,
        KEY_BITS,
        Usage::SIGN_MESSAGE,
        Algorithm::hmac(Algorithm::SHA_256),
    ),
);

const STORAGE_DERIVES: BuiltinKey = BuiltinKey::new(
    PROTECTED_STORAGE,
    HUK,
    KeyAttributes::new(
        KeyType::DERIVE,
        KEY_BITS,
        Usage::DERIVE,
        Algorithm::hkdf(Algorithm::SHA_256),
    ),
);

/// The material, where it stands in OTP, which the boot ROM has checked.
pub fn material(id: KeyId) -> Option<&'static [u8]> {
    let secrets = Secrets::read(OTP.bytes()).ok()?;
    match id {
        IAK => Some(secrets.initial_attestation_key),
        HUK if PSA_WANT_ALG_HKDF => Some(secrets.hardware_unique_key),
        _ => None,
    }
}
