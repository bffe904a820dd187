// SPDX-License-Identifier: Apache-2.0
//! Errors of images.

macro_rules! errors {
    ($($(#[$documentation:meta])* $name:ident = $text:literal,)*) => {
        /// Reason for refusing an image. Each variant is one error.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Error {
            $($(#[$documentation])* $name,)*
        }

        impl Error {
            /// All errors.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The texts, one behind the other, and their lengths: half of a table of references.
            const TEXTS: &str = concat!($($text),*);
            const LENGTHS_BYTES: &[u8] = &[$($text.len() as u8),*];
        }
    };
}

errors! {
    /// The slot is smaller than a header.
    HeaderTruncated = "header truncated",
    /// The slot does not begin with an image.
    WrongMagic = "wrong magic",
    /// The header size is invalid, or not the one of this device.
    WrongHeaderSize = "wrong header size",
    /// The payload does not fit into the slot, or is too small to be started.
    WrongImageSize = "wrong image size",
    /// The payload is encrypted.
    Encrypted = "encrypted",
    /// The image is for RAM.
    RamLoad = "for RAM",
    /// The image is not bootable.
    NonBootable = "not bootable",
    /// The header has a flag that is not supported.
    UnsupportedFlags = "unsupported header flags",
    /// The protected area is not the one that the header announces: it is missing, not announced,
    /// or of another size.
    WrongProtectedArea = "protected TLV area not as announced",
    /// No unprotected area follows.
    AreaMissing = "TLV area missing",
    /// The slot ends before the head of an area does.
    AreaTruncated = "TLV area truncated",
    /// An area ends behind the end of the slot, or before its own head does.
    AreaOverlong = "TLV area overlong",
    /// An area ends within the head of an entry.
    EntryTruncated = "TLV entry truncated",
    /// An entry ends behind the end of its area.
    EntryOverlong = "TLV entry overlong",
    /// An entry has a type that is not allowed in its area.
    EntryNotAllowed = "TLV type not allowed here",
    /// Two entries have the same type.
    EntryDuplicate = "TLV type twice",
    /// The value of an entry has a length that its type does not have.
    EntrySize = "TLV value of wrong size",
    /// There is no hash.
    HashMissing = "hash missing",
    /// There is no full public key.
    KeyMissing = "public key missing",
    /// There is only the hash of the public key.
    KeyHashOnly = "public key only as hash (--public-key-format full)",
    /// There is no signature.
    SignatureMissing = "signature missing",
    /// There is no security counter in the protected area.
    CounterMissing = "security counter missing",
    /// The image depends on a later version of itself, or on another image.
    DependencyNotMet = "dependency not met",
    /// The boot record has no room for the measurement.
    WrongBootRecord = "wrong boot record",
    /// The hash is not that of the image.
    WrongHash = "wrong hash",
    /// The image does not begin with a vector table for its place ([`crate::placement`]).
    WrongPlace = "linked for another place",
    /// The encoding of the public key is invalid.
    KeyMalformed = "public key malformed",
    /// The public key is not one that the device accepts.
    WrongKey = "wrong key",
    /// The signature is not valid for this key and this hash.
    WrongSignature = "wrong signature",
    /// The security counter is lower than that of the device.
    CounterTooLow = "security counter too low",
    /// The security counter of the device can't be raised any more.
    CounterExhausted = "security counter exhausted",
}

impl Error {
    /// A short text for a console.
    #[must_use]
    #[inline(never)] // one table of texts, however many ask
    pub fn as_str(self) -> &'static str {
        let mut rest = Self::TEXTS;
        for length_bytes in Self::LENGTHS_BYTES.iter().take(self as usize) {
            rest = rest.get(usize::from(*length_bytes)..).unwrap_or_default();
        }
        let own_bytes = Self::LENGTHS_BYTES.get(self as usize);
        let own = own_bytes.and_then(|own_bytes| rest.get(..usize::from(*own_bytes)));
        own.unwrap_or_default()
    }
}

impl core::fmt::Display for Error {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl core::error::Error for Error {}
