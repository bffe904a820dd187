// SPDX-License-Identifier: Apache-2.0
//! A row of the table of keys that the device has from the factory.

use psa::{
    ClientId,
    crypto::{KeyAttributes, KeyId, Lifetime, Usage},
};

/// Permission of one client to use one builtin key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltinKey {
    pub(crate) client: ClientId,
    pub(crate) attributes: KeyAttributes,
}

impl BuiltinKey {
    /// `client` sees the key `id` with these attributes, of which lifetime and id are set here.
    ///
    /// # Panics
    /// At compile time, if the id is not in the range of builtin keys, the size is not a multiple
    /// of 8 bits, or the key could leave the device.
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
            "a builtin key can't be exported or copied"
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
