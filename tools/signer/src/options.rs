// SPDX-License-Identifier: Apache-2.0
//! Options of signing an image.

use std::str::FromStr;

use anyhow::{Context, Result, ensure};
use boot::{Placement, Version};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

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
    /// How the public key stands in the image.
    pub public_key_format: PublicKeyFormat,
    /// What the image depends on: the number of an image, and its lowest version.
    pub dependencies: Vec<Dependency>,
    /// Hash of the first of two keys, which the image of the second revokes.
    pub revoked_key: Option<[u8; 32]>,
    /// Size of the slot, into which the image must fit.
    pub slot_bytes: Option<usize>,
    /// Where the device runs images, if that is known: an image for another place is not signed.
    pub placement: Option<Placement>,
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
            public_key_format: PublicKeyFormat::Full,
            dependencies: Vec::new(),
            revoked_key: None,
            slot_bytes: None,
            placement: None,
            pad_to_slot: false,
        }
    }
}

/// How the public key stands in the image; the names are those of `imgtool`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicKeyFormat {
    /// The whole key: the device knows its hash.
    Full,
    /// The hash of the key: the device knows the key itself.
    Hash,
}

/// An image without which another does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// 0: the secure image, or the only one; 1: the non-secure image.
    pub image: u8,
    /// The lowest version of it.
    pub version: Version,
}

impl Dependency {
    /// The value of its entry in an image.
    pub(crate) fn encode(self) -> Vec<u8> {
        let Version {
            major,
            minor,
            revision,
            build,
        } = self.version;
        let mut value = vec![self.image, 0, 0, 0, major, minor];
        value.extend(revision.to_le_bytes());
        value.extend(build.to_le_bytes());
        value
    }
}

/// Reads dependencies as `imgtool --dependencies` does: `(0, 1.2.3+0)`, several one behind the
/// other.
///
/// # Errors
///
/// When the text is none of these, or names an image that no device has.
pub fn parse_dependencies(text: &str) -> Result<Vec<Dependency>> {
    let context =
        || format!("dependencies '{text}': expected (IMAGE, VERSION), for example (1, 1.2.3)");
    let mut dependencies = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let inner = rest.strip_prefix('(').with_context(context)?;
        let (pair, behind) = inner.split_once(')').with_context(context)?;
        let (image, version) = pair.split_once(',').with_context(context)?;
        let image = parse_number(image.trim()).with_context(context)?;
        ensure!(
            image <= 1,
            "dependencies '{text}': there is no image {image}, but 0 and 1"
        );
        dependencies.push(Dependency {
            image: image as u8,
            version: parse_version(version.trim())?,
        });
        rest = behind.trim_start_matches([' ', ',', ';']);
    }
    ensure!(!dependencies.is_empty(), context());
    Ok(dependencies)
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

impl FromStr for SecurityCounter {
    type Err = anyhow::Error;

    /// Reads `auto`, or a number as `imgtool` reads it: decimal, or with `0x`, `0o` or `0b`.
    fn from_str(text: &str) -> Result<Self> {
        if text.eq_ignore_ascii_case("auto") {
            return Ok(Self::FromVersion);
        }
        let number = parse_number(text).context("expected `auto` or a number of 32 bits")?;
        Ok(Self::Value(number))
    }
}

/// Reads a number: decimal, or with `0x`, `0o` or `0b`.
///
/// # Errors
///
/// When the text is no such number or has more than 32 bits.
pub fn parse_number(text: &str) -> Result<u32> {
    let lower = text.to_ascii_lowercase();
    let radices = [("0x", 16), ("0o", 8), ("0b", 2)];
    let found = radices
        .iter()
        .find_map(|(prefix, radix)| Some((lower.strip_prefix(prefix)?, *radix)));
    let (digits, radix) = found.unwrap_or((&lower, 10));
    u32::from_str_radix(digits, radix).with_context(|| format!("'{text}'"))
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
