// SPDX-License-Identifier: Apache-2.0
//! Encryption without authentication: `psa_cipher_*` (PSA Crypto API 1.2, chapter 10.4).
//!
//! An attacker who changes the ciphertext changes the plaintext, and decryption does not notice.
//! Prefer [`aead`](crate::aead) where the protocol leaves a choice.

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, KeyType, Pack};

use crate::crypto::{fill, keyed};
use crate::gateway::Gateway;
use crate::operation::Operation;

/// Encrypts `input` under a random initialisation vector (`psa_cipher_encrypt`). Writes the vector
/// and then the ciphertext to `output`; returns their length in bytes.
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow this use.
/// * `INVALID_ARGUMENT`: the mode does not take inputs of this length.
/// * `BUFFER_TOO_SMALL`: `output` is too short.
///
/// # Examples
/// ```
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, cipher, key};
/// # let secure = fake_device::FakeDevice::new();
/// let usage = Usage::ENCRYPT.with(Usage::DECRYPT);
/// let attributes = KeyAttributes::new(KeyType::AES, 128, usage, Algorithm::CTR);
/// let key = key::generate(&secure, &attributes)?;
///
/// let mut sealed = [0; 16 + 5]; // initialisation vector, ciphertext
/// assert_eq!(cipher::encrypt(&secure, key, Algorithm::CTR, b"hello", &mut sealed), Ok(21));
/// let mut opened = [0; 5];
/// assert_eq!(cipher::decrypt(&secure, key, Algorithm::CTR, &sealed, &mut opened), Ok(5));
/// assert_eq!(&opened, b"hello");
/// # Ok::<(), Status>(())
/// ```
pub fn encrypt(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    input: &[u8],
    output: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::CIPHER_ENCRYPT, key, algorithm);
    fill(gateway, &pack, &[input], output)
}

/// Decrypts an initialisation vector and the ciphertext behind it (`psa_cipher_decrypt`). Writes
/// the plaintext to `output`; returns its length in bytes. [`encrypt`] has an example.
///
/// # Errors
/// * `INVALID_PADDING`: the mode has a padding, and that of the plaintext is wrong.
/// * Those of [`encrypt`].
pub fn decrypt(
    gateway: &impl Gateway,
    key: KeyId,
    algorithm: Algorithm,
    input: &[u8],
    output: &mut [u8],
) -> Result<usize, Status> {
    let pack = keyed(Function::CIPHER_DECRYPT, key, algorithm);
    fill(gateway, &pack, &[input], output)
}

/// Whether the firmware has the algorithm for keys of this type (`psa_can_do_cipher` of Mbed TLS).
///
/// # Errors
/// `NOT_SUPPORTED`: the firmware has no ciphers at all.
pub fn can_do(
    gateway: &impl Gateway,
    key_type: KeyType,
    algorithm: Algorithm,
) -> Result<bool, Status> {
    let pack = Pack::new(Function::CAN_DO_CIPHER).with_algorithm(algorithm);
    let mut answer = [0; 4];
    fill(gateway, &pack, &[&key_type.0.to_le_bytes()], &mut answer)?;
    Ok(answer != [0; 4])
}

/// Encryption or decryption of data that comes in parts. Dropping it aborts the operation. Any
/// error ends it; the next call returns `BAD_STATE`.
pub struct Cipher<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Cipher<'a, G> {
    /// Sets up an encryption (`psa_cipher_encrypt_setup`).
    ///
    /// # Errors
    /// * `INVALID_HANDLE`, `NOT_PERMITTED`: as for [`encrypt`].
    /// * `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    pub fn encrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::CIPHER_ENCRYPT_SETUP, key, algorithm)
    }

    /// Sets up a decryption (`psa_cipher_decrypt_setup`).
    ///
    /// # Errors
    /// Those of [`Cipher::encrypt_setup`].
    pub fn decrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::CIPHER_DECRYPT_SETUP, key, algorithm)
    }

    fn setup(
        gateway: &'a G,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
    ) -> Result<Self, Status> {
        let pack = keyed(function, key, algorithm);
        Operation::setup(gateway, &pack, Function::CIPHER_ABORT).map(Self)
    }

    /// Makes a random initialisation vector, uses it and writes it to `iv`
    /// (`psa_cipher_generate_iv`). Returns its length in bytes.
    ///
    /// # Errors
    /// * `INSUFFICIENT_ENTROPY`: the device has no random numbers to give.
    /// * `BUFFER_TOO_SMALL`: `iv` is too short.
    /// * `BAD_STATE`: the operation decrypts, or has its vector already.
    pub fn generate_iv(&mut self, iv: &mut [u8]) -> Result<usize, Status> {
        self.0.fill(Function::CIPHER_GENERATE_IV, &[], iv)
    }

    /// Sets the initialisation vector (`psa_cipher_set_iv`).
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the mode does not take vectors of this length.
    /// * `BAD_STATE`: the operation has its vector already.
    pub fn set_iv(&mut self, iv: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::CIPHER_SET_IV, iv)
    }

    /// Encrypts or decrypts the next part (`psa_cipher_update`). Returns the number of bytes in
    /// `output`, which can differ from the length of `input` by up to a block.
    ///
    /// # Errors
    /// * `BUFFER_TOO_SMALL`: `output` is too short.
    /// * `BAD_STATE`: the initialisation vector is missing.
    pub fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, Status> {
        self.0.fill(Function::CIPHER_UPDATE, &[input], output)
    }

    /// Writes the rest to `output` (`psa_cipher_finish`). Returns its length in bytes.
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the mode does not take inputs of this length.
    /// * `INVALID_PADDING`: the padding of the plaintext is wrong.
    /// * `BUFFER_TOO_SMALL`: `output` is too short.
    pub fn finish(self, output: &mut [u8]) -> Result<usize, Status> {
        self.0.finish(Function::CIPHER_FINISH, output)
    }
}
