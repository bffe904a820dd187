// SPDX-License-Identifier: Apache-2.0
//! Keys: `psa_import_key`, `psa_generate_key` and the other functions of key management (PSA Crypto
//! API 1.2, chapter 9).
//!
//! A key is a number, as in C. It lives until it is destroyed, whoever holds the number; a volatile
//! key ends with a reset.

use psa::Status;
use psa::crypto::{Function, KEY_ATTRIBUTES_BYTES, KEY_ID_BYTES, KeyAttributes, KeyId, Pack};

use crate::crypto::{crypto_call, fill};
use crate::gateway::Gateway;

/// Calls a function that creates a key.
fn create(gateway: &impl Gateway, pack: &Pack, inputs: &[&[u8]]) -> Result<KeyId, Status> {
    let mut id = [0; KEY_ID_BYTES];
    fill(gateway, pack, inputs, &mut id)?;
    Ok(KeyId(u32::from_le_bytes(id)))
}

/// Creates a key from `data` (`psa_import_key`). The attributes may leave the size at 0 bits; it
/// is that of the data then.
///
/// # Errors
/// * `INVALID_ARGUMENT`: the data or the attributes are not those of such a key.
/// * `NOT_SUPPORTED`: the firmware does not have the type, the size or the algorithm.
/// * `INSUFFICIENT_MEMORY`: all keys of the profile are in use.
/// * `ALREADY_EXISTS`: there is a persistent key with this identifier.
/// * `INSUFFICIENT_STORAGE`: there is no room for a persistent key.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key};
/// # let secure = fake_device::FakeDevice::new();
/// let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, Algorithm::CCM);
/// let key = key::import(&secure, &attributes, &[0x2B; 16])?;
/// assert_eq!(key::attributes(&secure, key)?.bits, 128);
/// // The policy has no `Usage::EXPORT`.
/// assert_eq!(key::export(&secure, key, &mut [0; 16]), Err(Status::NOT_PERMITTED));
/// key::destroy(&secure, key)?;
/// assert_eq!(key::attributes(&secure, key), Err(Status::INVALID_HANDLE));
/// # Ok::<(), Status>(())
/// ```
pub fn import(
    gateway: &impl Gateway,
    attributes: &KeyAttributes,
    data: &[u8],
) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::IMPORT_KEY);
    create(gateway, &pack, &[&attributes.encode(), data])
}

/// Creates a random key (`psa_generate_key`).
///
/// # Errors
/// * `INSUFFICIENT_ENTROPY`: the device has no random numbers to give.
/// * Those of [`import`].
///
/// # Examples
/// A key of the device that is made at the first start and stays in the secure world:
/// ```
/// use client::{Algorithm, Gateway, KeyAttributes, KeyId, KeyType, Lifetime, Status, Usage, key};
///
/// fn own_key(secure: &impl Gateway) -> Result<KeyId, Status> {
///     const OWN: KeyId = KeyId(1);
///     let usage = Usage::ENCRYPT.with(Usage::DECRYPT);
///     let attributes = KeyAttributes {
///         id: OWN,
///         lifetime: Lifetime::PERSISTENT,
///         ..KeyAttributes::new(KeyType::AES, 128, usage, Algorithm::CCM)
///     };
///     match key::generate(secure, &attributes) {
///         Ok(_) | Err(Status::ALREADY_EXISTS) => Ok(OWN),
///         Err(error) => Err(error),
///     }
/// }
///
/// # let secure = fake_device::FakeDevice::new();
/// assert_eq!(own_key(&secure), Ok(KeyId(1)));
/// assert_eq!(own_key(&secure), Ok(KeyId(1)));
/// ```
pub fn generate(gateway: &impl Gateway, attributes: &KeyAttributes) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::GENERATE_KEY);
    create(gateway, &pack, &[&attributes.encode()])
}

/// Copies a key (`psa_copy_key`). The copy may do what both `source` and `attributes` allow. The
/// source needs [`Usage::COPY`](crate::Usage::COPY).
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the source does not allow it.
/// * Those of [`import`].
pub fn copy(
    gateway: &impl Gateway,
    source: KeyId,
    attributes: &KeyAttributes,
) -> Result<KeyId, Status> {
    let pack = Pack::new(Function::COPY_KEY).with_key_id(source);
    create(gateway, &pack, &[&attributes.encode()])
}

/// Writes the material of a key to `data` (`psa_export_key`). Returns its length in bytes. The key
/// needs [`Usage::EXPORT`](crate::Usage::EXPORT), unless it is a public key.
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow it.
/// * `BUFFER_TOO_SMALL`: `data` is shorter than the key.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key};
/// # let secure = fake_device::FakeDevice::new();
/// let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::EXPORT, Algorithm::NONE);
/// let key = key::import(&secure, &attributes, &[0x2B; 16])?;
/// let mut material = [0; 16];
/// assert_eq!(key::export(&secure, key, &mut material), Ok(16));
/// assert_eq!(material, [0x2B; 16]);
/// # Ok::<(), Status>(())
/// ```
pub fn export(gateway: &impl Gateway, key: KeyId, data: &mut [u8]) -> Result<usize, Status> {
    let pack = Pack::new(Function::EXPORT_KEY).with_key_id(key);
    fill(gateway, &pack, &[], data)
}

/// Writes the public part of a key pair, or a public key, to `data` (`psa_export_public_key`).
/// Returns its length in bytes: 65 on P-256, an uncompressed point.
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `INVALID_ARGUMENT`: the key is a symmetric one.
/// * `BUFFER_TOO_SMALL`: `data` is shorter than the key.
pub fn export_public(gateway: &impl Gateway, key: KeyId, data: &mut [u8]) -> Result<usize, Status> {
    let pack = Pack::new(Function::EXPORT_PUBLIC_KEY).with_key_id(key);
    fill(gateway, &pack, &[], data)
}

/// Reads the attributes of a key (`psa_get_key_attributes`).
///
/// # Errors
/// `INVALID_HANDLE`: there is no such key for this client.
pub fn attributes(gateway: &impl Gateway, key: KeyId) -> Result<KeyAttributes, Status> {
    let pack = Pack::new(Function::GET_KEY_ATTRIBUTES).with_key_id(key);
    let mut bytes = [0; KEY_ATTRIBUTES_BYTES];
    fill(gateway, &pack, &[], &mut bytes)?;
    Ok(KeyAttributes::decode(&bytes))
}

/// Destroys a key and ends the operations that use it (`psa_destroy_key`).
///
/// # Errors
/// `INVALID_HANDLE`: there is no such key for this client.
pub fn destroy(gateway: &impl Gateway, key: KeyId) -> Result<(), Status> {
    let pack = Pack::new(Function::DESTROY_KEY).with_key_id(key);
    crypto_call(gateway, &pack, &[], &mut [])
}

/// Frees the memory that a persistent key takes beside its storage (`psa_purge_key`).
///
/// # Errors
/// `INVALID_HANDLE`: there is no such key for this client.
pub fn purge(gateway: &impl Gateway, key: KeyId) -> Result<(), Status> {
    let pack = Pack::new(Function::PURGE_KEY).with_key_id(key);
    crypto_call(gateway, &pack, &[], &mut [])
}
