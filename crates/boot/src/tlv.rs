// SPDX-License-Identifier: Apache-2.0
//! Areas of type-length-value entries behind the payload of an image.
//!
//! An area is a head, magic and total size including the head, and entries, each a type, a
//! length and that number of bytes. The protected area comes first and is part of what is signed.
//! Slices are only ever split, so no sum of lengths from an image is computed that could
//! wrap.

use crate::Error;

/// Magic of the area that is signed.
pub const PROTECTED_MAGIC: u16 = 0x6908;
/// Magic of the area that is not.
pub const UNPROTECTED_MAGIC: u16 = 0x6907;
/// Size of the head of an area and of the head of an entry.
pub const HEAD_BYTES: usize = 4;

/// Types of entries.
pub mod kind {
    /// SHA-256 of the public key.
    pub const KEY_HASH: u16 = 0x01;
    /// The full public key.
    pub const PUBLIC_KEY: u16 = 0x02;
    /// SHA-256 of the signed part of the image.
    pub const SHA256: u16 = 0x10;
    /// RSA-2048-PSS signature.
    pub const RSA2048: u16 = 0x20;
    /// ECDSA signature, in DER.
    pub const ECDSA: u16 = 0x22;
    /// RSA-3072-PSS signature.
    pub const RSA3072: u16 = 0x23;
    /// Ed25519 signature.
    pub const ED25519: u16 = 0x24;
    /// The types of signatures.
    pub const SIGNATURES: [u16; 4] = [RSA2048, ECDSA, RSA3072, ED25519];
    /// Lowest version of an image without which this one does not run.
    pub const DEPENDENCY: u16 = 0x40;
    /// Security counter.
    pub const SECURITY_COUNTER: u16 = 0x50;
    /// Boot record for the attestation.
    pub const BOOT_RECORD: u16 = 0x60;
    /// The first type that is free for every vendor's own use; the greatest of all is not.
    pub const VENDOR_FIRST: u16 = 0x00A0;
    /// The last type that is free for every vendor's own use.
    pub const VENDOR_LAST: u16 = 0xFFFE;
    /// Our own of these, protected: SHA-256 of a public key that is to be revoked
    /// ([`crate::keys`]).
    pub const REVOKED_KEY: u16 = 0xCA5E;
}

/// Two little endian half-words: the head of an area or of an entry.
fn head(bytes: [u8; HEAD_BYTES]) -> (u16, u16) {
    let [first_low, first_high, second_low, second_high] = bytes;
    (
        u16::from_le_bytes([first_low, first_high]),
        u16::from_le_bytes([second_low, second_high]),
    )
}

/// The magic with which an area begins.
///
/// # Errors
///
/// [`Error::AreaTruncated`] when there is no room for the head of an area.
pub fn magic(bytes: &[u8]) -> Result<u16, Error> {
    let (magic, _) = head(*bytes.first_chunk().ok_or(Error::AreaTruncated)?);
    Ok(magic)
}

/// The entries of an area.
#[derive(Clone, Debug)]
pub struct Area<'a> {
    entries: &'a [u8],
}

impl<'a> Area<'a> {
    /// Reads the head of the area at the beginning of `bytes` and returns it with its total
    /// size.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTruncated`] and [`Error::AreaOverlong`].
    pub fn read(bytes: &'a [u8]) -> Result<(Self, usize), Error> {
        let head_bytes = bytes.first_chunk().ok_or(Error::AreaTruncated)?;
        let (_, total_bytes) = head(*head_bytes);
        let total_bytes = usize::from(total_bytes);
        let entries = bytes
            .get(HEAD_BYTES..total_bytes)
            .ok_or(Error::AreaOverlong)?;
        Ok((Self { entries }, total_bytes))
    }
}

/// The value of the first entry of this type in the area at the beginning of `bytes`.
#[inline(never)] // in several places
pub(crate) fn find(bytes: &[u8], kind: u16) -> Option<&[u8]> {
    let (mut area, _) = Area::read(bytes).ok()?;
    let found = area.find_map(|entry| entry.ok().filter(|entry| entry.kind == kind))?;
    Some(found.value)
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What the value is; see [`kind`].
    pub kind: u16,
    /// The value.
    pub value: &'a [u8],
}

impl<'a> Entry<'a> {
    fn split_first(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), Error> {
        let (head_bytes, rest) = bytes.split_first_chunk().ok_or(Error::EntryTruncated)?;
        let (kind, length_bytes) = head(*head_bytes);
        let (value, rest) = rest
            .split_at_checked(length_bytes.into())
            .ok_or(Error::EntryOverlong)?;
        Ok((Self { kind, value }, rest))
    }
}

impl<'a> Iterator for Area<'a> {
    type Item = Result<Entry<'a>, Error>;

    /// The next entry; nothing follows an error.
    fn next(&mut self) -> Option<Self::Item> {
        if self.entries.is_empty() {
            return None;
        }
        let (entry, rest) = match Entry::split_first(self.entries) {
            Ok((entry, rest)) => (Ok(entry), rest),
            Err(error) => (Err(error), Default::default()),
        };
        self.entries = rest;
        Some(entry)
    }
}
