// SPDX-License-Identifier: Apache-2.0
//! Files of keys (RFC 7468): which block holds the key, and what the key is.

use anyhow::{Context as _, Result, bail, ensure};
use p256::pkcs8::{ObjectIdentifier, PrivateKeyInfoRef, SecretDocument};

use super::{PrivateKey, curve, edwards, rsa};
use crate::FileKind;

/// Algorithms of keys (RFC 8017, RFC 5480, RFC 8410).
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
/// What `openssl ecparam -genkey` writes before the key.
const PARAMETERS: &str = "EC PARAMETERS";

pub fn read(text: &str) -> Result<PrivateKey> {
    let (label, block) = key_block(text)?;
    ensure!(
        !block.contains("ENCRYPTED"),
        "the key is encrypted: decrypt it first, for example by `openssl pkey -in KEY -out PLAIN`"
    );
    refuse_other_curve(block)?;
    match label {
        "RSA PRIVATE KEY" => rsa::from_pkcs1(block).map(PrivateKey::Rsa),
        "EC PRIVATE KEY" => curve::from_sec1(block).map(PrivateKey::EcdsaP256),
        "PRIVATE KEY" => from_pkcs8(block),
        _ if label.starts_with("PUBLIC KEY") => bail!("a private key is needed to sign"),
        _ => bail!("the key file holds a block '{label}', PRIVATE KEY is expected"),
    }
}

/// The text of a key file.
pub fn text(file: &[u8]) -> Result<&str> {
    match (FileKind::of(file), std::str::from_utf8(file)) {
        (None | Some(FileKind::Pem), Ok(text)) => Ok(text),
        (Some(kind), _) => bail!("keys are read from PEM files, and this one is {kind}"),
        (None, Err(_)) => bail!("keys are read from PEM files, and this one is no text"),
    }
}

/// The curve that a key in DER names, if no boot ROM verifies by it; the identifiers of curves
/// (SEC 2, A.2) stand there as they are, whatever the form of the key.
pub fn other_curve(der: &[u8]) -> Option<&'static str> {
    let named = [
        (&[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22][..], "P-384"),
        (&[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23], "P-521"),
        (&[0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x0A], "secp256k1"),
    ];
    let stands = |identifier: &[u8]| der.windows(identifier.len()).any(|part| part == identifier);
    let found = named.iter().find(|(identifier, _)| stands(identifier));
    found.map(|(_, name)| *name)
}

/// Refuses a key of a curve that has a name and is not ours.
pub fn refuse_other_curve(block: &str) -> Result<()> {
    let document = SecretDocument::from_pem(block).ok();
    let curve = document.and_then(|(_, document)| other_curve(document.as_bytes()));
    ensure!(
        curve.is_none(),
        "the key is on another curve than P-256: {}. Make one by `cargo xtask keygen --type \
         ecdsa_p256 FILE` or `openssl ecparam -name prime256v1 -genkey -noout -out FILE`",
        curve.unwrap_or_default()
    );
    Ok(())
}

/// The first block that is not parameters: its label, and all of it.
pub fn key_block(text: &str) -> Result<(&str, &str)> {
    let mut rest = text;
    loop {
        let start = rest.find(BEGIN).context("no PEM block in the key file")?;
        let block = &rest[start..];
        let (label, _) = block[BEGIN.len()..]
            .split_once(DASHES)
            .context("no PEM block in the key file")?;
        let end = format!("{END}{label}{DASHES}");
        let length = block.find(&end).map_or(block.len(), |at| at + end.len());
        if label != PARAMETERS {
            return Ok((label, &block[..length]));
        }
        rest = &block[length..];
    }
}

fn from_pkcs8(block: &str) -> Result<PrivateKey> {
    let (_, document) = SecretDocument::from_pem(block)
        .ok()
        .context("reading the key as PKCS#8")?;
    let info = PrivateKeyInfoRef::try_from(document.as_bytes())
        .ok()
        .context("reading the key as PKCS#8")?;
    match info.algorithm.oid {
        RSA => rsa::from_pkcs8(block).map(PrivateKey::Rsa),
        ED25519 => edwards::from_pkcs8(block).map(PrivateKey::Ed25519),
        ELLIPTIC_CURVE if info.algorithm.parameters_oid() == Ok(P256) => {
            curve::from_pkcs8(block).map(PrivateKey::EcdsaP256)
        }
        ELLIPTIC_CURVE => bail!("the key is on another curve than P-256"),
        other => bail!(
            "the key is of a type that no boot ROM verifies ({other}): rsa2048, rsa3072, \
             ecdsa_p256 and ed25519 can be used"
        ),
    }
}
