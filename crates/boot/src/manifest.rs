// SPDX-License-Identifier: Apache-2.0
//! What an image says of itself: its parts, found and checked for form. Nothing is proven.
//!
//! Each area has a short list of types that it may hold, each of them once. An entry outside
//! the signed part can be changed by everybody, so nothing stands there but the proof itself;
//! an entry inside it whose meaning would be overlooked is refused too, except those that
//! are free for every vendor's own use.

use primitives::sha256::DIGEST_BYTES;

use crate::header::{HEADER_BYTES, Header, Version, flags};
use crate::keys::Keys;
use crate::signature::Scheme;
use crate::tlv::{self, Area, kind};
use crate::{Error, Settings, boot_record};

/// Stack pointer and reset handler: without them there is nothing to start.
const PAYLOAD_BYTES_MIN: usize = 8;

/// The parts of an image.
#[derive(Clone, Copy, Debug)]
pub struct Manifest<'a> {
    /// The header.
    pub header: Header,
    /// What is hashed: header, payload and protected area.
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

/// The types of the entries that depend on the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// That of the signature: [`Scheme::TLV_KIND`].
    pub signature: u16,
    /// That of the key: [`Keys::ENTRY_KIND`].
    pub key: u16,
}

impl Kinds {
    /// Those of a boot ROM.
    #[must_use]
    pub const fn of<S: Settings>() -> Self {
        Self {
            signature: S::Signature::TLV_KIND,
            key: S::Keys::ENTRY_KIND,
        }
    }
}

impl<'a> Manifest<'a> {
    /// Takes the image at the beginning of `slot` apart, with its signature and its key in entries
    /// of these types.
    ///
    /// # Errors
    ///
    /// Names the first deviation from the format.
    pub fn read(slot: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
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

        let (protected, rest) = Protected::read(areas, &header)?;
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

    /// Takes an image apart whose signature may be of any type, with the key or its hash, and
    /// gives the types with it.
    ///
    /// # Errors
    ///
    /// As [`Manifest::read`].
    pub fn read_any(slot: &'a [u8]) -> Result<(Kinds, Self), Error> {
        let mut refusal = Error::EntryNotAllowed;
        for signature in kind::SIGNATURES {
            for key in [kind::KEY_HASH, kind::PUBLIC_KEY] {
                let kinds = Kinds { signature, key };
                match Self::read(slot, kinds) {
                    Ok(manifest) => return Ok((kinds, manifest)),
                    Err(Error::EntryNotAllowed | Error::KeyHashOnly) => {}
                    Err(error) => refusal = error,
                }
            }
        }
        Err(refusal)
    }

    /// Where the protected area begins, in bytes from the beginning of the image.
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

/// Whether an image of this version has what its dependency asks for: the number of an image, and
/// the lowest version of it. There is one image, number 0, so all that it can ask for is itself.
fn is_met(dependency: &[u8], own: Version) -> bool {
    let (words, rest) = dependency.as_chunks::<4>();
    match words {
        [image, numbers, build] if rest.is_empty() => {
            let least = Version::decode(*numbers, *build);
            u32::from_le_bytes(*image) == 0 && least.order() <= own.order()
        }
        _ => false,
    }
}

/// Keeps the first value of a type and refuses a second.
fn keep_once<'a>(place: &mut Option<&'a [u8]>, value: &'a [u8]) -> Result<(), Error> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::EntryDuplicate),
    }
}

/// The entries of the protected area.
struct Protected<'a> {
    security_counter: u32,
    boot_record: Option<&'a [u8]>,
}

impl<'a> Protected<'a> {
    /// Reads the protected area that the header announces and returns what follows it.
    fn read(areas: &'a [u8], header: &Header) -> Result<(Self, &'a [u8]), Error> {
        let is_present = tlv::magic(areas)? == tlv::PROTECTED_MAGIC;
        let announced_bytes = usize::from(header.protected_area_bytes);
        if is_present != (announced_bytes > 0) {
            return Err(Error::WrongProtectedArea);
        }
        if !is_present {
            return Err(Error::CounterMissing);
        }
        let (area, total_bytes) = Area::read(areas)?;
        if total_bytes != announced_bytes {
            return Err(Error::WrongProtectedArea);
        }
        let (_, rest) = areas
            .split_at_checked(total_bytes)
            .ok_or(Error::AreaOverlong)?;

        let (mut security_counter, mut boot_record) = (None, None);
        for entry in area {
            let entry = entry?;
            match entry.kind {
                kind::SECURITY_COUNTER => keep_once(&mut security_counter, entry.value)?,
                kind::BOOT_RECORD => keep_once(&mut boot_record, entry.value)?,
                kind::DEPENDENCY if is_met(entry.value, header.version) => {}
                kind::DEPENDENCY => return Err(Error::DependencyNotMet),
                kind::VENDOR_FIRST..=kind::VENDOR_LAST => {}
                _ => return Err(Error::EntryNotAllowed),
            }
        }
        let security_counter = security_counter.ok_or(Error::CounterMissing)?;
        let security_counter = security_counter.try_into().map_err(|_| Error::EntrySize)?;
        if boot_record.is_some_and(|record| !boot_record::has_empty_measurement(record)) {
            return Err(Error::WrongBootRecord);
        }
        let protected = Self {
            security_counter: u32::from_le_bytes(security_counter),
            boot_record,
        };
        Ok((protected, rest))
    }
}

/// The entries of the unprotected area.
struct Unprotected<'a> {
    total_bytes: usize,
    hash: &'a [u8; DIGEST_BYTES],
    public_key: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Unprotected<'a> {
    fn read(bytes: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
        if tlv::magic(bytes)? != tlv::UNPROTECTED_MAGIC {
            return Err(Error::AreaMissing);
        }
        let (area, total_bytes) = Area::read(bytes)?;
        let (mut hash, mut public_key, mut signature) = (None, None, None);
        for entry in area {
            let entry = entry?;
            match entry.kind {
                kind::SHA256 => keep_once(&mut hash, entry.value)?,
                kind if kind == kinds.key => keep_once(&mut public_key, entry.value)?,
                kind if kind == kinds.signature => keep_once(&mut signature, entry.value)?,
                kind::KEY_HASH => return Err(Error::KeyHashOnly),
                _ => return Err(Error::EntryNotAllowed),
            }
        }
        let hash = hash.ok_or(Error::HashMissing)?;
        Ok(Self {
            total_bytes,
            hash: hash.try_into().map_err(|_| Error::EntrySize)?,
            public_key: public_key.ok_or(Error::KeyMissing)?,
            signature: signature.ok_or(Error::SignatureMissing)?,
        })
    }
}
