// SPDX-License-Identifier: Apache-2.0
//! The services: one file or folder for each group of functions.
//!
//! They read and write the vectors of a message, never memory of a client. `digest` is the common
//! part of the hash and MAC services, `directed_key` of ciphers and AEAD; `key_attributes` reads the attributes of a new key.

mod aead;
mod agreement;
mod cipher;
mod derivation;
mod digest;
mod directed_key;
mod hash;
mod key_attributes;
mod key_management;
mod mac;
mod random;
mod signature;
