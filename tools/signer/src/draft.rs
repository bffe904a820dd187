// SPDX-License-Identifier: Apache-2.0
//! The parts of an image before it is signed. Tests change them one by one to make images that a
//! device must refuse.

use anyhow::{Context, Result, ensure};
use boot::Header;
use boot::tlv::{HEAD_BYTES, PROTECTED_MAGIC, UNPROTECTED_MAGIC, kind};
use primitives::sha256::Sha256;

use crate::{Options, PublicKeyFormat, SigningKey, boot_record};

/// What fills the header up to its size: the value of an erased byte.
pub const ERASED: u8 = 0xFF;

/// Type and value of an entry.
pub type Entry = (u16, Vec<u8>);

/// The parts that are signed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The header.
    pub header: Header,
    /// The program.
    pub payload: Vec<u8>,
    /// The entries of the protected area.
    pub protected: Vec<Entry>,
    /// How the public key will stand behind them.
    pub public_key_format: PublicKeyFormat,
}

impl Draft {
    /// The parts of an image of `payload` to be signed with `key`.
    ///
    /// # Errors
    /// The header or the payload has a size that the format can't hold.
    pub fn new(payload: &[u8], key: &SigningKey, options: &Options) -> Result<Self> {
        ensure!(
            usize::from(options.header_bytes) >= boot::header::HEADER_BYTES,
            "the header needs {} bytes, it has {}",
            boot::header::HEADER_BYTES,
            options.header_bytes
        );
        let counter = options.security_counter.value(options.version);
        let mut protected = vec![(kind::SECURITY_COUNTER, counter.to_le_bytes().to_vec())];
        if let Some(software_type) = &options.software_type {
            let signer = key.public_key_hash()?;
            let record = boot_record::encode(software_type, options.version, &signer)?;
            protected.push((kind::BOOT_RECORD, record));
        }
        for dependency in &options.dependencies {
            protected.push((kind::DEPENDENCY, dependency.encode()));
        }
        if let Some(hash) = options.revoked_key {
            protected.push((kind::REVOKED_KEY, hash.to_vec()));
        }
        let header = Header {
            load_address: 0,
            header_bytes: options.header_bytes,
            protected_area_bytes: 0,
            payload_bytes: payload
                .len()
                .try_into()
                .context("the payload is too large")?,
            flags: 0,
            version: options.version,
        };
        let mut draft = Self {
            header,
            payload: payload.to_vec(),
            protected,
            public_key_format: options.public_key_format,
        };
        draft.announce_protected()?;
        Ok(draft)
    }

    /// Sets the size of the protected area in the header.
    ///
    /// # Errors
    /// The area is too long for the format.
    pub fn announce_protected(&mut self) -> Result<()> {
        let area_bytes = area(PROTECTED_MAGIC, &self.protected)?.len();
        self.header.protected_area_bytes = area_bytes.try_into()?;
        Ok(())
    }

    /// Everything that the signature covers.
    ///
    /// # Errors
    /// The protected area is too long for the format.
    pub fn signed_part(&self) -> Result<Vec<u8>> {
        let mut bytes = self.header.encode().to_vec();
        let header_bytes = usize::from(self.header.header_bytes);
        bytes.resize(header_bytes.max(bytes.len()), ERASED);
        bytes.extend(&self.payload);
        bytes.extend(area(PROTECTED_MAGIC, &self.protected)?);
        Ok(bytes)
    }

    /// The whole image, signed.
    ///
    /// # Errors
    /// An area is too long for the format, or signing failed.
    pub fn seal(&self, key: &SigningKey) -> Result<Vec<u8>> {
        let mut image = self.signed_part()?;
        let proof = proof(&image, key, self.public_key_format)?;
        image.extend(area(UNPROTECTED_MAGIC, &proof)?);
        Ok(image)
    }
}

/// Hash, public key and signature of the signed part: the entries of the unprotected area.
///
/// # Errors
/// Signing failed.
pub fn proof(
    signed_part: &[u8],
    key: &SigningKey,
    public_key_format: PublicKeyFormat,
) -> Result<Vec<Entry>> {
    let digest = Sha256::digest(signed_part);
    let public_key = match public_key_format {
        PublicKeyFormat::Full => (kind::PUBLIC_KEY, key.public_key()?),
        PublicKeyFormat::Hash => (kind::KEY_HASH, key.public_key_hash()?.to_vec()),
    };
    Ok(vec![
        (kind::SHA256, digest.to_vec()),
        public_key,
        (key.signature_type().tlv_kind(), key.sign(&digest)?),
    ])
}

/// An area of entries; no bytes if there are no entries.
///
/// # Errors
/// A value or the area is too long for the format.
pub fn area(magic: u16, entries: &[Entry]) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    for (kind, value) in entries {
        let length = u16::try_from(value.len()).context("a TLV value is too long")?;
        content.extend(kind.to_le_bytes());
        content.extend(length.to_le_bytes());
        content.extend(value);
    }
    if content.is_empty() {
        return Ok(content);
    }
    let total = u16::try_from(content.len() + HEAD_BYTES).context("a TLV area is too long")?;
    let mut area = magic.to_le_bytes().to_vec();
    area.extend(total.to_le_bytes());
    area.extend(content);
    Ok(area)
}
