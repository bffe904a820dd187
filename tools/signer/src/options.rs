// SPDX-License-Identifier: Apache-2.0
//! What is decided about an image when it is signed.

use anyhow::{Context, Result, ensure};
use boot::Version;

/// Options of [`crate::sign`]; the defaults are those of the project's boards.
#[derive(Clone, Debug)]
pub struct Options {
    /// Distance of the payload from the beginning of the slot.
    pub header_bytes: u16,
    /// Version of the image.
    pub version: Version,
    /// A device never goes back to a lower counter.
    pub security_counter: SecurityCounter,
    /// What the software is, for the attestation; with it the image gets a boot record.
    pub software_type: Option<String>,
    /// Size of the slot, into which the image must fit.
    pub slot_bytes: Option<usize>,
    /// Fills the slot and marks it as ready for an upgrade.
    pub pad_to_slot: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            header_bytes: 0x400,
            version: Version::default(),
            security_counter: SecurityCounter::FromVersion,
            software_type: None,
            slot_bytes: None,
            pad_to_slot: false,
        }
    }
}

/// Where the security counter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityCounter {
    /// Major version in bits 31 to 24, minor in 23 to 16, revision in 15 to 0.
    FromVersion,
    /// This number.
    Value(u32),
}

impl SecurityCounter {
    /// The counter of an image of this version.
    #[must_use]
    pub fn value(self, version: Version) -> u32 {
        match self {
            Self::FromVersion => {
                (u32::from(version.major) << 24)
                    | (u32::from(version.minor) << 16)
                    | u32::from(version.revision)
            }
            Self::Value(value) => value,
        }
    }
}

/// Reads a version: `1`, `1.2`, `1.2.3` or `1.2.3+4`.
///
/// # Errors
///
/// When the text is none of these or a number does not fit into its field.
pub fn parse_version(text: &str) -> Result<Version> {
    let context = || format!("version '{text}': expected MAJOR[.MINOR[.REVISION]][+BUILD]");
    let (numbers, build) = text.split_once('+').unwrap_or((text, "0"));
    let mut parts = numbers.split('.');
    let version = Version {
        major: parts.next().unwrap_or("").parse().with_context(context)?,
        minor: parts.next().unwrap_or("0").parse().with_context(context)?,
        revision: parts.next().unwrap_or("0").parse().with_context(context)?,
        build: build.parse().with_context(context)?,
    };
    ensure!(parts.next().is_none(), context());
    Ok(version)
}
