// SPDX-License-Identifier: Apache-2.0
//! The keys that the device has from the factory: who may do what with them, and where they are.

use crypto::{BuiltinKey, Wanted};
use provisioning::{Secrets, secrets::KEY_BYTES};
use psa::ClientId;
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};
use psa::service::INITIAL_ATTESTATION;

use crate::Board;

const IAK: KeyId = KeyId::INITIAL_ATTESTATION_KEY;
const HUK: KeyId = KeyId::HARDWARE_UNIQUE_KEY;
const KEY_BITS: u16 = KEY_BYTES as u16 * 8;
/// Client id of TF-M's Protected Storage, which encrypts what it stores with a derived key.
const PROTECTED_STORAGE: ClientId = ClientId::new(256);

/// One row for each client that may use a key; there is none for the non-secure world. The
/// attestation partition authenticates tokens and Protected Storage derives keys; no other use is
/// allowed. A key for an algorithm that the profile leaves out is not there.
pub const fn rows(wanted: &Wanted) -> &'static [BuiltinKey] {
    match (wanted.hmac, wanted.hkdf) {
        (false, false) => &[],
        (true, false) => &[ATTESTATION_SIGNS],
        (false, true) => &[STORAGE_DERIVES],
        (true, true) => &[ATTESTATION_SIGNS, STORAGE_DERIVES],
    }
}

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
pub fn material<B: Board>(id: KeyId, wanted: &Wanted) -> Option<&'static [u8]> {
    let secrets = Secrets::read(B::otp()).ok()?;
    match id {
        IAK => Some(secrets.initial_attestation_key),
        HUK if wanted.hkdf => Some(secrets.hardware_unique_key),
        _ => None,
    }
}
