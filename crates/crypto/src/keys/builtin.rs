// SPDX-License-Identifier: Apache-2.0
//! Keys that the device has from the factory (PSA Crypto API 1.2, "Key identifiers": those of the
//! implementation).
//!
//! The board names them in a table, `Backend::BUILTIN_KEYS`: for each client that may use a key
//! the attributes which that client sees. So the table is the policy, and a client without a row
//! is told `PSA_ERROR_NOT_PERMITTED`. The material stays where the board keeps it. No client can
//! export, copy or destroy such a key: the build refuses a row that says otherwise.

use psa::{
    ClientId,
    crypto::{KeyAttributes, KeyId, Lifetime, Usage},
};

use super::{attributes::check_type, policy::is_served};
use crate::{Backend, error::Error};

/// What one client may do with one builtin key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltinKey {
    client: ClientId,
    attributes: KeyAttributes,
}

impl BuiltinKey {
    /// `client` sees the key `id` with these attributes, of which lifetime and id are set here.
    ///
    /// # Panics
    /// At compile time, if the id is not one of a builtin key, the size is no number of bytes, or
    /// the key could leave the device.
    #[must_use]
    pub const fn new(client: ClientId, id: KeyId, attributes: KeyAttributes) -> Self {
        assert!(
            id.is_builtin(),
            "the id is not in the range of builtin keys"
        );
        assert!(attributes.bits != 0 && attributes.bits.is_multiple_of(8));
        let usage = attributes.usage;
        assert!(
            usage.common(Usage::EXPORT.with(Usage::COPY)).0 == 0 && usage.is_valid(),
            "nobody exports or copies a builtin key"
        );
        Self {
            client,
            attributes: KeyAttributes {
                lifetime: Lifetime::BUILTIN,
                usage: usage.complete(),
                id,
                ..attributes
            },
        }
    }
}

/// Checks at compile time that the image has the type, size and algorithms of each key.
const fn check_rows<B: Backend>(mut rows: &[BuiltinKey]) {
    while let [BuiltinKey { attributes, .. }, rest @ ..] = rows {
        let bytes = attributes.bits as usize / 8;
        assert!(
            matches!(check_type::<B>(attributes.key_type, bytes), Ok(())),
            "a builtin key has a type or size that the image has not"
        );
        assert!(
            is_served::<B>(attributes.algorithm) && is_served::<B>(attributes.second_algorithm),
            "a builtin key is for an algorithm that the image has not"
        );
        rows = rest;
    }
}

/// A builtin key as this client sees it, with its material.
pub(super) fn find<B: Backend>(
    client: ClientId,
    id: KeyId,
) -> Result<(&'static KeyAttributes, &'static [u8]), Error> {
    const { check_rows::<B>(B::BUILTIN_KEYS) };
    let mut rows = B::BUILTIN_KEYS.iter();
    match rows.find(|row| row.attributes.id == id && row.client == client) {
        Some(BuiltinKey { attributes, .. }) => {
            let bytes = usize::from(attributes.bits) / 8;
            let material = B::builtin_material(id).filter(|material| material.len() == bytes);
            Ok((attributes, material.ok_or(Error::InvalidHandle)?))
        }
        None => Err(refusal::<B>(id)),
    }
}

/// Why a key that the store does not have can't be destroyed or used by a client without a row.
pub(super) fn refusal<B: Backend>(id: KeyId) -> Error {
    let mut rows = B::BUILTIN_KEYS.iter();
    if rows.any(|row| row.attributes.id == id) {
        Error::NotPermitted
    } else {
        Error::InvalidHandle
    }
}
