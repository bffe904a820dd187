// SPDX-License-Identifier: Apache-2.0
//! What the Crypto partition stands on: the board's implementations, the configuration's choice.

use core::marker::PhantomData;

use crypto::{BuiltinKey, Wanted};
use psa::{Quota, crypto::KeyId};

use super::builtin_keys;
use crate::{Board, Configuration};

/// The Crypto partition of a board in a configuration.
pub struct CryptoOf<B, C>(PhantomData<(B, C)>);

impl<B: Board, C: Configuration> crypto::Configuration for CryptoOf<B, C> {
    const WANTED: Wanted = C::ALGORITHMS;
    type Contexts = C::Contexts;
    type Operations = C::Operations;
    type Keys = C::KeySlots;
    type KeyMaterial = C::KeyMaterial;
    type Hash = C::Hash;
    type Compression = B::Compression;
    type Cipher = C::Aes128;
    type Entropy = B::Entropy;
    const OPERATIONS_PER_CLIENT: Quota = C::OPERATIONS_PER_CLIENT;
    const KEYS_PER_CLIENT: Quota = C::KEYS_PER_CLIENT;
    const KEY_OBJECT_BYTES: Option<usize> = C::KEY_OBJECT_BYTES;
    const BUILTIN_KEYS: &'static [BuiltinKey] = builtin_keys::rows(&C::ALGORITHMS);

    fn builtin_material(id: KeyId) -> Option<&'static [u8]> {
        builtin_keys::material::<B>(id, &C::ALGORITHMS)
    }
}
