// SPDX-License-Identifier: Apache-2.0
//! What a developers' kit says of its board and of the image: `layout.json`.
//!
//! `cargo xtask kit` writes it, `casemate-sign` and the tools of others read it.

use crate::options::{Options, SecurityCounter, parse_version};
use anyhow::Result;
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
            slot_bytes: Some(self.slot_bytes),
            pad_to_slot: false,
        })
    }
}
