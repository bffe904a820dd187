// SPDX-License-Identifier: Apache-2.0
//! Keys: `psa_import_key` and its like (PSA Crypto API 1.2, chapter 9).
//!
//! A key is a number, as in C: it lives until it is destroyed, whoever holds the number.
//!
//! ```
//! use client::{Algorithm, Gateway, KeyAttributes, KeyId, KeyType, Lifetime, Status, Usage, key};
//!
//! /// The key of this device for messages: made at the first start, kept in the secure world.
//! fn own_key(secure: &impl Gateway) -> Result<KeyId, Status> {
//!     const OWN: KeyId = KeyId(1);
//!     let usage = Usage::ENCRYPT.with(Usage::DECRYPT);
//!     let attributes = KeyAttributes {
//!         id: OWN,
//!         lifetime: Lifetime::PERSISTENT,
//!         ..KeyAttributes::new(KeyType::AES, 128, usage, Algorithm::CCM)
//!     };
//!     match key::generate(secure, &attributes) {
//!         Ok(_) | Err(Status::ALREADY_EXISTS) => Ok(OWN),
//!         Err(error) => Err(error),
//!     }
//! }
//! ```

use psa::Status;
use psa::crypto::{Function, KEY_ATTRIBUTES_BYTES, KEY_ID_BYTES, KeyAttributes, KeyId, Pack};

use crate::crypto::{crypto_call, fill};
use crate::gateway::Gateway;

/// A call that creates a key.
fn create(gateway: &impl Gateway, pack: &Pack, inputs: &[&[u8]]) -> Result<KeyId, Status> {
    let mut id = [0; KEY_ID_BYTES];
    fill(gateway, pack, inputs, &mut id)?;
    Ok(KeyId(u32::from_le_bytes(id)))
}

/// `psa_import_key`: a key from `data`.
///
/// # Errors
/// `INVALID_ARGUMENT`, `NOT_SUPPORTED`, `INSUFFICIENT_MEMORY`, or what else the service answers.
pub fn import(
    gateway: &impl Gateway,
    attributes: &KeyAttributes,
    data: &[u8],
) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::IMPORT_KEY);
    create(gateway, &pack, &[&attributes.encode(), data])
}

/// `psa_generate_key`: a random key.
///
/// # Errors
/// `INSUFFICIENT_ENTROPY`, or those of [`import`].
pub fn generate(gateway: &impl Gateway, attributes: &KeyAttributes) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::GENERATE_KEY);
    create(gateway, &pack, &[&attributes.encode()])
}

/// `psa_copy_key`: a copy that may do what both `source` and `attributes` allow.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, or those of [`import`].
pub fn copy(
    gateway: &impl Gateway,
    source: KeyId,
    attributes: &KeyAttributes,
) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::COPY_KEY).with_key_id(source);
    create(gateway, &pack, &[&attributes.encode()])
}

/// `psa_export_key`: the key's material into `data`; returns its length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, `BUFFER_TOO_SMALL`, or what else the service answers.
pub fn export(gateway: &impl Gateway, key: KeyId, data: &mut [u8]) -> Result<usize, Status> {
    let pack = Pack::new(Function::EXPORT_KEY).with_key_id(key);
    fill(gateway, &pack, &[], data)
}

/// `psa_export_public_key`: the public part of a key pair, or a public key, into `data`; returns
/// its length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `INVALID_ARGUMENT`, `BUFFER_TOO_SMALL`, or what else the service answers.
pub fn export_public(gateway: &impl Gateway, key: KeyId, data: &mut [u8]) -> Result<usize, Status> {
    let pack = Pack::new(Function::EXPORT_PUBLIC_KEY).with_key_id(key);
    fill(gateway, &pack, &[], data)
}

/// `psa_get_key_attributes`.
///
/// # Errors
/// `INVALID_HANDLE`, or what else the service answers.
pub fn attributes(gateway: &impl Gateway, key: KeyId) -> Result<KeyAttributes, Status> {
    let pack = Pack::new(Function::GET_KEY_ATTRIBUTES).with_key_id(key);
    let mut bytes = [0; KEY_ATTRIBUTES_BYTES];
    fill(gateway, &pack, &[], &mut bytes)?;
    Ok(KeyAttributes::decode(&bytes))
}

/// `psa_destroy_key`.
///
/// # Errors
/// `INVALID_HANDLE`, or what else the service answers.
pub fn destroy(gateway: &impl Gateway, key: KeyId) -> Result<(), Status> {
    let pack = Pack::new(Function::DESTROY_KEY).with_key_id(key);
    crypto_call(gateway, &pack, &[], &mut [])
}

/// `psa_purge_key`: forgets copies of a persistent key that are not needed.
///
/// # Errors
/// `INVALID_HANDLE`, or what else the service answers.
pub fn purge(gateway: &impl Gateway, key: KeyId) -> Result<(), Status> {
    let pack = Pack::new(Function::PURGE_KEY).with_key_id(key);
    crypto_call(gateway, &pack, &[], &mut [])
}
