// SPDX-License-Identifier: Apache-2.0
//! What a board and its profile decide about the Crypto partition.
//!
//! * [`Configuration`] has all decisions on one page. The algorithms themselves are in
//!   `primitives`. A board with a faster implementation names its type here; no service changes.
//! * `wanted` lists the algorithms, `contexts` the kinds of operations that need memory, `capacity`
//!   the number of entries of a table, `builtin_key` the keys from the factory.
//! * `presence` has the types by which an algorithm that is left out takes no memory.
//!
//! Code of an algorithm that a profile leaves out is never called, so it is not in the image.

pub(crate) mod builtin_key;
pub(crate) mod capacity;
pub(crate) mod contexts;
pub(crate) mod presence;
pub(crate) mod wanted;

use primitives::{aes::BlockPairCipher, hash::Hash, hash_drbg::Entropy, sha256::Compression};
use psa::{Quota, crypto::KeyId};

use builtin_key::BuiltinKey;
use capacity::Capacity;
use contexts::Contexts;
use wanted::Wanted;

pub(crate) const AES_128_KEY_BYTES: usize = 16;

/// What a board and its profile decide about the Crypto partition.
pub trait Configuration: Sized {
    /// The algorithms. Calls for others return `PSA_ERROR_NOT_SUPPORTED`.
    const WANTED: Wanted;
    /// The kinds of operations that have room in a context, as [`Configuration::WANTED`] needs.
    type Contexts: Contexts;
    /// Multipart operations that may be open at once, all clients together.
    type Operations: Capacity;
    /// Keys that may exist at once, all clients together.
    type Keys: Capacity;
    /// Bytes for the material of all keys: [`key_material_bytes`](crate::key_material_bytes)
    /// computes them.
    type KeyMaterial: Capacity;
    /// SHA-256 alone, or the family of hashes.
    type Hash: Hash;
    /// The compression function of SHA-256.
    type Compression: Compression;
    /// AES-128.
    type Cipher: BlockPairCipher<Key = [u8; AES_128_KEY_BYTES]>;
    /// The source of entropy.
    type Entropy: Entropy;
    /// Multipart operations that one client may have open at once.
    const OPERATIONS_PER_CLIENT: Quota = Quota::ALL;
    /// Keys that one client may have at once.
    const KEYS_PER_CLIENT: Quota = Quota::ALL;
    /// The most bytes that an object of Internal Trusted Storage may have, where persistent keys
    /// are kept; `None` for an image without persistent keys.
    const KEY_OBJECT_BYTES: Option<usize> = None;
    /// The keys that the device has from the factory: one row for each client that may use one,
    /// with the uses that it has. Other clients can't use it.
    const BUILTIN_KEYS: &'static [BuiltinKey] = &[];

    /// The material of a builtin key; `None` if this device does not have it. It is read at each
    /// use and never copied into the engine buffer.
    #[must_use]
    fn builtin_material(_id: KeyId) -> Option<&'static [u8]> {
        None
    }
}
