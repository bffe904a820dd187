// SPDX-License-Identifier: Apache-2.0
//! Checks the attributes of a new key and completes them.

use primitives::{
    chacha20,
    p256::{PUBLIC_KEY_BYTES, SCALAR_BYTES},
};
use psa::crypto::{KeyAttributes, KeyId, KeyType, Lifetime, Usage};

use super::policy;
use crate::{
    configuration::{AES_128_KEY_BYTES, Configuration},
    error::Error,
};

/// The largest key that the specification knows, in bytes (`PSA_MAX_KEY_BITS`).
const MAXIMUM_BYTES: usize = 0xFFF8 / 8;
/// The size of keys on P-256, public ones too.
const CURVE_BITS: u16 = 256;

/// Completes the attributes of a key that is imported with `data_bytes`.
pub(crate) fn import<C: Configuration>(
    wanted: &mut KeyAttributes,
    data_bytes: usize,
) -> Result<(), Error> {
    check_type::<C>(wanted.key_type, data_bytes)?;
    let bits = match wanted.key_type {
        KeyType::ECC_PUBLIC_KEY_SECP_R1 if C::WANTED.elliptic_curves() => CURVE_BITS,
        _ => (data_bytes * 8) as u16, // at most `MAXIMUM_BYTES`
    };
    if wanted.bits != 0 && wanted.bits != bits {
        return Err(Error::InvalidArgument);
    }
    wanted.bits = bits;
    check_use::<C>(wanted)
}

/// Completes the attributes of a key that is generated.
pub(crate) fn generate<C: Configuration>(wanted: &mut KeyAttributes) -> Result<(), Error> {
    if !wanted.bits.is_multiple_of(8) {
        return Err(Error::InvalidArgument);
    }
    check_type::<C>(wanted.key_type, usize::from(wanted.bits) / 8)?;
    check_use::<C>(wanted)
}

/// Completes the attributes of a key that is copied. Its uses are those that the source and the
/// caller both permit.
#[inline(never)]
pub(crate) fn copy<C: Configuration>(
    wanted: &mut KeyAttributes,
    source: &KeyAttributes,
) -> Result<(), Error> {
    if !source.usage.includes(Usage::COPY) {
        return Err(Error::NotPermitted);
    }
    if wanted.key_type != KeyType::NONE && wanted.key_type != source.key_type
        || wanted.bits != 0 && wanted.bits != source.bits
    {
        return Err(Error::InvalidArgument);
    }
    wanted.key_type = source.key_type;
    wanted.bits = source.bits;
    wanted.algorithm = policy::intersection::<C>(source.algorithm, wanted.algorithm)?;
    wanted.second_algorithm =
        policy::intersection::<C>(source.second_algorithm, wanted.second_algorithm)?;
    check_use::<C>(wanted)?;
    wanted.usage = wanted.usage.common(source.usage);
    Ok(())
}

/// Checks algorithms, uses, lifetime and id, and adds implied uses. The client chooses the id of a
/// persistent key, the service that of a volatile one.
#[inline(never)]
fn check_use<C: Configuration>(wanted: &mut KeyAttributes) -> Result<(), Error> {
    let lifetime = wanted.lifetime;
    if lifetime.location() != Lifetime::LOCATION_LOCAL_STORAGE || !wanted.usage.is_valid() {
        return Err(Error::InvalidArgument);
    }
    wanted.usage = wanted.usage.complete();
    if !policy::is_served::<C>(wanted.algorithm)
        || !policy::is_served::<C>(wanted.second_algorithm)
        || C::WANTED.key_derivation() && compares_only(wanted.usage)
    {
        return Err(Error::NotSupported);
    }
    if lifetime.is_volatile() {
        return if wanted.id == KeyId::NULL {
            Ok(())
        } else {
            Err(Error::InvalidArgument)
        };
    }
    if !wanted.id.is_user() {
        Err(Error::InvalidArgument)
    } else if lifetime.is_stored() && C::KEY_OBJECT_BYTES.is_some() {
        Ok(())
    } else {
        Err(Error::NotSupported)
    }
}

/// Whether derived output may only be compared, not returned: no function does so.
fn compares_only(usage: Usage) -> bool {
    usage.includes(Usage::VERIFY_DERIVATION) && !usage.includes(Usage::DERIVE)
}

/// Whether there are keys of this type and size.
pub(crate) const fn check_type<C: Configuration>(
    key_type: KeyType,
    bytes: usize,
) -> Result<(), Error> {
    if C::WANTED.elliptic_curves() || C::WANTED.passwords() {
        match check_rarer_type::<C>(key_type, bytes) {
            Err(Error::NotSupported) => {}
            known => return known,
        }
    }
    match (key_type, bytes) {
        (KeyType::AES, AES_128_KEY_BYTES) => Ok(()),
        (KeyType::AES, 24) if C::WANTED.aes_192 => Ok(()),
        (KeyType::AES, 32) if C::WANTED.aes_256 => Ok(()),
        (KeyType::AES, 24 | 32) => Err(Error::NotSupported),
        (KeyType::AES, _) => Err(Error::InvalidArgument),
        (KeyType::CHACHA20, chacha20::KEY_BYTES) if C::WANTED.chacha20() => Ok(()),
        (KeyType::CHACHA20, _) if C::WANTED.chacha20() => Err(Error::InvalidArgument),
        (KeyType::HMAC | KeyType::DERIVE | KeyType::RAW_DATA, 0) => Err(Error::InvalidArgument),
        (KeyType::HMAC | KeyType::DERIVE | KeyType::RAW_DATA, ..=MAXIMUM_BYTES) => Ok(()),
        _ => Err(Error::NotSupported),
    }
}

/// The same for types that Profile Small does not have. They are separate, because in one match
/// they would cost it their comparisons.
const fn check_rarer_type<C: Configuration>(key_type: KeyType, bytes: usize) -> Result<(), Error> {
    const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;
    const PUBLIC: KeyType = KeyType::ECC_PUBLIC_KEY_SECP_R1;
    match (key_type, bytes) {
        (PAIR, SCALAR_BYTES) if C::WANTED.elliptic_curves() => Ok(()),
        (PUBLIC, PUBLIC_KEY_BYTES) if C::WANTED.elliptic_curves() => Ok(()),
        // A public key can't be generated, and has no other size.
        (PUBLIC, SCALAR_BYTES) | (PAIR | PUBLIC, 0) if C::WANTED.elliptic_curves() => {
            Err(Error::InvalidArgument)
        }
        (KeyType::PASSWORD | KeyType::PASSWORD_HASH | KeyType::PEPPER, 0)
            if C::WANTED.passwords() =>
        {
            Err(Error::InvalidArgument)
        }
        (KeyType::PASSWORD | KeyType::PASSWORD_HASH | KeyType::PEPPER, ..=MAXIMUM_BYTES)
            if C::WANTED.passwords() =>
        {
            Ok(())
        }
        _ => Err(Error::NotSupported),
    }
}

/// Size of the material of a key with these attributes.
pub(crate) const fn material_bytes<C: Configuration>(attributes: &KeyAttributes) -> usize {
    let is_public = attributes.key_type.0 == KeyType::ECC_PUBLIC_KEY_SECP_R1.0;
    if C::WANTED.elliptic_curves() && is_public {
        PUBLIC_KEY_BYTES
    } else {
        attributes.bits as usize / 8
    }
}
