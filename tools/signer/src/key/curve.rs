// SPDX-License-Identifier: Apache-2.0
//! Keys on P-256: signatures are ECDSA with SHA-256 (FIPS 186-5), encoded in DER.
//!
//! The number of a signature that must be secret comes from key and hash (RFC 6979), so the same
//! image gets the same signature. `imgtool` takes a random one, so its signatures differ.

use anyhow::{Context as _, Result};
use p256::SecretKey;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _, LineEnding};

use super::edwards::random;

pub fn generate() -> Result<SecretKey> {
    // A number that is too large is no key; it comes up once in four thousand million times.
    loop {
        if let Ok(key) = SecretKey::from_slice(&random()?) {
            return Ok(key);
        }
    }
}

pub fn from_sec1(pem: &str) -> Result<SecretKey> {
    SecretKey::from_sec1_pem(pem).context("reading the key as P-256 in SEC 1")
}

pub fn from_pkcs8(pem: &str) -> Result<SecretKey> {
    SecretKey::from_pkcs8_pem(pem).context("reading the key as P-256 in PKCS#8")
}

pub fn to_pem(key: &SecretKey) -> Result<String> {
    Ok(key.to_pkcs8_pem(LineEnding::LF)?.to_string())
}

pub fn public_key(key: &SecretKey) -> Result<Vec<u8>> {
    Ok(key.public_key().to_public_key_der()?.into_vec())
}

pub fn sign(key: &SecretKey, digest: &[u8; 32]) -> Result<Vec<u8>> {
    let signature: Signature = SigningKey::from(key).sign_prehash(digest)?;
    Ok(signature.to_der().as_bytes().to_vec())
}
