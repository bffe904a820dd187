// SPDX-License-Identifier: Apache-2.0
//! The place of an area.

use crate::Error;

/// The place of a part of a flash, in whole sectors. It gives no access: operations go through the
/// [`crate::Chip`] or [`crate::Part`] that owns the flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Offset from the start of the flash in bytes.
    pub offset_bytes: usize,
    /// Its size in bytes.
    pub size_bytes: usize,
}

impl Area {
    /// The place in the flash of a range of the area: `offset_bytes` from the start of the area,
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
