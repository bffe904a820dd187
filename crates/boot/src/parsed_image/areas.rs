// SPDX-License-Identifier: Apache-2.0
//! The entries of the two areas behind the payload of an image.
//!
//! Each area has a short list of types that it may hold, each of them once. An entry outside
//! the signed part can be changed by everybody, so nothing stands there but the proof itself;
//! an entry inside it whose meaning would be overlooked is refused too, except those that
//! are free for every vendor's own use.

use primitives::sha256::DIGEST_BYTES;

use crate::header::{Header, Version};
use crate::tlv::{self, Area, kind};
use crate::{Error, boot_record};

/// The types of the entries that depend on the configuration of the boot ROM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// The type of the signature ([`crate::signature::Scheme::TLV_KIND`]).
    pub signature: u16,
    /// The type of the key ([`crate::keys::Keys::ENTRY_KIND`]).
    pub key: u16,
}

/// What an image depends on: the number of an image, and the lowest version of it.
pub(crate) fn dependency(value: &[u8]) -> Option<(u32, Version)> {
    let (words, rest) = value.as_chunks::<4>();
    match words {
        [image, numbers, build] if rest.is_empty() => Some((
            u32::from_le_bytes(*image),
            Version::decode(*numbers, *build),
        )),
        _ => None,
    }
}

/// Whether an image of this version has what its dependency asks for. Where there is one image,
/// number 0, all that it can ask for is itself. Of two, either may be asked for: that is checked when
/// both are known ([`crate::pair`]).
fn is_met<const OF_PAIR: bool>(value: &[u8], own: Version) -> bool {
    dependency(value)
        .is_some_and(|(image, least)| OF_PAIR || (image == 0 && least.order() <= own.order()))
}

/// Keeps the first value of a type and refuses a second.
fn keep_once<'a>(place: &mut Option<&'a [u8]>, value: &'a [u8]) -> Result<(), Error> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(Error::EntryDuplicate),
    }
}

/// The entries of the protected area.
pub(super) struct Protected<'a> {
    pub(super) security_counter: u32,
    pub(super) boot_record: Option<&'a [u8]>,
}

impl<'a> Protected<'a> {
    /// Reads the protected area that the header announces and returns what follows it.
    pub(super) fn read<const OF_PAIR: bool>(
        areas: &'a [u8],
        header: &Header,
    ) -> Result<(Self, &'a [u8]), Error> {
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
                kind::DEPENDENCY if is_met::<OF_PAIR>(entry.value, header.version) => {}
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
pub(super) struct Unprotected<'a> {
    pub(super) total_bytes: usize,
    pub(super) hash: &'a [u8; DIGEST_BYTES],
    pub(super) public_key: &'a [u8],
    pub(super) signature: &'a [u8],
}

impl<'a> Unprotected<'a> {
    pub(super) fn read(bytes: &'a [u8], kinds: Kinds) -> Result<Self, Error> {
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
