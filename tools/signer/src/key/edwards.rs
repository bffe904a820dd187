// SPDX-License-Identifier: Apache-2.0
//! Keys of Ed25519 (RFC 8032). The message that is signed is the hash of the image.

use anyhow::{Context as _, Result};
use ed25519_dalek::pkcs8::spki::EncodePublicKey as _;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes};
use ed25519_dalek::{Signer as _, SigningKey};
use rsa::rand_core::{OsRng, RngCore as _};

pub fn generate() -> Result<SigningKey> {
    Ok(SigningKey::from_bytes(&random()?))
}

/// Random bytes of the system.
pub fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    OsRng
        .try_fill_bytes(&mut bytes)
        .context("the system gives no random numbers")?;
    Ok(bytes)
}

pub fn from_pkcs8(pem: &str) -> Result<SigningKey> {
    SigningKey::from_pkcs8_pem(pem).context("reading the key as Ed25519 in PKCS#8")
}

/// Without the public key, which is optional there and which `openssl` does not expect.
pub fn to_pem(key: &SigningKey) -> Result<String> {
    let keypair = KeypairBytes {
        secret_key: key.to_bytes(),
        public_key: None,
    };
    Ok(keypair.to_pkcs8_pem(LineEnding::LF)?.to_string())
}

pub fn public_key(key: &SigningKey) -> Result<Vec<u8>> {
    Ok(key.verifying_key().to_public_key_der()?.into_vec())
}

pub fn sign(key: &SigningKey, digest: &[u8; 32]) -> Vec<u8> {
    key.sign(digest).to_bytes().to_vec()
}
