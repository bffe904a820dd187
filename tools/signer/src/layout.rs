// SPDX-License-Identifier: Apache-2.0
//! Data of a developers' kit about its board and its image: `layout.json`.
//!
//! `cargo xtask kit` writes it, `casemate-sign` and the tools of others read it.

use crate::options::{Options, PublicKeyFormat, SecurityCounter, parse_version};
use crate::{SignatureType, SigningKey};
use anyhow::{Result, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The kit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Layout {
    /// Version of the kit.
    pub version: String,
    /// The board.
    pub board: String,
    /// The profile that the secure image was built for.
    pub profile: String,
    /// How an image for the primary slot is made.
    pub image: ImageLayout,
    /// RAM of the non-secure world.
    pub nonsecure_ram: Range,
    /// The flash.
    pub flash: FlashLayout,
}

/// How an image is made: header, secure image, non-secure image, signature.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImageLayout {
    /// Address of the secure image, behind the header.
    pub secure_address: u64,
    /// Address of the non-secure image.
    pub nonsecure_address: u64,
    /// Address behind the last byte that both may have.
    pub end_limit: u64,
    /// Size of the header.
    pub header_bytes: u16,
    /// Size of the slot.
    pub slot_bytes: usize,
    /// What the boot ROM verifies.
    pub signature: SignatureType,
    /// How the public key stands in the image.
    pub public_key_format: PublicKeyFormat,
    /// Version: major.minor.revision+build.
    pub version: String,
    /// Security counter.
    pub security_counter: u32,
    /// What the software is called in an attestation token.
    pub software_type: Option<String>,
}

/// A piece of memory.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Range {
    /// Its first address.
    pub address: u64,
    /// Its size.
    pub size_bytes: u64,
}

/// The flash and its areas, by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlashLayout {
    /// The whole.
    pub whole: Range,
    /// Size of a sector, which is erased at once.
    pub sector_bytes: u64,
    /// What is programmed at once.
    pub program_unit_bytes: u64,
    /// The areas.
    pub areas: BTreeMap<String, Range>,
}

impl ImageLayout {
    /// Checks that the boot ROM verifies what a key signs.
    ///
    /// # Errors
    /// When the key is of another type.
    pub fn check(&self, key: &SigningKey) -> Result<()> {
        let (wanted, found) = (self.signature, key.signature_type());
        ensure!(
            wanted == found,
            "the key is of type {found}, and the boot ROM of this kit verifies {wanted}: name a \
             key of that type, or make a kit with `--set boot.signature={found}`"
        );
        Ok(())
    }

    /// For [`crate::sign`].
    ///
    /// # Errors
    /// When the version is none.
    pub fn options(&self) -> Result<Options> {
        Ok(Options {
            header_bytes: self.header_bytes,
            version: parse_version(&self.version)?,
            security_counter: SecurityCounter::Value(self.security_counter),
            software_type: self.software_type.clone(),
            public_key_format: self.public_key_format,
            dependencies: Vec::new(),
            revoked_key: None,
            slot_bytes: Some(self.slot_bytes),
            placement: None, // the secure image of the kit, which is first, has its place
            pad_to_slot: false,
        })
    }
}
