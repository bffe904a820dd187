// SPDX-License-Identifier: Apache-2.0
//! The parts of an image, checked for their format. Nothing is verified.

mod areas;

use primitives::sha256::DIGEST_BYTES;

pub use areas::Kinds;
pub(crate) use areas::dependency;
use areas::{Protected, Unprotected};

use crate::Error;
use crate::header::{HEADER_BYTES, Header, flags};
use crate::tlv::kind;

/// Stack pointer and reset handler, the least payload.
const PAYLOAD_BYTES_MIN: usize = 8;

/// The parts of an image.
#[derive(Clone, Copy, Debug)]
pub struct ParsedImage<'a> {
    /// The header.
    pub header: Header,
    /// The signed part: header, payload and protected area.
    pub signed: &'a [u8],
    /// The program.
    pub payload: &'a [u8],
    /// Size of the image from its header to the end of its last area.
    pub image_bytes: usize,
    /// The security counter.
    pub security_counter: u32,
    /// The boot record, with its measurement empty.
    pub boot_record: Option<&'a [u8]>,
    /// The hash that the image claims to have.
    pub hash: &'a [u8; DIGEST_BYTES],
    /// The public key, or its hash ([`Kinds::key`]).
    pub public_key: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

impl<'a> ParsedImage<'a> {
    /// Parses the image at the beginning of `slot`, with its signature and its key in TLVs of these
    /// types.
    ///
    /// # Errors
    ///
    /// The first deviation from the format.
    pub fn read(slot: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
        Self::read_as::<false>(slot, kinds)
    }

    /// Parses one of two images. Its dependencies are checked when both are known
    /// ([`crate::pair`]).
    ///
    /// # Errors
    ///
    /// As [`ParsedImage::read`].
    pub fn read_of_pair(slot: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
        Self::read_as::<true>(slot, kinds)
    }

    fn read_as<const OF_PAIR: bool>(slot: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
        let header = Header::read(slot)?;
        if usize::from(header.header_bytes) < HEADER_BYTES {
            return Err(Error::WrongHeaderSize);
        }
        let (_, rest) = slot
            .split_at_checked(header.header_bytes.into())
            .ok_or(Error::WrongHeaderSize)?;
        let (payload, areas) = rest
            .split_at_checked(header.payload_bytes as usize)
            .ok_or(Error::WrongImageSize)?;
        if payload.len() < PAYLOAD_BYTES_MIN {
            return Err(Error::WrongImageSize);
        }
        check_flags(header.flags)?;

        let (protected, rest) = Protected::read::<OF_PAIR>(areas, &header)?;
        let unprotected = Unprotected::read(rest, kinds)?;
        let signed_bytes = slot.len().saturating_sub(rest.len());
        Ok(Self {
            header,
            signed: slot.get(..signed_bytes).ok_or(Error::AreaTruncated)?,
            payload,
            image_bytes: signed_bytes.saturating_add(unprotected.total_bytes),
            security_counter: protected.security_counter,
            boot_record: protected.boot_record,
            hash: unprotected.hash,
            public_key: unprotected.public_key,
            signature: unprotected.signature,
        })
    }

    /// Parses an image with a signature of any type, with the key or its hash, and one of a pair or
    /// one alone; also returns the types.
    ///
    /// # Errors
    ///
    /// As [`ParsedImage::read`].
    pub fn read_any(slot: &'a [u8]) -> Result<(Kinds, Self), Error> {
        let mut refusal = Error::EntryNotAllowed;
        for signature in kind::SIGNATURES {
            for key in [kind::KEY_HASH, kind::PUBLIC_KEY] {
                let kinds = Kinds { signature, key };
                match Self::read_of_pair(slot, kinds) {
                    Ok(parsed) => return Ok((kinds, parsed)),
                    Err(Error::EntryNotAllowed | Error::KeyHashOnly) => {}
                    Err(error) => refusal = error,
                }
            }
        }
        Err(refusal)
    }

    /// Offset of the protected area in the image in bytes.
    pub(crate) fn protected_offset_bytes(&self) -> usize {
        usize::from(self.header.header_bytes).wrapping_add(self.header.payload_bytes as usize)
    }
}

fn check_flags(set: u32) -> Result<(), Error> {
    if set & (flags::ENCRYPTED_AES128 | flags::ENCRYPTED_AES256) != 0 {
        return Err(Error::Encrypted);
    }
    if set & flags::RAM_LOAD != 0 {
        return Err(Error::RamLoad);
    }
    if set & flags::NON_BOOTABLE != 0 {
        return Err(Error::NonBootable);
    }
    if set & !flags::POSITION_INDEPENDENT != 0 {
        return Err(Error::UnsupportedFlags);
    }
    Ok(())
}
