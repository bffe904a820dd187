// SPDX-License-Identifier: Apache-2.0
//! The calls of Firmware Update (PSA Firmware Update API 1.0, chapter 5; message types and vectors
//! as in TF-M v2.3).
//!
//! | type | request | in | out |
//! |---|---|---|---|
//! | 1001 | `psa_fwu_start` | component, manifest | |
//! | 1002 | `psa_fwu_write` | component, offset, block | |
//! | 1003 | `psa_fwu_finish` | component | |
//! | 1004 | `psa_fwu_cancel` | component | |
//! | 1005 | `psa_fwu_install` | | |
//! | 1006 | `psa_fwu_clean` | component | |
//! | 1007 | `psa_fwu_reject` | error | |
//! | 1008 | `psa_fwu_request_reboot` | | |
//! | 1009 | `psa_fwu_accept` | | |
//! | 1010 | `psa_fwu_query` | component | information |
//!
//! The component has one byte, all other numbers have four, little endian.

use crate::status::Status;

/// Message type of `psa_fwu_start`.
pub const START: i16 = 1001;
/// Message type of `psa_fwu_write`.
pub const WRITE: i16 = 1002;
/// Message type of `psa_fwu_finish`.
pub const FINISH: i16 = 1003;
/// Message type of `psa_fwu_cancel`.
pub const CANCEL: i16 = 1004;
/// Message type of `psa_fwu_install`.
pub const INSTALL: i16 = 1005;
/// Message type of `psa_fwu_clean`.
pub const CLEAN: i16 = 1006;
/// Message type of `psa_fwu_reject`.
pub const REJECT: i16 = 1007;
/// Message type of `psa_fwu_request_reboot`.
pub const REQUEST_REBOOT: i16 = 1008;
/// Message type of `psa_fwu_accept`.
pub const ACCEPT: i16 = 1009;
/// Message type of `psa_fwu_query`.
pub const QUERY: i16 = 1010;

/// Input vector with the component, in each request about one.
pub const COMPONENT_INPUT: usize = 0;
/// Input vector of [`START`] with the detached manifest.
pub const MANIFEST_INPUT: usize = 1;
/// Input vector of [`WRITE`] with the offset in bytes.
pub const OFFSET_INPUT: usize = 1;
/// Input vector of [`WRITE`] with the data.
pub const BLOCK_INPUT: usize = 2;
/// Input vector of [`REJECT`].
pub const ERROR_INPUT: usize = 0;
/// Output vector of [`QUERY`].
pub const INFO_OUTPUT: usize = 0;

/// The only component: both images, signed as one.
pub const COMPONENT: u8 = 0;
/// Offsets of [`WRITE`] are multiples of it (`1 << PSA_FWU_LOG2_WRITE_ALIGN`): the largest program
/// unit that a board may have.
pub const WRITE_ALIGNMENT_BYTES: usize = 32;
/// The longest block of [`WRITE`] (`PSA_FWU_MAX_WRITE_SIZE`).
pub const LONGEST_WRITE_BYTES: usize = 1024;

/// `PSA_SUCCESS_REBOOT`: done, and it takes effect at the next start.
pub const SUCCESS_REBOOT: Status = Status(1);

/// State of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// An update may begin.
    Ready = 0,
    /// A new image is being written.
    Writing = 1,
    /// The new image is complete.
    Candidate = 2,
    /// The next start installs the new image.
    Staged = 3,
    /// The new image was rejected, or the boot ROM refused it.
    Failed = 4,
    /// The new image runs on trial: the next start restores the old one unless it is accepted.
    Trial = 5,
    /// The next start restores the old image.
    Rejected = 6,
    /// The new image runs for good.
    Updated = 7,
}

impl State {
    /// All states, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Ready,
        Self::Writing,
        Self::Candidate,
        Self::Staged,
        Self::Failed,
        Self::Trial,
        Self::Rejected,
        Self::Updated,
    ];
}

/// The staging area is lost at a reset (`PSA_FWU_FLAG_VOLATILE_STAGING`).
pub const FLAG_VOLATILE_STAGING: u32 = 1;

/// `psa_fwu_component_info_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// The state of the component.
    pub state: State,
    /// The reason for [`State::Failed`] or [`State::Rejected`].
    pub error: Status,
    /// The version in the header of the image that runs.
    pub version: [u8; 8],
    /// The largest image in bytes.
    pub largest_image_bytes: u32,
    /// For example [`FLAG_VOLATILE_STAGING`].
    pub flags: u32,
}

impl Info {
    /// Size in a message.
    pub const BYTES: usize = 60;

    /// Encodes it for a message. The location and the digest of a candidate at its end are zero.
    #[must_use]
    pub const fn to_words(self) -> [[u8; 4]; Self::BYTES / 4] {
        let [major, minor, low, high, build @ ..] = self.version;
        let mut words = [[0; 4]; Self::BYTES / 4];
        [words[0], words[1], words[2], words[3], words[4], words[5]] = [
            [self.state as u8, 0, 0, 0],
            self.error.0.to_le_bytes(),
            [major, minor, low, high],
            build,
            self.largest_image_bytes.to_le_bytes(),
            self.flags.to_le_bytes(),
        ];
        words
    }

    /// Decodes it from a message; `None` for an invalid state.
    #[must_use]
    pub fn from_words(words: [[u8; 4]; Self::BYTES / 4]) -> Option<Self> {
        let [[state, ..], error, start, build, largest, flags, ..] = words;
        let mut version = [0; 8];
        let source = [start, build];
        let pairs = version.iter_mut().zip(source.as_flattened());
        pairs.for_each(|(to, from)| *to = *from);
        Some(Self {
            state: *State::ALL.get(usize::from(state))?,
            error: Status(i32::from_le_bytes(error)),
            version,
            largest_image_bytes: u32::from_le_bytes(largest),
            flags: u32::from_le_bytes(flags),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_stand_at_the_places_of_their_numbers() {
        for (number, state) in State::ALL.into_iter().enumerate() {
            assert_eq!(state as usize, number);
        }
    }

    #[test]
    fn information_stands_as_in_the_structure_of_c() {
        let info = Info {
            state: State::Failed,
            error: Status::STORAGE_FAILURE,
            version: [1, 2, 3, 4, 5, 6, 7, 8],
            largest_image_bytes: 0x0403_0201,
            flags: 5,
        };
        let mut words = [[0; 4]; 15];
        words[..6].copy_from_slice(&[
            [4, 0, 0, 0],
            (-146_i32).to_le_bytes(),
            [1, 2, 3, 4],
            [5, 6, 7, 8],
            [1, 2, 3, 4],
            [5, 0, 0, 0],
        ]);
        assert_eq!(info.to_words(), words);
        assert_eq!(Info::from_words(words), Some(info));
        let mut unknown = words;
        unknown[0][0] = 8;
        assert_eq!(Info::from_words(unknown), None);
    }
}
