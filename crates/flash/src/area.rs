// SPDX-License-Identifier: Apache-2.0
//! Where an area is.

use crate::Error;

/// A part of a flash, of whole sectors: its place, and no right to change it. What is done to it goes
/// through the [`crate::Chip`] or [`crate::Part`] that owns the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Where it begins, in bytes from the beginning of the flash.
    pub offset_bytes: usize,
    /// Its size in bytes.
    pub size_bytes: usize,
}

impl Area {
    /// Where a range of the area lies in the flash: `offset_bytes` from the beginning of the area,
    /// `size_bytes` long.
    pub(crate) fn place(self, offset_bytes: usize, size_bytes: usize) -> Result<usize, Error> {
        match self.size_bytes.checked_sub(offset_bytes) {
            Some(left_bytes) if size_bytes <= left_bytes => {
                Ok(self.offset_bytes.wrapping_add(offset_bytes))
            }
            _ => Err(Error::OutOfBounds),
        }
    }
}
