// SPDX-License-Identifier: Apache-2.0
//! The trailer of a slot: the request to install what stands before it, and two flags.
//!
//! It stands at the very end of the slot, where `imgtool sign --pad` and an updating application
//! write it after everything else: a flag for "the copy is done", a flag for "the image is good",
//! the magic. Where images are overwritten only the magic matters. Where they are exchanged, the
//! second flag says in the secondary slot that the image is to stay, and in the primary slot that
//! the image that runs has proved good: whoever confirms it programs [`Flag::SET`] at the place
//! of [`Flag::ImageOk`] (see [`crate::swap`]).

use flash::ERASED;

/// The last bytes of a slot whose image is to be installed (program units up to 8 bytes).
pub const MAGIC: [u8; 16] = [
    0x77, 0xc2, 0x95, 0xf3, 0x60, 0xd2, 0xef, 0x7f, 0x35, 0x52, 0x50, 0x0f, 0x2c, 0xb6, 0x79, 0x80,
];

/// What a flag takes: the largest program unit for which this trailer is made.
pub const FIELD_BYTES: usize = 8;

/// A flag of the trailer, set once and erased with its sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// The image is good: it stays.
    ImageOk,
    /// The image came here by an exchange that is complete.
    CopyDone,
}

impl Flag {
    /// What is programmed to set a flag. Programming may clear no more than these bits, so a torn
    /// write is no flag.
    pub const SET: [u8; FIELD_BYTES] =
        [0x01, ERASED, ERASED, ERASED, ERASED, ERASED, ERASED, ERASED];

    /// Where it stands, in bytes from the beginning of a slot of this size; none if the slot is
    /// too small.
    #[must_use]
    pub const fn offset_bytes(self, slot_bytes: usize) -> Option<usize> {
        slot_bytes.checked_sub(match self {
            Self::ImageOk => MAGIC.len() + FIELD_BYTES,
            Self::CopyDone => MAGIC.len() + 2 * FIELD_BYTES,
        })
    }

    /// Whether it is set.
    #[must_use]
    pub fn is_set(self, slot: &[u8]) -> bool {
        let [set, ..] = Self::SET;
        self.field(slot).is_some_and(|[first, ..]| *first == set)
    }

    /// Whether nothing was ever programmed there, not even in part.
    #[must_use]
    pub fn is_erased(self, slot: &[u8]) -> bool {
        self.field(slot) == Some(&[ERASED; FIELD_BYTES])
    }

    fn field(self, slot: &[u8]) -> Option<&[u8; FIELD_BYTES]> {
        slot.get(self.offset_bytes(slot.len())?..)?.first_chunk()
    }
}

/// What stands before the magic of a slot; nothing if the magic is not there.
#[must_use]
pub fn requested(slot: &[u8]) -> Option<&[u8]> {
    slot.strip_suffix(&MAGIC)
}
