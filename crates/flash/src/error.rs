// SPDX-License-Identifier: Apache-2.0
//! Why an operation of the flash fails.

/// Why the flash did not do what it was told.
///
/// After [`Error::Failed`] the content of the place is unknown. The other errors are mistakes of the
/// caller and leave the flash as it was.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The range leaves the flash or the area.
    OutOfBounds = 1,
    /// The offset is not the beginning of a sector, or the range is not made of whole program units.
    NotAligned,
    /// A unit that is to be programmed is not erased.
    NotErased,
    /// The hardware failed, or could not read what is there.
    Failed,
}
