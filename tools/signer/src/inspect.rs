// SPDX-License-Identifier: Apache-2.0
//! A report of everything that an image contains, whether it is right or not.

mod text;

use boot::settings::Portable;
use boot::signature::{Rsa3072, Scheme};
use boot::tlv::{self, kind};
use boot::verify::{hash_image, verify_signature};
use boot::{Error, Header, Manifest, Settings, Trust};
use rsa::sha2::{Digest, Sha256};
use serde::Serialize;

/// How the tool verifies.
type Tool = Portable<Rsa3072>;

/// What a device would demand.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// Hash of the key that the device accepts; nothing: any key.
    pub key_hash: Option<[u8; 32]>,
    /// The security counter of the device.
    pub security_counter: u32,
}

impl Trust for Expected {
    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        self.key_hash.is_none_or(|expected| expected == *key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.security_counter
    }
}

/// All that can be said about an image.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The header, if there is one.
    pub header: Option<HeaderFields>,
    /// The areas, as far as they can be read.
    pub areas: Vec<Area>,
    /// Size of the image, without what follows it in the slot.
    pub image_bytes: Option<usize>,
    /// Every check on its own.
    pub checks: Vec<Check>,
    /// Why a device refuses the image; nothing: it starts it.
    pub refused: Option<&'static str>,
}

/// The fields of the header.
#[derive(Debug, Serialize)]
pub struct HeaderFields {
    /// `MAJOR.MINOR.REVISION+BUILD`.
    pub version: String,
    /// The flags.
    pub flags: u32,
    /// Where the image wants to be loaded.
    pub load_address: u32,
    /// Distance of the payload from the beginning of the slot.
    pub header_bytes: u16,
    /// Size of the payload.
    pub payload_bytes: u32,
    /// Size that is announced for the protected area.
    pub protected_area_bytes: u16,
}

impl From<Header> for HeaderFields {
    fn from(header: Header) -> Self {
        Self {
            version: header.version.to_string(),
            flags: header.flags,
            load_address: header.load_address,
            header_bytes: header.header_bytes,
            payload_bytes: header.payload_bytes,
            protected_area_bytes: header.protected_area_bytes,
        }
    }
}

/// An area of entries.
#[derive(Debug, Serialize)]
pub struct Area {
    /// Whether the signature covers it.
    pub is_protected: bool,
    /// Its size with its head.
    pub total_bytes: usize,
    /// Its entries, up to the first that is broken.
    pub entries: Vec<Entry>,
    /// What is wrong with the first broken entry.
    pub broken: Option<&'static str>,
}

/// An entry of an area.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its type.
    pub kind: u16,
    /// What the type is called.
    pub name: &'static str,
    /// Its value in hexadecimal.
    pub value: String,
}

/// A check and what came of it.
#[derive(Debug, Serialize)]
pub struct Check {
    /// What is checked.
    pub name: &'static str,
    /// What is wrong; nothing: it is right.
    pub wrong: Option<&'static str>,
}

/// Looks at the image at the beginning of `slot`.
#[must_use]
pub fn inspect(slot: &[u8], expected: &Expected) -> Report {
    let header = Header::read(slot);
    let (areas, image_bytes) = header.map_or_else(|_| (Vec::new(), None), |h| areas(slot, &h));
    Report {
        header: header.ok().map(HeaderFields::from),
        areas,
        image_bytes,
        checks: checks(slot, expected),
        refused: boot::verify(slot, expected).err().map(Error::as_str),
    }
}

/// The areas behind the payload and the size of the image with them.
fn areas(slot: &[u8], header: &Header) -> (Vec<Area>, Option<usize>) {
    let mut areas = Vec::new();
    let mut start = usize::from(header.header_bytes) + header.payload_bytes as usize;
    loop {
        let rest = slot.get(start..).unwrap_or_default();
        let is_protected = match tlv::magic(rest) {
            Ok(tlv::PROTECTED_MAGIC) if areas.is_empty() => true,
            Ok(tlv::UNPROTECTED_MAGIC) => false,
            _ => return (areas, None),
        };
        let Ok((area, total_bytes)) = tlv::Area::read(rest) else {
            return (areas, None);
        };
        start += total_bytes;
        areas.push(read_area(area, is_protected, total_bytes));
        if !is_protected {
            return (areas, Some(start));
        }
    }
}

fn read_area(area: tlv::Area<'_>, is_protected: bool, total_bytes: usize) -> Area {
    let (mut entries, mut broken) = (Vec::new(), None);
    for entry in area {
        match entry {
            Ok(tlv::Entry { kind, value }) => {
                entries.push(Entry {
                    kind,
                    name: name(kind),
                    value: hex::encode(value),
                });
            }
            Err(error) => broken = Some(error.as_str()),
        }
    }
    Area {
        is_protected,
        total_bytes,
        entries,
        broken,
    }
}

fn name(kind: u16) -> &'static str {
    match kind {
        kind::KEY_HASH => "KEYHASH",
        kind::PUBLIC_KEY => "PUBKEY",
        kind::SHA256 => "SHA256",
        kind::RSA2048 => "RSA2048",
        kind::ECDSA => "ECDSASIG",
        kind::RSA3072 => "RSA3072",
        kind::ED25519 => "ED25519",
        kind::DEPENDENCY => "DEPENDENCY",
        kind::SECURITY_COUNTER => "SEC_CNT",
        kind::BOOT_RECORD => "BOOT_RECORD",
        kind::VENDOR_FIRST..=kind::VENDOR_LAST => "vendor",
        _ => "unknown",
    }
}

/// Every check of its own, so that one that fails does not hide the others.
fn checks(slot: &[u8], expected: &Expected) -> Vec<Check> {
    let manifest = match Manifest::read(slot, Rsa3072::TLV_KIND) {
        Ok(manifest) => manifest,
        Err(error) => {
            return vec![Check {
                name: "format",
                wrong: Some(error.as_str()),
            }];
        }
    };
    let digest = hash_image::<<Tool as Settings>::Compression>(manifest.signed);
    let key = Rsa3072::key(manifest.public_key);
    let key_hash = Sha256::digest(manifest.public_key).into();
    let is_signed =
        key.is_some_and(|key| verify_signature::<Tool>(key, &digest, manifest.signature));
    let check = |name, is_right: bool, error: Error| Check {
        name,
        wrong: (!is_right).then_some(error.as_str()),
    };
    let counter_fits = manifest.security_counter >= expected.security_counter;
    vec![
        Check {
            name: "format",
            wrong: None,
        },
        check("hash", digest == *manifest.hash, Error::WrongHash),
        check("public key", key.is_some(), Error::KeyMalformed),
        check(
            "key accepted",
            expected.accepts_key(&key_hash),
            Error::WrongKey,
        ),
        check("signature", is_signed, Error::WrongSignature),
        check("security counter", counter_fits, Error::CounterTooLow),
    ]
}
