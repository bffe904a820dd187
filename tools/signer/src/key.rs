// SPDX-License-Identifier: Apache-2.0
//! The private key that signs images, of one of the types that a boot ROM can verify.
//!
//! Keys are read from the PEM files that `openssl`, `imgtool keygen` and [`SigningKey::to_pem`]
//! write; which type a key has is what its file says. The public key is encoded as `imgtool`
//! puts it into images, and signatures are those that `imgtool` makes: all over the SHA-256 hash
//! of the signed part of an image.

mod curve;
mod edwards;
mod pem;
mod public;
mod rsa;

use std::fmt;

use anyhow::{Context as _, Result};
use boot::tlv::kind;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use primitives::sha256::Sha256;
use serde::{Deserialize, Serialize};

pub use self::public::PublicKey;
use self::rsa::SALT_BYTES;

/// What a key is and what signatures it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureType {
    /// RSA with 2048 bits, PSS with SHA-256.
    Rsa2048,
    /// RSA with 3072 bits, PSS with SHA-256.
    Rsa3072,
    /// ECDSA on P-256 with SHA-256.
    EcdsaP256,
    /// Ed25519.
    Ed25519,
}

impl SignatureType {
    /// All types.
    pub const ALL: [Self; 4] = [Self::Rsa2048, Self::Rsa3072, Self::EcdsaP256, Self::Ed25519];

    /// What configurations call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rsa2048",
            Self::Rsa3072 => "rsa3072",
            Self::EcdsaP256 => "ecdsa_p256",
            Self::Ed25519 => "ed25519",
        }
    }

    /// The type of the entry in an image that holds such a signature.
    #[must_use]
    pub const fn tlv_kind(self) -> u16 {
        match self {
            Self::Rsa2048 => kind::RSA2048,
            Self::Rsa3072 => kind::RSA3072,
            Self::EcdsaP256 => kind::ECDSA,
            Self::Ed25519 => kind::ED25519,
        }
    }

    /// The type of the signature in an entry of this type.
    #[must_use]
    pub fn of_tlv_kind(kind: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.tlv_kind() == kind)
    }

    /// The type that a configuration calls by this name.
    ///
    /// # Errors
    ///
    /// When there is no such type.
    pub fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|own| own.name() == name);
        found.with_context(|| format!("there is no signature type '{name}'"))
    }
}

impl ValueEnum for SignatureType {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl fmt::Display for SignatureType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A private key.
#[derive(Clone, Debug)]
pub struct SigningKey {
    private: PrivateKey,
}

/// A private key as the crate of its algorithm has it.
#[derive(Clone, Debug)]
pub enum PrivateKey {
    /// Of one of the two sizes.
    Rsa(::rsa::RsaPrivateKey),
    /// Of P-256.
    EcdsaP256(p256::SecretKey),
    /// Of Ed25519.
    Ed25519(ed25519_dalek::SigningKey),
}

impl SigningKey {
    /// Makes a new key.
    ///
    /// # Errors
    ///
    /// When the system gives no random numbers.
    pub fn generate(signature_type: SignatureType) -> Result<Self> {
        let private = match signature_type {
            SignatureType::Rsa2048 => PrivateKey::Rsa(rsa::generate(2048)?),
            SignatureType::Rsa3072 => PrivateKey::Rsa(rsa::generate(3072)?),
            SignatureType::EcdsaP256 => PrivateKey::EcdsaP256(curve::generate()?),
            SignatureType::Ed25519 => PrivateKey::Ed25519(edwards::generate()?),
        };
        Ok(Self { private })
    }

    /// Reads a key as [`SigningKey::from_pem`] from the content of a file.
    ///
    /// # Errors
    ///
    /// Also when the file is of another kind, which the error names.
    pub fn from_file(content: &[u8]) -> Result<Self> {
        Self::from_pem(pem::text(content)?)
    }

    /// Reads a key of any type: PKCS#8, PKCS#1 for RSA, SEC 1 for P-256. Text around the block is
    /// ignored.
    ///
    /// # Errors
    ///
    /// When there is no such key, or one that boot ROMs do not accept.
    pub fn from_pem(text: &str) -> Result<Self> {
        let private = pem::read(text)?;
        Ok(Self { private })
    }

    /// The key in PKCS#8, as [`SigningKey::from_pem`], `openssl` and `imgtool` read it.
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn to_pem(&self) -> Result<String> {
        match &self.private {
            PrivateKey::Rsa(key) => rsa::to_pem(key),
            PrivateKey::EcdsaP256(key) => curve::to_pem(key),
            PrivateKey::Ed25519(key) => edwards::to_pem(key),
        }
        .context("encoding the key")
    }

    /// The key itself, to compute with it in other ways than images are signed.
    #[must_use]
    pub const fn private(&self) -> &PrivateKey {
        &self.private
    }

    /// What the key is.
    #[must_use]
    pub fn signature_type(&self) -> SignatureType {
        match &self.private {
            PrivateKey::Rsa(key) if rsa::bits(key) == 2048 => SignatureType::Rsa2048,
            PrivateKey::Rsa(_) => SignatureType::Rsa3072,
            PrivateKey::EcdsaP256(_) => SignatureType::EcdsaP256,
            PrivateKey::Ed25519(_) => SignatureType::Ed25519,
        }
    }

    /// The public key as it stands in an image, in DER: `RSAPublicKey` (RFC 8017), and
    /// `SubjectPublicKeyInfo` (RFC 5280) of the others.
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn public_key(&self) -> Result<Vec<u8>> {
        match &self.private {
            PrivateKey::Rsa(key) => rsa::public_key(key),
            PrivateKey::EcdsaP256(key) => curve::public_key(key),
            PrivateKey::Ed25519(key) => edwards::public_key(key),
        }
        .context("encoding the public key")
    }

    /// What a device keeps of the key: SHA-256 of [`SigningKey::public_key`].
    ///
    /// # Errors
    ///
    /// When the key cannot be encoded.
    pub fn public_key_hash(&self) -> Result<[u8; 32]> {
        Ok(Sha256::digest(&self.public_key()?))
    }

    /// Signs a SHA-256 hash. The signature has the form that it has in an image.
    ///
    /// # Errors
    /// The key can't sign, or the system gives no random numbers.
    pub fn sign(&self, digest: &[u8; 32]) -> Result<Vec<u8>> {
        match &self.private {
            PrivateKey::Rsa(key) => rsa::sign(key, SALT_BYTES, digest),
            PrivateKey::EcdsaP256(key) => curve::sign(key, digest),
            PrivateKey::Ed25519(key) => Ok(edwards::sign(key, digest)),
        }
        .context("signing")
    }
}
