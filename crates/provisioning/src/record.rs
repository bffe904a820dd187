// SPDX-License-Identifier: Apache-2.0
//! The part of OTP that is written once.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 4 | magic |
//! | 4 | 2 | version of the layout |
//! | 6 | 2 | length of the record |
//! | 8 | 4 | CRC-32 over bytes 0 to 7 and 12 to the end of the record |
//! | 12 | 4 | flags |
//! | 16 | 32 | SHA-256 of the public key that signs the firmware |
//!
//! Further fields are appended.

use crate::Error;
use crate::checksum::crc32;

/// Size of the hash of a public key.
pub const HASH_BYTES: usize = 32;
/// The firmware is signed with a published key.
pub const FLAG_DEVELOPMENT_KEYS: u32 = 1 << 0;
/// A byte of memory that nobody has written.
pub const ERASED: u8 = 0xFF;

/// "CmOT".
const MAGIC: [u8; 4] = *b"CmOT";
const VERSION: u16 = 1;
const ENCODED_BYTES: usize = 48;
const CHECKED_HEADER_BYTES: usize = 8;
const HEADER_BYTES: usize = 12;

/// The fields of a whole record.
pub(crate) struct Record<'a> {
    pub flags: u32,
    pub public_key_hash: &'a [u8; HASH_BYTES],
}

impl<'a> Record<'a> {
    pub fn read(part: &'a [u8]) -> Result<Self, Error> {
        let mut fields = Fields(part);
        let magic: &[u8; 4] = fields.take()?;
        if *magic != MAGIC {
            let blank = magic.iter().all(|byte| *byte == ERASED);
            return Err(if blank { Error::Blank } else { Error::Foreign });
        }
        if u16::from_le_bytes(*fields.take()?) != VERSION {
            return Err(Error::UnknownVersion);
        }
        let length_bytes = usize::from(u16::from_le_bytes(*fields.take()?));
        let checksum = u32::from_le_bytes(*fields.take()?);
        let whole = part.get(..length_bytes).ok_or(Error::WrongLength)?;
        let header = whole
            .get(..CHECKED_HEADER_BYTES)
            .ok_or(Error::WrongLength)?;
        let content = whole.get(HEADER_BYTES..).ok_or(Error::WrongLength)?;
        if crc32([header, content]) != checksum {
            return Err(Error::WrongChecksum);
        }
        let mut fields = Fields(content);
        Ok(Self {
            flags: u32::from_le_bytes(*fields.take()?),
            public_key_hash: fields.take()?,
        })
    }
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

/// A record as it is programmed.
pub(crate) fn encode(flags: u32, public_key_hash: &[u8; HASH_BYTES]) -> [u8; ENCODED_BYTES] {
    let mut content = [0; ENCODED_BYTES - HEADER_BYTES];
    let values = flags.to_le_bytes().into_iter().chain(*public_key_hash);
    content
        .iter_mut()
        .zip(values)
        .for_each(|(to, from)| *to = from);

    let mut header = [0; CHECKED_HEADER_BYTES];
    let length_bytes = (ENCODED_BYTES as u16).to_le_bytes();
    let values = MAGIC
        .into_iter()
        .chain(VERSION.to_le_bytes())
        .chain(length_bytes);
    header
        .iter_mut()
        .zip(values)
        .for_each(|(to, from)| *to = from);
    let checksum = crc32([&header, &content]).to_le_bytes();

    let mut record = [0; ENCODED_BYTES];
    let values = header.into_iter().chain(checksum).chain(content);
    record
        .iter_mut()
        .zip(values)
        .for_each(|(to, from)| *to = from);
    record
}
