// SPDX-License-Identifier: Apache-2.0
//! RSA keys: signatures are RSASSA-PSS with SHA-256 and a salt as long as the hash (RFC 8017).

use anyhow::{Context as _, Result, ensure};
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPublicKey as _};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::rand_core::OsRng;
use rsa::sha2::Sha256;
use rsa::traits::PublicKeyParts as _;
use rsa::{Pss, RsaPrivateKey};

/// As long as the hash: boot ROMs accept no other.
pub const SALT_BYTES: usize = 32;

const EXPONENT: u32 = 65537;

pub fn generate(bits: usize) -> Result<RsaPrivateKey> {
    RsaPrivateKey::new(&mut OsRng, bits).context("generating a key")
}

pub fn from_pkcs1(pem: &str) -> Result<RsaPrivateKey> {
    let key = RsaPrivateKey::from_pkcs1_pem(pem).context("reading the key as PKCS#1")?;
    fits(key)
}

pub fn from_pkcs8(pem: &str) -> Result<RsaPrivateKey> {
    let key = RsaPrivateKey::from_pkcs8_pem(pem).context("reading the key as RSA in PKCS#8")?;
    fits(key)
}

pub fn bits(key: &RsaPrivateKey) -> usize {
    key.n().bits()
}

fn fits(key: RsaPrivateKey) -> Result<RsaPrivateKey> {
    let bits = bits(&key);
    ensure!(
        [2048, 3072].contains(&bits),
        "the RSA key has {bits} bits, 2048 or 3072 are needed"
    );
    ensure!(
        *key.e() == EXPONENT.into(),
        "the public exponent must be {EXPONENT}"
    );
    Ok(key)
}

pub fn to_pem(key: &RsaPrivateKey) -> Result<String> {
    Ok(key.to_pkcs8_pem(LineEnding::LF)?.to_string())
}

pub fn public_key(key: &RsaPrivateKey) -> Result<Vec<u8>> {
    Ok(key.to_public_key().to_pkcs1_der()?.into_vec())
}

pub fn sign(key: &RsaPrivateKey, salt_bytes: usize, digest: &[u8; 32]) -> Result<Vec<u8>> {
    let scheme = Pss::new_with_salt::<Sha256>(salt_bytes);
    Ok(key.sign_with_rng(&mut OsRng, scheme, digest)?)
}
