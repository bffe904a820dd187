// SPDX-License-Identifier: Apache-2.0
//! Authenticated encryption with associated data (AEAD): `psa_aead_*` (PSA Crypto API 1.2,
//! chapter 10.5).

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, Pack};

use crate::crypto::{fill, keyed};
use crate::gateway::Gateway;
use crate::operation::Operation;

/// The key, the algorithm and the nonce of one message.
#[derive(Clone, Copy, Debug)]
pub struct Parameters<'a> {
    /// The key.
    pub key: KeyId,
    /// The algorithm, with the length of its tag.
    pub algorithm: Algorithm,
    /// The nonce. Never use one twice under the same key.
    pub nonce: &'a [u8],
}

impl Parameters<'_> {
    fn pack(&self, function: Function) -> Result<Pack, Status> {
        keyed(function, self.key, self.algorithm)
            .with_nonce(self.nonce)
            .ok_or(Status::INVALID_ARGUMENT)
    }
}

/// Encrypts and authenticates a message (`psa_aead_encrypt`). Writes ciphertext and tag to
/// `ciphertext`; returns their length in bytes. The additional data is authenticated and not
/// encrypted.
///
/// # Errors
/// * `INVALID_HANDLE`: there is no such key for this client.
/// * `NOT_PERMITTED`: the policy of the key does not allow this use.
/// * `INVALID_ARGUMENT`: the algorithm does not take nonces of this length.
/// * `BUFFER_TOO_SMALL`: `ciphertext` is shorter than the plaintext and its tag.
///
/// # Examples
/// ```
/// use client::aead::{self, Parameters};
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key, random};
/// # let secure = fake_device::FakeDevice::new();
/// let usage = Usage::ENCRYPT.with(Usage::DECRYPT);
/// let attributes = KeyAttributes::new(KeyType::AES, 128, usage, Algorithm::CCM);
/// let mut nonce = [0; 12];
/// random::generate(&secure, &mut nonce)?;
/// let parameters = Parameters {
///     key: key::generate(&secure, &attributes)?,
///     algorithm: Algorithm::CCM,
///     nonce: &nonce,
/// };
///
/// let mut sealed = [0; 5 + 16]; // ciphertext, tag
/// let number = 7_u32.to_le_bytes();
/// assert_eq!(aead::encrypt(&secure, &parameters, &number, b"hello", &mut sealed), Ok(21));
///
/// let mut opened = [0; 5];
/// assert_eq!(aead::decrypt(&secure, &parameters, &number, &sealed, &mut opened), Ok(5));
/// assert_eq!(&opened, b"hello");
/// sealed[0] ^= 1;
/// let forged = aead::decrypt(&secure, &parameters, &number, &sealed, &mut opened);
/// assert_eq!(forged, Err(Status::INVALID_SIGNATURE));
/// # Ok::<(), Status>(())
/// ```
pub fn encrypt(
    gateway: &impl Gateway,
    parameters: &Parameters<'_>,
    additional_data: &[u8],
    plaintext: &[u8],
    ciphertext: &mut [u8],
) -> Result<usize, Status> {
    let pack = parameters.pack(Function::AEAD_ENCRYPT)?;
    fill(gateway, &pack, &[plaintext, additional_data], ciphertext)
}

/// Verifies and decrypts a message (`psa_aead_decrypt`). Writes the plaintext to `plaintext`;
/// returns its length in bytes. [`encrypt`] has an example.
///
/// # Errors
/// * `INVALID_SIGNATURE`: ciphertext or additional data are not authentic. The buffer holds no
///   plaintext then.
/// * Those of [`encrypt`].
pub fn decrypt(
    gateway: &impl Gateway,
    parameters: &Parameters<'_>,
    additional_data: &[u8],
    ciphertext: &[u8],
    plaintext: &mut [u8],
) -> Result<usize, Status> {
    let pack = parameters.pack(Function::AEAD_DECRYPT)?;
    fill(gateway, &pack, &[ciphertext, additional_data], plaintext)
}

/// Encryption or decryption of data that comes in parts. Dropping it aborts the operation. Any
/// error ends it; the next call returns `BAD_STATE`.
///
/// # Examples
/// ```
/// use client::aead::Aead;
/// use client::{Algorithm, KeyAttributes, KeyType, Status, Usage, key};
/// # let secure = fake_device::FakeDevice::new();
/// let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, Algorithm::CCM);
/// let key = key::generate(&secure, &attributes)?;
///
/// let mut aead = Aead::encrypt_setup(&secure, key, Algorithm::CCM)?;
/// aead.set_lengths(0, 10)?; // CCM asks for the lengths before the nonce
/// let mut nonce = [0; 13];
/// let nonce_bytes = aead.generate_nonce(&mut nonce)?;
/// let (mut ciphertext, mut tag) = ([0; 10], [0; 16]);
/// let written = aead.update(b"hello", &mut ciphertext)?;
/// aead.update(b"world", &mut ciphertext[written..])?;
/// assert_eq!(aead.finish(&mut tag), Ok(16));
/// # assert!((7..=13).contains(&nonce_bytes));
/// # Ok::<(), Status>(())
/// ```
pub struct Aead<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Aead<'a, G> {
    /// Sets up an encryption (`psa_aead_encrypt_setup`); [`Aead::finish`] ends it.
    ///
    /// # Errors
    /// * `INVALID_HANDLE`, `NOT_PERMITTED`: as for [`encrypt`].
    /// * `INSUFFICIENT_MEMORY`: all operations of the profile are in use.
    pub fn encrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::AEAD_ENCRYPT_SETUP, key, algorithm)
    }

    /// Sets up a decryption (`psa_aead_decrypt_setup`); [`Aead::verify`] ends it.
    ///
    /// # Errors
    /// Those of [`Aead::encrypt_setup`].
    pub fn decrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        Self::setup(gateway, Function::AEAD_DECRYPT_SETUP, key, algorithm)
    }

    fn setup(
        gateway: &'a G,
        function: Function,
        key: KeyId,
        algorithm: Algorithm,
    ) -> Result<Self, Status> {
        let pack = keyed(function, key, algorithm);
        Operation::setup(gateway, &pack, Function::AEAD_ABORT).map(Self)
    }

    /// Makes a random nonce, uses it and writes it to `nonce` (`psa_aead_generate_nonce`). Returns
    /// its length in bytes.
    ///
    /// # Errors
    /// * `INSUFFICIENT_ENTROPY`: the device has no random numbers to give.
    /// * `BUFFER_TOO_SMALL`: `nonce` is too short.
    /// * `BAD_STATE`: the operation decrypts, or has its nonce already.
    pub fn generate_nonce(&mut self, nonce: &mut [u8]) -> Result<usize, Status> {
        self.0.fill(Function::AEAD_GENERATE_NONCE, &[], nonce)
    }

    /// Sets the nonce (`psa_aead_set_nonce`).
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the algorithm does not take nonces of this length.
    /// * `BAD_STATE`: the operation has its nonce already.
    pub fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::AEAD_SET_NONCE, nonce)
    }

    /// Declares the lengths in bytes of the additional data and of the plaintext
    /// (`psa_aead_set_lengths`). CCM needs them before the nonce.
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: the algorithm does not take messages of these lengths.
    /// * `BAD_STATE`: the lengths or the nonce are set already.
    pub fn set_lengths(
        &mut self,
        additional_bytes: usize,
        plaintext_bytes: usize,
    ) -> Result<(), Status> {
        let length = |bytes: usize| u32::try_from(bytes).map_err(|_| Status::INVALID_ARGUMENT);
        let pack = self.0.pack(Function::AEAD_SET_LENGTHS);
        let pack = pack.with_lengths(length(additional_bytes)?, length(plaintext_bytes)?);
        self.0.call(&pack, &[])
    }

    /// Adds a part of the additional data (`psa_aead_update_ad`).
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: there is more than was declared.
    /// * `BAD_STATE`: the nonce is missing, or the plaintext has begun.
    pub fn update_ad(&mut self, additional_data: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::AEAD_UPDATE_AD, additional_data)
    }

    /// Encrypts or decrypts the next part (`psa_aead_update`). Returns the number of bytes in
    /// `output`. Do not use decrypted data before [`Aead::verify`] has succeeded.
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: there is more than was declared.
    /// * `BUFFER_TOO_SMALL`: `output` is too short.
    /// * `BAD_STATE`: the nonce is missing.
    pub fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, Status> {
        self.0.fill(Function::AEAD_UPDATE, &[input], output)
    }

    /// Writes the tag to `tag` (`psa_aead_finish`). Returns its length in bytes.
    ///
    /// # Errors
    /// * `INVALID_ARGUMENT`: there was less data than was declared.
    /// * `BUFFER_TOO_SMALL`: `tag` is shorter than the tag.
    /// * `BAD_STATE`: the operation decrypts.
    pub fn finish(self, tag: &mut [u8]) -> Result<usize, Status> {
        self.0.finish(Function::AEAD_FINISH, tag)
    }

    /// Compares the tag with `tag` (`psa_aead_verify`), in constant time.
    ///
    /// # Errors
    /// * `INVALID_SIGNATURE`: they differ. Discard all plaintext then.
    /// * `INVALID_ARGUMENT`: there was less data than was declared.
    /// * `BAD_STATE`: the operation encrypts.
    pub fn verify(self, tag: &[u8]) -> Result<(), Status> {
        self.0.verify(Function::AEAD_VERIFY, tag)
    }
}
