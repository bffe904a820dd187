// SPDX-License-Identifier: Apache-2.0
//! One file or folder for each group of functions: what a message asks for, done with keys,
//! operations and random bytes.
//!
//! Services work on messages, never on memory. `digest` is what the hash service and the MAC
//! service have in common, `key_attributes` what a client says of a key that it creates.

mod aead;
mod agreement;
mod cipher;
mod derivation;
mod digest;
mod hash;
mod key_attributes;
mod key_management;
mod mac;
mod random;
mod signature;
