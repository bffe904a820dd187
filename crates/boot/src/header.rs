// SPDX-License-Identifier: Apache-2.0
//! The header of an image: 32 bytes, little endian, at the beginning of the slot.

use core::fmt;

use crate::Error;

/// The first word of every image.
pub const MAGIC: u32 = 0x96f3_b83d;
/// Size of the header without the padding behind it.
pub const HEADER_BYTES: usize = 32;

/// Flags of the header.
pub mod flags {
    /// The code runs at any address.
    pub const POSITION_INDEPENDENT: u32 = 0x001;
    /// The payload is encrypted with AES-128.
    pub const ENCRYPTED_AES128: u32 = 0x004;
    /// The payload is encrypted with AES-256.
    pub const ENCRYPTED_AES256: u32 = 0x008;
    /// The image is not bootable.
    pub const NON_BOOTABLE: u32 = 0x010;
    /// The image is to be copied to RAM.
    pub const RAM_LOAD: u32 = 0x020;
    /// The load address is the address of the slot for which the image was made.
    pub const ROM_FIXED: u32 = 0x100;
}

/// The version of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Major version.
    pub major: u8,
    /// Minor version.
    pub minor: u8,
    /// Revision.
    pub revision: u16,
    /// Build number.
    pub build: u32,
}

impl Version {
    /// Reads a version in the encoding of headers and dependencies.
    #[must_use]
    pub fn decode(numbers: [u8; 4], build: [u8; 4]) -> Self {
        let [major, minor, revision_low, revision_high] = numbers;
        Self {
            major,
            minor,
            revision: u16::from_le_bytes([revision_low, revision_high]),
            build: u32::from_le_bytes(build),
        }
    }

    /// A number for comparison: greater for a later version.
    #[must_use]
    pub const fn order(self) -> u64 {
        let numbers = (self.major as u32) << 24 | (self.minor as u32) << 16 | self.revision as u32;
        (numbers as u64) << u32::BITS | self.build as u64
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            major,
            minor,
            revision,
            build,
        } = self;
        write!(formatter, "{major}.{minor}.{revision}+{build}")
    }
}

/// A header. Its fields are not checked.
///
/// # Examples
///
/// ```
/// use boot::{Header, Version};
///
/// let header = Header {
///     load_address: 0,
///     header_bytes: 0x400,
///     protected_area_bytes: 0,
///     payload_bytes: 0x8000,
///     flags: 0,
///     version: Version { major: 1, minor: 2, revision: 3, build: 4 },
/// };
/// let slot = header.encode();
/// assert_eq!(Header::read(&slot), Ok(header));
/// assert_eq!(header.version.to_string(), "1.2.3+4");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Load address; without a meaning unless a flag defines one.
    pub load_address: u32,
    /// Distance of the payload from the beginning of the slot.
    pub header_bytes: u16,
    /// Size of the protected area, its head included; 0: there is none.
    pub protected_area_bytes: u16,
    /// Size of the payload.
    pub payload_bytes: u32,
    /// See [`flags`].
    pub flags: u32,
    /// The version of the image.
    pub version: Version,
}

impl Header {
    /// Reads the header at the beginning of a slot.
    ///
    /// # Errors
    ///
    /// [`Error::HeaderTruncated`] and [`Error::WrongMagic`].
    pub fn read(slot: &[u8]) -> Result<Self, Error> {
        let bytes: &[u8; HEADER_BYTES] = slot.first_chunk().ok_or(Error::HeaderTruncated)?;
        let (words, _) = bytes.as_chunks::<4>();
        let &[magic, load, sizes, payload, flags, version, build, _padding] = words else {
            return Err(Error::HeaderTruncated);
        };
        if u32::from_le_bytes(magic) != MAGIC {
            return Err(Error::WrongMagic);
        }
        let [header_low, header_high, area_low, area_high] = sizes;
        Ok(Self {
            load_address: u32::from_le_bytes(load),
            header_bytes: u16::from_le_bytes([header_low, header_high]),
            protected_area_bytes: u16::from_le_bytes([area_low, area_high]),
            payload_bytes: u32::from_le_bytes(payload),
            flags: u32::from_le_bytes(flags),
            version: Version::decode(version, build),
        })
    }

    /// The encoding of the header.
    #[must_use]
    pub fn encode(&self) -> [u8; HEADER_BYTES] {
        let [header_low, header_high] = self.header_bytes.to_le_bytes();
        let [area_low, area_high] = self.protected_area_bytes.to_le_bytes();
        let [revision_low, revision_high] = self.version.revision.to_le_bytes();
        let words = [
            MAGIC.to_le_bytes(),
            self.load_address.to_le_bytes(),
            [header_low, header_high, area_low, area_high],
            self.payload_bytes.to_le_bytes(),
            self.flags.to_le_bytes(),
            [
                self.version.major,
                self.version.minor,
                revision_low,
                revision_high,
            ],
            self.version.build.to_le_bytes(),
            [0; 4],
        ];
        let mut bytes = [0; HEADER_BYTES];
        bytes
            .iter_mut()
            .zip(words.as_flattened())
            .for_each(|(to, from)| *to = *from);
        bytes
    }
}
