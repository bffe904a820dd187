// SPDX-License-Identifier: Apache-2.0
//! The private key that signs images: RSA with 3072 bits, in a PEM file.

use anyhow::{Context, Result, ensure};
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPublicKey};
use rsa::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use rsa::rand_core::OsRng;
use rsa::sha2::{Digest, Sha256};
use rsa::traits::PublicKeyParts;
use rsa::{Pss, RsaPrivateKey};

const MODULUS_BITS: usize = 3072;
const SALT_BYTES: usize = 32;

/// A private key.
#[derive(Clone, Debug)]
pub struct SigningKey {
    pub(crate) private: RsaPrivateKey,
}

impl SigningKey {
    /// Makes a new key.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn generate() -> Result<Self> {
        let private = RsaPrivateKey::new(&mut OsRng, MODULUS_BITS).context("generating a key")?;
        Ok(Self { private })
    }

    /// Reads a key as `openssl` or `imgtool keygen` writes it, PKCS#8 or PKCS#1. Text around
    /// the block is ignored.
    ///
    /// # Errors
    ///
    /// When there is no such key, or one that boot ROMs do not accept.
    pub fn from_pem(text: &str) -> Result<Self> {
        let start = text
            .find("-----BEGIN")
            .context("no PEM block in the key file")?;
        let block = &text[start..];
        ensure!(
            !block.contains("ENCRYPTED"),
            "the key is encrypted: decrypt it first"
        );
        ensure!(
            !block.starts_with("-----BEGIN PUBLIC"),
            "a private key is needed to sign"
        );
        let private = if block.starts_with("-----BEGIN RSA PRIVATE KEY") {
            RsaPrivateKey::from_pkcs1_pem(block).context("reading the key as PKCS#1")?
        } else {
            RsaPrivateKey::from_pkcs8_pem(block).context("reading the key as RSA in PKCS#8")?
        };
        let bits = private.n().bits();
        ensure!(
            bits == MODULUS_BITS,
            "the key has {bits} bits, {MODULUS_BITS} are needed"
        );
        ensure!(
            *private.e() == 65537u32.into(),
            "the public exponent must be 65537"
        );
        Ok(Self { private })
    }

    /// The key in PKCS#8, as [`SigningKey::from_pem`] reads it.
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn to_pem(&self) -> Result<String> {
        let pem = self
            .private
            .to_pkcs8_pem(LineEnding::LF)
            .context("encoding the key")?;
        Ok(pem.to_string())
    }

    /// The public key as it stands in an image: `RSAPublicKey` in DER.
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn public_key(&self) -> Result<Vec<u8>> {
        let der = self
            .private
            .to_public_key()
            .to_pkcs1_der()
            .context("encoding the key")?;
        Ok(der.into_vec())
    }

    /// What a device keeps of the key: SHA-256 of [`SigningKey::public_key`].
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn public_key_hash(&self) -> Result<[u8; 32]> {
        Ok(Sha256::digest(self.public_key()?).into())
    }

    /// Signs a SHA-256 hash with RSASSA-PSS.
    pub(crate) fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>> {
        let scheme = Pss::new_with_salt::<Sha256>(SALT_BYTES);
        self.private
            .sign_with_rng(&mut OsRng, scheme, digest)
            .context("signing")
    }
}
