// SPDX-License-Identifier: Apache-2.0
//! Authenticated encryption with associated data: `psa_aead_*` (PSA Crypto API 1.2, chapter
//! 10.5).
//!
//! ```
//! use client::aead::{self, Parameters};
//! use client::{Algorithm, Gateway, KeyId, Status, random};
//!
//! /// Seals a message, bound to its number; gives the nonce and the length of what is sealed.
//! fn seal(
//!     secure: &impl Gateway,
//!     key: KeyId,
//!     number: u32,
//!     message: &[u8],
//!     sealed: &mut [u8],
//! ) -> Result<([u8; 12], usize), Status> {
//!     let mut nonce = [0; 12];
//!     random::generate(secure, &mut nonce)?;
//!     let parameters = Parameters {
//!         key,
//!         algorithm: Algorithm::CCM,
//!         nonce: &nonce,
//!     };
//!     let number = number.to_le_bytes();
//!     let length = aead::encrypt(secure, &parameters, &number, message, sealed)?;
//!     Ok((nonce, length))
//! }
//! ```

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, Pack};

use crate::crypto::{Operation, crypto_call, fill, keyed};
use crate::gateway::Gateway;

/// The key, the algorithm and the nonce of one message.
#[derive(Clone, Copy, Debug)]
pub struct Parameters<'a> {
    /// The key.
    pub key: KeyId,
    /// The algorithm, with the length of its tag.
    pub algorithm: Algorithm,
    /// The nonce, never the same twice under a key.
    pub nonce: &'a [u8],
}

impl Parameters<'_> {
    fn pack(&self, function: Function) -> Result<Pack, Status> {
        keyed(function, self.key, self.algorithm)
            .with_nonce(self.nonce)
            .ok_or(Status::INVALID_ARGUMENT)
    }
}

/// `psa_aead_encrypt`: ciphertext and tag into `ciphertext`; returns their length in bytes.
///
/// # Errors
/// `INVALID_HANDLE`, `NOT_PERMITTED`, `INVALID_ARGUMENT`, `BUFFER_TOO_SMALL`, or what else the
/// service answers.
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

/// `psa_aead_decrypt`: the plaintext into `plaintext`; returns its length in bytes.
///
/// # Errors
/// `INVALID_SIGNATURE` when ciphertext or additional data are not authentic; then nothing of the
/// plaintext is left in the buffer. Else those of [`encrypt`].
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

/// Encryption or decryption of data that comes in parts. Dropping it aborts it.
pub struct Aead<'a, G: Gateway>(Operation<'a, G>);

impl<'a, G: Gateway> Aead<'a, G> {
    /// `psa_aead_encrypt_setup`: ends with [`Aead::finish`].
    ///
    /// # Errors
    /// `INVALID_HANDLE`, `NOT_PERMITTED`, `INSUFFICIENT_MEMORY`, or what else the service answers.
    pub fn encrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::AEAD_ENCRYPT_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::AEAD_ABORT).map(Self)
    }

    /// `psa_aead_decrypt_setup`: ends with [`Aead::verify`].
    ///
    /// # Errors
    /// Those of [`Aead::encrypt_setup`].
    pub fn decrypt_setup(gateway: &'a G, key: KeyId, algorithm: Algorithm) -> Result<Self, Status> {
        let pack = keyed(Function::AEAD_DECRYPT_SETUP, key, algorithm);
        Operation::begin(gateway, &pack, &[], Function::AEAD_ABORT).map(Self)
    }

    /// `psa_aead_generate_nonce`: a nonce into `nonce`; returns its length in bytes.
    ///
    /// # Errors
    /// `INSUFFICIENT_ENTROPY`, `BAD_STATE`, or what else the service answers; the operation has
    /// then ended.
    pub fn generate_nonce(&mut self, nonce: &mut [u8]) -> Result<usize, Status> {
        let pack = self.0.pack(Function::AEAD_GENERATE_NONCE);
        fill(self.0.gateway(), &pack, &[], nonce)
    }

    /// `psa_aead_set_nonce`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `BAD_STATE`, or what else the service answers; the operation has then
    /// ended.
    pub fn set_nonce(&mut self, nonce: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::AEAD_SET_NONCE, &[nonce])
    }

    /// `psa_aead_set_lengths`: how many bytes of additional data and of data will come.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `BAD_STATE`, or what else the service answers; the operation has then
    /// ended.
    pub fn set_lengths(&mut self, additional: usize, data: usize) -> Result<(), Status> {
        let length = |bytes: usize| u32::try_from(bytes).map_err(|_| Status::INVALID_ARGUMENT);
        let pack = self
            .0
            .pack(Function::AEAD_SET_LENGTHS)
            .with_lengths(length(additional)?, length(data)?);
        crypto_call(self.0.gateway(), &pack, &[], &mut [])
    }

    /// `psa_aead_update_ad`.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `BAD_STATE`, or what else the service answers; the operation has then
    /// ended.
    pub fn update_ad(&mut self, additional_data: &[u8]) -> Result<(), Status> {
        self.0.feed(Function::AEAD_UPDATE_AD, &[additional_data])
    }

    /// `psa_aead_update`: the next part of `input` into `output`; returns its length in bytes.
    /// Decrypted data must not be used before [`Aead::verify`] has found them authentic.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT`, `BUFFER_TOO_SMALL`, `BAD_STATE`, or what else the service answers; the
    /// operation has then ended.
    pub fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, Status> {
        let pack = self.0.pack(Function::AEAD_UPDATE);
        fill(self.0.gateway(), &pack, &[input], output)
    }

    /// `psa_aead_finish`: the tag into `tag`; returns its length in bytes.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` when less data came than was announced, `BUFFER_TOO_SMALL`,
    /// `BAD_STATE`, or what else the service answers.
    pub fn finish(self, tag: &mut [u8]) -> Result<usize, Status> {
        self.0.end(Function::AEAD_FINISH, &[], Some(tag))
    }

    /// `psa_aead_verify`: whether the tag is `tag`.
    ///
    /// # Errors
    /// `INVALID_SIGNATURE` when it is not: then all plaintext has to be forgotten. Else those of
    /// [`Aead::finish`].
    pub fn verify(self, tag: &[u8]) -> Result<(), Status> {
        self.0.end(Function::AEAD_VERIFY, &[tag], None).map(|_| ())
    }
}
