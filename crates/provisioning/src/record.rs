// SPDX-License-Identifier: Apache-2.0
//! The part of OTP that is written once.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 4 | magic |
//! | 4 | 2 | version of the layout |
//! | 6 | 2 | length of the record |
//! | 8 | 4 | CRC-32 over bytes 0 to 7 and 12 to the end of the record |
//! | 12 | 4 | flags: which of the keys are published ones |
//! | 16 | 32 | SHA-256 of the public key that signs the firmware |
//! | 48 | 32 | initial attestation key (IAK) |
//! | 80 | 32 | hardware unique key (HUK) |
//! | 112 | 32 | implementation id: the kind of hardware |
//! | 144 | 19 | certification reference: EAN-13, a hyphen, five digits |
//! | 163 | 1 | zero |
//! | 164 | 32 | SHA-256 of a second public key that signs the firmware |
//!
//! Further fields are appended. A record may end before the keys and names of a device, at 48, and
//! is whole nevertheless; it does not end among them. It ends at 164 where there is one signing
//! key.

use crate::checksum::crc32;
use crate::error::Error;
use crate::identity::{CERTIFICATION_REFERENCE_BYTES, IMPLEMENTATION_ID_BYTES, Identity};
use crate::secrets::{KEY_BYTES, Secrets};

/// Size of the hash of a public key.
pub const HASH_BYTES: usize = 32;
/// The firmware is signed with a published key.
pub const FLAG_DEVELOPMENT_SIGNING_KEY: u32 = 1 << 0;
/// The attestation key and the hardware unique key are published.
pub const FLAG_DEVELOPMENT_SECRETS: u32 = 1 << 1;
/// A byte of unwritten memory.
pub const ERASED: u8 = 0xFF;

/// "CmOT".
pub(crate) const MAGIC: [u8; 4] = *b"CmOT";
pub(crate) const VERSION: u16 = 1;
pub(crate) const CHECKED_HEADER_BYTES: usize = 8;
pub(crate) const HEADER_BYTES: usize = 12;
const SIGNING_BYTES: usize = HEADER_BYTES + size_of::<u32>() + HASH_BYTES;
pub(crate) const PADDING_BYTES: usize = 1;
/// Size of a record with one signing key.
pub(crate) const ONE_KEY_BYTES: usize = SIGNING_BYTES
    + 2 * KEY_BYTES
    + IMPLEMENTATION_ID_BYTES
    + CERTIFICATION_REFERENCE_BYTES
    + PADDING_BYTES;
/// Size of a record with all fields.
pub(crate) const ENCODED_BYTES: usize = ONE_KEY_BYTES + HASH_BYTES;

/// The fields of a whole record.
pub(crate) struct Record<'a> {
    pub flags: u32,
    pub public_key_hash: &'a [u8; HASH_BYTES],
    pub secrets: Option<Secrets<'a>>,
    pub identity: Option<Identity<'a>>,
}

impl<'a> Record<'a> {
    /// Reads a record and checks all of it.
    pub fn read(part: &'a [u8]) -> Result<Self, Error> {
        let (whole, checksum) = frame(part)?;
        let header = whole.get(..CHECKED_HEADER_BYTES).unwrap_or_default();
        let content = whole.get(HEADER_BYTES..).unwrap_or_default();
        if crc32([header, content]) != checksum {
            return Err(Error::WrongChecksum);
        }
        Self::of(whole)
    }

    /// Reads a record whose checksum was checked before, since the last reset.
    pub fn read_again(part: &'a [u8]) -> Result<Self, Error> {
        Self::of(frame(part)?.0)
    }

    fn of(whole: &'a [u8]) -> Result<Self, Error> {
        let mut fields = Fields(whole.get(HEADER_BYTES..).unwrap_or_default());
        let flags = u32::from_le_bytes(*fields.take()?);
        let public_key_hash = fields.take()?;
        let is_complete = !fields.0.is_empty();
        let (mut secrets, mut identity) = (None, None);
        if is_complete {
            secrets = Some(Secrets {
                initial_attestation_key: fields.take()?,
                hardware_unique_key: fields.take()?,
            });
            identity = Some(Identity {
                implementation_id: fields.take()?,
                certification_reference: fields.take()?,
            });
        }
        Ok(Self {
            flags,
            public_key_hash,
            secrets,
            identity,
        })
    }
}

/// The hash of the second signing key in a record whose checksum was checked before.
pub(crate) fn second_key_hash(part: &[u8]) -> Result<Option<&[u8; HASH_BYTES]>, Error> {
    let (whole, _) = frame(part)?;
    let behind = whole.get(ONE_KEY_BYTES..).unwrap_or_default();
    match behind {
        [] => Ok(None),
        _ => behind.first_chunk().ok_or(Error::WrongLength).map(Some),
    }
}

/// The bytes of the record by its own length, and its checksum.
fn frame(part: &[u8]) -> Result<(&[u8], u32), Error> {
    let mut fields = Fields(part);
    let magic: &[u8; 4] = fields.take()?;
    if *magic != MAGIC {
        let blank = *magic == [ERASED; MAGIC.len()];
        return Err(if blank { Error::Blank } else { Error::Foreign });
    }
    if u16::from_le_bytes(*fields.take()?) != VERSION {
        return Err(Error::UnknownVersion);
    }
    let length_bytes = usize::from(u16::from_le_bytes(*fields.take()?));
    let checksum = u32::from_le_bytes(*fields.take()?);
    if length_bytes < SIGNING_BYTES {
        return Err(Error::WrongLength);
    }
    let whole = part.get(..length_bytes).ok_or(Error::WrongLength)?;
    Ok((whole, checksum))
}

/// What has not been read of a record.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take<const BYTES: usize>(&mut self) -> Result<&'a [u8; BYTES], Error> {
        let (field, rest) = self.0.split_first_chunk().ok_or(Error::WrongLength)?;
        self.0 = rest;
        Ok(field)
    }
}
