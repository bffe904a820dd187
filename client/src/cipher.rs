// SPDX-License-Identifier: Apache-2.0
//! Encryption without authentication: `psa_cipher_*` (PSA Crypto API 1.2, chapter 10.4).
//!
//! Whoever can change a ciphertext can change what is decrypted: [`crate::aead`] is the better
//! choice wherever a protocol leaves one.

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, KeyType, Pack};

use crate::crypto::{Operation, fill, keyed};
use crate::gateway::Gateway;

/// `psa_cipher_encrypt`: a random initialisation vector and the ciphertext into `output`; returns
/// their length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, `INVALID_ARGUMENT`, `BUFFER_TOO_SMALL`, or what else the
/// service answers.
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

/// `psa_cipher_decrypt`: the plaintext of an initialisation vector and a ciphertext behind it into
/// `output`; returns its length in bytes.
///
/// # Errors
/// `INVALID_PADDING`, or those of [`encrypt`].
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

/// `psa_can_do_cipher`: whether the service has the algorithm for keys of this type.
///
/// # Errors
/// `NOT_SUPPORTED` when it has no ciphers at all.
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

/// Encryption or decryption of data that comes in parts. Dropping it aborts it.
pub struct Cipher<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Cipher<'a, G> {
    /// `psa_cipher_encrypt_setup`.
    ///
    /// # Errors
    /// `INVALID_HANDLE`, `NOT_PERMITTED`, `INSUFFICIENT_MEMORY`, or what else the service answers.
    pub fn encrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::CIPHER_ENCRYPT_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::CIPHER_ABORT).map(Self)
    }

    /// `psa_cipher_decrypt_setup`.
    ///
    /// # Errors
    /// Those of [`Cipher::encrypt_setup`].
    pub fn decrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::CIPHER_DECRYPT_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::CIPHER_ABORT).map(Self)
    }

    /// `psa_cipher_generate_iv`: an initialisation vector into `iv`; returns its length in bytes.
    ///
    /// # Errors
    /// `INSUFFICIENT_ENTROPY`, `BUFFER_TOO_SMALL`, `BAD_STATE`, or what else the service answers;
    /// the operation has then ended.
    pub fn generate_iv(&mut self, iv: &mut [u8]) -> Result<usize, Status> {
        let pack = self.0.pack(Function::CIPHER_GENERATE_IV);
        fill(self.0.gateway(), &pack, &[], iv)
    }

    /// `psa_cipher_set_iv`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `BAD_STATE`, or what else the service answers; the operation has then
    /// ended.
    pub fn set_iv(&mut self, iv: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::CIPHER_SET_IV, &[iv])
    }

    /// `psa_cipher_update`: the next part of `input` into `output`; returns its length in bytes,
    /// which may be a block more or less than that of the input.
    ///
    /// # Errors
    /// `BUFFER_TOO_SMALL`, `BAD_STATE`, or what else the service answers; the operation has then
    /// ended.
    pub fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, Status> {
        let pack = self.0.pack(Function::CIPHER_UPDATE);
        fill(self.0.gateway(), &pack, &[input], output)
    }

    /// `psa_cipher_finish`: what is left into `output`; returns its length in bytes.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` for a length that the mode does not have, `INVALID_PADDING`,
    /// `BUFFER_TOO_SMALL`, `BAD_STATE`, or what else the service answers.
    pub fn finish(self, output: &mut [u8]) -> Result<usize, Status> {
        self.0.end(Function::CIPHER_FINISH, &[], Some(output))
    }
}
