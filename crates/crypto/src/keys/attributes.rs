// SPDX-License-Identifier: Apache-2.0
//! Which keys can be created: what a client asks for, made complete or refused.

use primitives::chacha20;
use psa::crypto::{KeyAttributes, KeyId, KeyType, Lifetime, Usage};

use super::{object, policy};
use crate::{Backend, backend::AES_128_KEY_BYTES, error::Error};

/// The largest key that the specification knows, in bytes (`PSA_MAX_KEY_BITS`).
const MAXIMUM_BYTES: usize = 0xFFF8 / 8;

/// Completes the attributes of a key that is imported with `data_bytes`.
pub(super) fn import<B: Backend>(
    wanted: &mut KeyAttributes,
    data_bytes: usize,
) -> Result<(), Error> {
    check_type::<B>(wanted.key_type, data_bytes)?;
    let bits = (data_bytes * 8) as u16; // at most `MAXIMUM_BYTES`
    if wanted.bits != 0 && wanted.bits != bits {
        return Err(Error::InvalidArgument);
    }
    wanted.bits = bits;
    check_placement::<B>(wanted)
}

/// Completes the attributes of a key that is generated.
pub(super) fn generate<B: Backend>(wanted: &mut KeyAttributes) -> Result<(), Error> {
    if !wanted.bits.is_multiple_of(8) {
        return Err(Error::InvalidArgument);
    }
    check_type::<B>(wanted.key_type, usize::from(wanted.bits) / 8)?;
    check_placement::<B>(wanted)
}

/// Completes the attributes of a key that is copied: no more may be done with it than with the
/// source, and no more than wanted.
#[inline(never)]
pub(super) fn copy<B: Backend>(
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
    check_placement::<B>(wanted)?;
    wanted.usage = wanted.usage.common(source.usage);
    wanted.algorithm = policy::intersection::<B>(source.algorithm, wanted.algorithm)?;
    wanted.second_algorithm =
        policy::intersection::<B>(source.second_algorithm, wanted.second_algorithm)?;
    Ok(())
}

/// Checks where the key is to be kept and under which name, and completes its uses. The client
/// names persistent keys, the service volatile ones.
#[inline(never)]
fn check_placement<B: Backend>(wanted: &mut KeyAttributes) -> Result<(), Error> {
    let lifetime = wanted.lifetime;
    if lifetime.location() != Lifetime::LOCATION_LOCAL_STORAGE || !wanted.usage.is_valid() {
        return Err(Error::InvalidArgument);
    }
    wanted.usage = wanted.usage.complete();
    if lifetime.is_volatile() {
        return if wanted.id == KeyId::NULL {
            Ok(())
        } else {
            Err(Error::InvalidArgument)
        };
    }
    let most_bytes = const {
        match B::KEY_OBJECT_BYTES {
            Some(object_bytes) => object::most_material_bytes(object_bytes),
            None => 0,
        }
    };
    if !wanted.id.is_user() {
        Err(Error::InvalidArgument)
    } else if lifetime.is_stored() && usize::from(wanted.bits) / 8 <= most_bytes {
        Ok(())
    } else {
        Err(Error::NotSupported)
    }
}

/// Whether there are keys of this type and size.
fn check_type<B: Backend>(key_type: KeyType, bytes: usize) -> Result<(), Error> {
    match (key_type, bytes) {
        (KeyType::NONE, _) | (_, 0) => Err(Error::InvalidArgument),
        (KeyType::AES, AES_128_KEY_BYTES) => Ok(()),
        (KeyType::AES, 24) if B::WANTED.aes_192 => Ok(()),
        (KeyType::AES, 32) if B::WANTED.aes_256 => Ok(()),
        (KeyType::AES, 24 | 32) => Err(Error::NotSupported),
        (KeyType::AES, _) => Err(Error::InvalidArgument),
        (KeyType::CHACHA20, chacha20::KEY_BYTES) if B::WANTED.chacha20() => Ok(()),
        (KeyType::CHACHA20, _) if B::WANTED.chacha20() => Err(Error::InvalidArgument),
        (KeyType::HMAC | KeyType::DERIVE | KeyType::RAW_DATA, 1..=MAXIMUM_BYTES) => Ok(()),
        _ => Err(Error::NotSupported),
    }
}
