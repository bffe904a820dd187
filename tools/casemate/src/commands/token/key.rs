// SPDX-License-Identifier: Apache-2.0
//! The key of a device in a file of one of several kinds.

use super::read_bytes;
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use builder::device::DeviceFile;
use signer::FileKind;
use std::path::Path;
use token_verifier::Key;

/// What an Initial Attestation Key has, as this project provisions it.
const IAK_BYTES: usize = 32;
/// A longer key is no key of HMAC-SHA-256: it would be hashed first (RFC 2104).
const IAK_BYTES_MAX: usize = 64;

/// The key, and the implementation id if the file has it.
pub fn in_file(path: &Path) -> Result<(Key, Option<Vec<u8>>)> {
    let bytes = read_bytes(path)?;
    read(&bytes).with_context(|| path.display().to_string())
}

fn read(bytes: &[u8]) -> Result<(Key, Option<Vec<u8>>)> {
    // Random bytes may look like anything.
    if bytes.len() == IAK_BYTES {
        return Ok((Key::iak(bytes)?, None));
    }
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    match FileKind::of(bytes) {
        Some(FileKind::Pem) => Ok((public(text)?, None)),
        Some(FileKind::Toml) => of_device(text),
        Some(kind) => bail!("it is no key of a device but {kind}"),
        None => {
            let found = bytes.len();
            ensure!(
                found <= IAK_BYTES_MAX,
                "it has {found} bytes, and an Initial Attestation Key has {IAK_BYTES}; a flash file is \
                 named by --flash"
            );
            Ok((Key::iak(bytes)?, None))
        }
    }
}

fn public(text: &str) -> Result<Key> {
    ensure!(
        !text.contains("PRIVATE KEY"),
        "it is a private key: `openssl pkey -in FILE -pubout` makes the public one, which verifies"
    );
    ensure!(
        !text.contains("BEGIN CERTIFICATE"),
        "it is a certificate: `openssl x509 -in FILE -pubkey -noout` shows its public key"
    );
    Ok(Key::public_pem(text)?)
}

/// Key and name in the file of a device.
fn of_device(text: &str) -> Result<(Key, Option<Vec<u8>>)> {
    let file = DeviceFile::parse(text).context("it is no file of a device")?;
    let key = file.initial_attestation_key.ok_or_else(|| {
        anyhow!(
            "the file of the device has no `initial_attestation_key`: `provision --save` writes one"
        )
    })?;
    let implementation_id = file.implementation_id.map(|id| id.to_vec());
    Ok((Key::iak(&key)?, implementation_id))
}
