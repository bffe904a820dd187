// SPDX-License-Identifier: Apache-2.0
//! Keys (PSA Crypto API 1.2, "Key management"): ownership, permitted uses, and memory.
//!
//! * `store` has keys and their material in RAM.
//! * `persistent` has keys in storage, in the format of `object`, by calls of `storage`.
//! * `policy` checks the use of a key.
//! * `attributes` checks which keys can be created, `curve` which material is a key on P-256.
//! * `builtin` has the keys from the factory.
//!
//! The owner is part of a key's identity: for another client the same id is another key, or none. Volatile keys live until they are destroyed or the device resets, persistent ones
//! until they are destroyed.

pub(crate) mod attributes;
mod builtin;
pub(crate) mod curve;
pub(crate) mod object;
mod persistent;
mod policy;
mod storage;
pub(crate) mod store;
