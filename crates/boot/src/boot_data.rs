// SPDX-License-Identifier: Apache-2.0
//! Boot data: measurements and device data from the boot ROM for the secure firmware, in a shared
//! area of RAM.
//!
//! A head, magic and total size including the head, and entries, each a type, a length and that
//! number of bytes, without padding; all little endian. The reader trusts nothing: the area may be
//! unwritten.

use primitives::sha256::DIGEST_BYTES;
use provisioning::Lifecycle;

use crate::boot_record;

const MAGIC: u16 = 0x2016;
const HEAD_BYTES: usize = 4;

/// Major type: initial attestation.
const MAJOR_ATTESTATION: u16 = 1;
/// Claim of the attestation: the boot record.
const CLAIM_BOOT_RECORD: u16 = 0x3F;

/// Type of the entry with the random number of this boot; it belongs to no module.
pub const BOOT_SEED: u16 = MAJOR_ATTESTATION << 12;
/// Type of the entry with the instance id of the device, specific to Casemate.
pub const INSTANCE_ID: u16 = (MAJOR_ATTESTATION << 12) | 0x20;
/// Type of the entry with the lifecycle of the device, a `u32`, specific to Casemate.
pub const LIFECYCLE: u16 = (MAJOR_ATTESTATION << 12) | 0x21;

/// The software of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Module {
    /// The boot ROM.
    Boot = 1,
    /// The secure image.
    Secure = 4,
    /// The non-secure image.
    NonSecure = 5,
    /// Both images in one.
    SecureAndNonSecure = 6,
}

impl Module {
    /// The type of the entry that holds the boot record of this software.
    #[must_use]
    pub const fn boot_record_kind(self) -> u16 {
        (MAJOR_ATTESTATION << 12) | ((self as u16) << 6) | CLAIM_BOOT_RECORD
    }
}

/// Errors of writing and reading boot data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The area is too small for its head or for one more entry.
    AreaTooSmall,
    /// The area holds no boot data.
    Absent,
    /// The area is smaller than its stated size, or an entry is truncated.
    Malformed,
}

impl Error {
    /// A short text for a console.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AreaTooSmall => "too long for its area",
            Self::Absent => "absent",
            Self::Malformed => "malformed",
        }
    }
}

/// Writes boot data; the area is valid after every step.
pub struct Writer<'a> {
    area: &'a mut [u8],
    used_bytes: u16,
}

impl<'a> Writer<'a> {
    /// Begins empty boot data.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`].
    pub fn new(area: &'a mut [u8]) -> Result<Self, Error> {
        let mut writer = Self {
            area,
            used_bytes: HEAD_BYTES as u16,
        };
        writer.write_head()?;
        Ok(writer)
    }

    /// Adds the boot record of an image, with its measurement filled in.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`]; nothing is added then.
    pub fn add_boot_record(
        &mut self,
        module: Module,
        record: &[u8],
        measurement: &[u8; DIGEST_BYTES],
    ) -> Result<(), Error> {
        let before = boot_record::before_measurement(record).unwrap_or_default();
        self.add(module.boot_record_kind(), &[before, measurement])
    }

    /// Adds an entry of any type; its value is the concatenation of the parts.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`]; nothing is added then.
    #[inline(never)] // it is called for each entry: once in the image is enough
    pub fn add(&mut self, kind: u16, parts: &[&[u8]]) -> Result<(), Error> {
        let start = usize::from(self.used_bytes);
        let value_bytes = parts.iter().map(|part| part.len()).sum::<usize>();
        let end = start + HEAD_BYTES + value_bytes;
        let used_bytes = u16::try_from(end).map_err(|_| Error::AreaTooSmall)?;
        let room = self.area.get_mut(start..end).ok_or(Error::AreaTooSmall)?;
        let (place, mut rest) = room.split_first_chunk_mut().ok_or(Error::AreaTooSmall)?;
        *place = head(kind, value_bytes as u16);
        for part in parts {
            let (to, behind) = rest
                .split_at_mut_checked(part.len())
                .ok_or(Error::AreaTooSmall)?;
            to.iter_mut().zip(*part).for_each(|(to, from)| *to = *from);
            rest = behind;
        }
        self.used_bytes = used_bytes;
        self.write_head()
    }

    fn write_head(&mut self) -> Result<(), Error> {
        *self.area.first_chunk_mut().ok_or(Error::AreaTooSmall)? = head(MAGIC, self.used_bytes);
        Ok(())
    }
}

fn head(first: u16, second: u16) -> [u8; HEAD_BYTES] {
    let [first_low, first_high] = first.to_le_bytes();
    let [second_low, second_high] = second.to_le_bytes();
    [first_low, first_high, second_low, second_high]
}

/// Reader of boot data.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    entries: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Checks the whole area, so that a look-up can't fail later.
    ///
    /// # Errors
    ///
    /// [`Error::Absent`] and [`Error::Malformed`].
    #[inline(never)]
    pub fn new(area: &'a [u8]) -> Result<Self, Error> {
        let ([magic_low, magic_high, total_low, total_high], _) =
            area.split_first_chunk().ok_or(Error::Absent)?;
        if u16::from_le_bytes([*magic_low, *magic_high]) != MAGIC {
            return Err(Error::Absent);
        }
        let total_bytes = u16::from_le_bytes([*total_low, *total_high]).into();
        let entries = area.get(HEAD_BYTES..total_bytes).ok_or(Error::Malformed)?;
        let mut rest = entries;
        while !rest.is_empty() {
            (_, _, rest) = split_first(rest).ok_or(Error::Malformed)?;
        }
        Ok(Self { entries })
    }

    /// The values of all entries of this type.
    pub fn values(&self, kind: u16) -> impl Iterator<Item = &'a [u8]> {
        let mut rest = self.entries;
        core::iter::from_fn(move || {
            while let Some((entry_kind, value, after)) = split_first(rest) {
                rest = after;
                if entry_kind == kind {
                    return Some(value);
                }
            }
            None
        })
    }

    /// The value of the first entry of this type.
    #[must_use]
    pub fn find(&self, kind: u16) -> Option<&'a [u8]> {
        let mut rest = self.entries;
        while let Some((entry_kind, value, after)) = split_first(rest) {
            if entry_kind == kind {
                return Some(value);
            }
            rest = after;
        }
        None
    }
}

/// The lifecycle that the boot ROM has read; [`Lifecycle::Unknown`] if it is missing.
#[must_use]
pub fn lifecycle(area: &[u8]) -> u32 {
    let data = Reader::new(area).ok();
    let value = data.and_then(|data| data.find(LIFECYCLE)?.try_into().ok());
    value.map_or(Lifecycle::Unknown as u32, u32::from_le_bytes)
}

fn split_first(entries: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let ([kind_low, kind_high, length_low, length_high], rest) = entries.split_first_chunk()?;
    let length_bytes = u16::from_le_bytes([*length_low, *length_high]).into();
    let (value, rest) = rest.split_at_checked(length_bytes)?;
    Some((u16::from_le_bytes([*kind_low, *kind_high]), value, rest))
}
