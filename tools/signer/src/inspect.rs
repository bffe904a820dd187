// SPDX-License-Identifier: Apache-2.0
//! A report of everything that an image contains, whether it is right or not.

mod text;

use boot::parsed_image::Kinds;
use boot::tlv::{self, kind};
use boot::{Error, Header, ParsedImage, Placement, Trust};
use primitives::sha256::Sha256;
use serde::Serialize;

use crate::{Expected, SignatureType, check_trailer, verify};

/// All that can be said about an image.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The header, if there is one.
    pub header: Option<HeaderFields>,
    /// The areas, as far as they can be read.
    pub areas: Vec<Area>,
    /// The type of the signature, if there is one.
    pub signature_type: Option<SignatureType>,
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
    pub wrong: Option<String>,
}

/// Looks at the image at the beginning of `slot`.
#[must_use]
pub fn inspect(slot: &[u8], expected: &Expected) -> Report {
    let header = Header::read(slot);
    let (areas, image_bytes) = header.map_or_else(|_| (Vec::new(), None), |h| areas(slot, &h));
    let signature_type = signature_type(&areas);
    let judge = expected.signature_type.or(signature_type);
    let judge = judge.unwrap_or(SignatureType::Rsa3072);
    let refused = verify::verify_expected(slot, expected, judge).err();
    Report {
        header: header.ok().map(HeaderFields::from),
        signature_type,
        checks: checks(slot, expected, signature_type),
        areas,
        image_bytes,
        refused: refused.map(Error::as_str),
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

/// The type of the first signature.
fn signature_type(areas: &[Area]) -> Option<SignatureType> {
    let mut unprotected = areas.iter().filter(|area| !area.is_protected);
    let mut entries = unprotected.next()?.entries.iter();
    entries.find_map(|entry| SignatureType::of_tlv_kind(entry.kind))
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
        // What `imgtool` writes for keys and options that no boot ROM here verifies.
        0x11 => "SHA384",
        0x12 => "SHA512",
        0x30..=0x35 => "encrypted",
        kind::RSA2048 => "RSA2048",
        kind::ECDSA => "ECDSASIG",
        kind::RSA3072 => "RSA3072",
        kind::ED25519 => "ED25519",
        kind::DEPENDENCY => "DEPENDENCY",
        kind::SECURITY_COUNTER => "SEC_CNT",
        kind::BOOT_RECORD => "BOOT_RECORD",
        kind::REVOKED_KEY => "REVOKED_KEY",
        kind::VENDOR_FIRST..=kind::VENDOR_LAST => "vendor",
        _ => "unknown",
    }
}

/// Every check of its own, so that one that fails does not hide the others.
fn checks(slot: &[u8], expected: &Expected, found: Option<SignatureType>) -> Vec<Check> {
    let check = |name, outcome: Result<(), Error>| Check {
        name,
        wrong: outcome.err().map(|error| error.as_str().to_owned()),
    };
    // Without a signature the format is wrong, whatever is looked for.
    let signature_type = found.unwrap_or(SignatureType::Rsa3072);
    let kinds = Kinds {
        signature: signature_type.tlv_kind(),
        key: expected.key_kind(),
    };
    let parsed = match expected.of_pair {
        true => ParsedImage::read_of_pair(slot, kinds),
        false => ParsedImage::read(slot, kinds),
    };
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return vec![check("format", Err(error))],
    };
    let wanted = expected.signature_type.unwrap_or(signature_type);
    let digest = Sha256::digest(parsed.signed);
    let whole_key = expected.whole_key(parsed.public_key);
    let accepts = |key| expected.accepts_key(&Sha256::digest(key));
    let [key, signature] = verify::proof(&parsed, whole_key, &digest, signature_type);
    let is = |is_right: bool, error: Error| is_right.then_some(()).ok_or(error);
    let placed = |placement: Placement| placement.check(&parsed);
    let counter_fits = parsed.security_counter >= expected.security_counter;
    vec![
        check("format", Ok(())),
        check("place", expected.placement.map_or(Ok(()), placed)),
        check("hash", is(digest == *parsed.hash, Error::WrongHash)),
        Check {
            name: "signature type",
            wrong: (wanted != signature_type)
                .then(|| format!("{signature_type}, the device verifies {wanted}")),
        },
        check("public key", key),
        check(
            "key accepted",
            is(whole_key.is_some_and(accepts), Error::WrongKey),
        ),
        check("signature", signature),
        check("security counter", is(counter_fits, Error::CounterTooLow)),
        Check {
            name: "trailer",
            wrong: check_trailer(slot).err().map(|error| error.to_string()),
        },
    ]
}
