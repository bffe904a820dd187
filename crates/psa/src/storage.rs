// SPDX-License-Identifier: Apache-2.0
//! The calls of Internal Trusted Storage (PSA Secure Storage API 1.0, chapter 5.3; message types
//! and vectors as in TF-M v2.3).
//!
//! | type | request | in | out |
//! |---|---|---|---|
//! | 1001 | `psa_its_set` | uid, data, flags | |
//! | 1002 | `psa_its_get` | uid, offset | data |
//! | 1003 | `psa_its_get_info` | uid | capacity, size, flags |
//! | 1004 | `psa_its_remove` | uid | |
//!
//! The uid has eight bytes, all other numbers have four, little endian.

/// Message type of `psa_its_set`.
pub const SET: i16 = 1001;
/// Message type of `psa_its_get`.
pub const GET: i16 = 1002;
/// Message type of `psa_its_get_info`.
pub const GET_INFO: i16 = 1003;
/// Message type of `psa_its_remove`.
pub const REMOVE: i16 = 1004;

/// Input vector with the uid, in each request.
pub const UID_INPUT: usize = 0;
/// Input vector of [`SET`] with the data.
pub const DATA_INPUT: usize = 1;
/// Input vector of [`SET`] with the creation flags.
pub const FLAGS_INPUT: usize = 2;
/// Input vector of [`GET`] with the offset in bytes.
pub const OFFSET_INPUT: usize = 1;
/// Output vector of [`GET`].
pub const DATA_OUTPUT: usize = 0;
/// Output vector of [`GET_INFO`].
pub const INFO_OUTPUT: usize = 0;

/// `psa_storage_create_flags_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreateFlags(pub u32);

impl CreateFlags {
    /// `PSA_STORAGE_FLAG_NONE`.
    pub const NONE: Self = Self(0);
    /// `PSA_STORAGE_FLAG_WRITE_ONCE`: the object can't be replaced or removed.
    pub const WRITE_ONCE: Self = Self(1);
    /// `PSA_STORAGE_FLAG_NO_CONFIDENTIALITY`.
    pub const NO_CONFIDENTIALITY: Self = Self(2);
    /// `PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION`.
    pub const NO_REPLAY_PROTECTION: Self = Self(4);

    /// Whether the specification defines all of these flags.
    #[must_use]
    pub const fn are_known(self) -> bool {
        let known = Self::WRITE_ONCE.0 | Self::NO_CONFIDENTIALITY.0 | Self::NO_REPLAY_PROTECTION.0;
        self.0 & !known == 0
    }
}

/// `struct psa_storage_info_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Capacity of the object in bytes.
    pub capacity_bytes: u32,
    /// Size of its data in bytes.
    pub size_bytes: u32,
    /// The flags with which it was created.
    pub flags: CreateFlags,
}

impl Info {
    /// Size in a message, in bytes.
    pub const BYTES: usize = 12;

    /// The encoding in a message.
    #[must_use]
    pub const fn to_words(self) -> [[u8; 4]; Self::BYTES / 4] {
        [
            self.capacity_bytes.to_le_bytes(),
            self.size_bytes.to_le_bytes(),
            self.flags.0.to_le_bytes(),
        ]
    }

    /// Decodes it from a message.
    #[must_use]
    pub const fn from_words(words: [[u8; 4]; Self::BYTES / 4]) -> Self {
        let [capacity, size, flags] = words;
        Self {
            capacity_bytes: u32::from_le_bytes(capacity),
            size_bytes: u32::from_le_bytes(size),
            flags: CreateFlags(u32::from_le_bytes(flags)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_flags_are_known() {
        assert!((0..8).all(|flags| CreateFlags(flags).are_known()));
        assert!((3..32).all(|bit| !CreateFlags(1 << bit).are_known()));
    }

    #[test]
    fn information_stands_as_in_the_structure_of_c() {
        let info = Info {
            capacity_bytes: 0x0403_0201,
            size_bytes: 5,
            flags: CreateFlags(6),
        };
        let words = [[1, 2, 3, 4], [5, 0, 0, 0], [6, 0, 0, 0]];
        assert_eq!(info.to_words(), words);
        assert_eq!(Info::from_words(words), info);
    }
}
