// SPDX-License-Identifier: Apache-2.0
//! Keys (PSA Crypto API 1.2, "Key management"): who owns them, what may be done with them, where
//! they are.
//!
//! * `store` keeps keys and their material in the static arena.
//! * `persistent` keeps keys in storage too, as what `object` says and by way of `storage`.
//! * `policy` says what a key may be used for.
//! * `attributes` says which keys can be created, `curve` which material is a key on P-256.
//! * `builtin` knows the keys that the device has from the factory.
//!
//! The owner is part of a key's identity: the same id names another key, or none, for another
//! client. Volatile keys live until they are destroyed or the device resets, persistent ones
//! until they are destroyed.

pub(crate) mod attributes;
mod builtin;
pub(crate) mod curve;
pub(crate) mod object;
mod persistent;
mod policy;
mod storage;
pub(crate) mod store;
