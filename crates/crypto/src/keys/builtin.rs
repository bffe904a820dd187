// SPDX-License-Identifier: Apache-2.0
//! Keys that the device has from the factory (PSA Crypto API 1.2, "Key identifiers": those of the
//! implementation).
//!
//! `Configuration::BUILTIN_KEYS` lists for each client that may use a key the attributes which that
//! client sees. So the table is the policy; a client without a row gets `PSA_ERROR_NOT_PERMITTED`.
//! The material stays where the board keeps it. No client can export, copy or destroy such a key:
//! the build refuses a row that allows it.

use psa::{
    ClientId,
    crypto::{KeyAttributes, KeyId},
};

use super::{attributes::check_type, policy::is_served};
use crate::{
    configuration::{Configuration, builtin_key::BuiltinKey},
    error::Error,
};

/// Checks at compile time that the image has the type, size and algorithms of each key.
const fn check_rows<C: Configuration>(mut rows: &[BuiltinKey]) {
    while let [BuiltinKey { attributes, .. }, rest @ ..] = rows {
        let bytes = attributes.bits as usize / 8;
        assert!(
            matches!(check_type::<C>(attributes.key_type, bytes), Ok(())),
            "a builtin key has a type or size that the image has not"
        );
        assert!(
            is_served::<C>(attributes.algorithm) && is_served::<C>(attributes.second_algorithm),
            "a builtin key is for an algorithm that the image has not"
        );
        rows = rest;
    }
}

/// A builtin key as this client sees it, with its material.
pub(crate) fn find<C: Configuration>(
    client: ClientId,
    id: KeyId,
) -> Result<(&'static KeyAttributes, &'static [u8]), Error> {
    const { check_rows::<C>(C::BUILTIN_KEYS) };
    let mut rows = C::BUILTIN_KEYS.iter();
    match rows.find(|row| row.attributes.id == id && row.client == client) {
        Some(BuiltinKey { attributes, .. }) => {
            let bytes = usize::from(attributes.bits) / 8;
            let material = C::builtin_material(id).filter(|material| material.len() == bytes);
            Ok((attributes, material.ok_or(Error::InvalidHandle)?))
        }
        None => Err(refusal::<C>(id)),
    }
}

/// The error for a key that is not in the store, when a client without a row uses or destroys it.
pub(crate) fn refusal<C: Configuration>(id: KeyId) -> Error {
    let mut rows = C::BUILTIN_KEYS.iter();
    if rows.any(|row| row.attributes.id == id) {
        Error::NotPermitted
    } else {
        Error::InvalidHandle
    }
}
