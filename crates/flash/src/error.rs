// SPDX-License-Identifier: Apache-2.0
//! Errors of flash operations.

/// Error of a flash operation.
///
/// After [`Error::Failed`] the content of the place is unknown. The other errors are mistakes of
/// the caller, and the flash is unchanged.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The range leaves the flash or the area.
    OutOfBounds = 1,
    /// The offset is not the beginning of a sector, or the range is not made of whole program
    /// units.
    NotAligned,
    /// A unit to program is not erased.
    NotErased,
    /// The hardware failed, or can't read the place.
    Failed,
}
