// SPDX-License-Identifier: Apache-2.0
//! State of the flash after a power cut during an operation.

use std::ops::Range;

/// End of an operation during which power is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tear {
    /// Nothing of it was done.
    Nothing,
    /// All of it was done, but it reported nothing.
    Everything,
    /// This many thousandths of its bytes are done, from the beginning.
    Front(u32),
    /// This many thousandths of its bytes are done, from the end.
    Back(u32),
    /// The same as `Front`, and the unit that was interrupted can't be read.
    FrontUnreadable(u32),
    /// Each bit is done or not, by a generator with this seed.
    Bits(u64),
    /// None of its units can be read.
    Unreadable,
}

impl Tear {
    /// Which of the bytes of an operation are touched.
    pub(super) fn done(self, length: usize) -> Range<usize> {
        let part = |thousandths: u32| length * thousandths.min(1000) as usize / 1000;
        match self {
            Self::Everything | Self::Bits(_) => 0..length,
            Self::Nothing | Self::Unreadable => 0..0,
            Self::Front(thousandths) | Self::FrontUnreadable(thousandths) => 0..part(thousandths),
            Self::Back(thousandths) => length - part(thousandths)..length,
        }
    }

    /// Which bits of each touched byte take their new value.
    pub(super) fn masks(self) -> impl FnMut() -> u8 {
        let mut state = match self {
            Self::Bits(seed) => Some(seed | 1),
            _ => None,
        };
        move || state.as_mut().map_or(u8::MAX, random_byte)
    }
}

/// The next byte of a xorshift generator.
fn random_byte(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 24) as u8
}
