// SPDX-License-Identifier: Apache-2.0
//! The place of an area.

use crate::Error;

/// The place of a part of a flash, in whole sectors. It gives no access: operations go through the
/// [`crate::Chip`] or [`crate::Part`] that owns the flash.
///
/// # Examples
///
/// ```
/// use flash::{Area, Chip, Geometry, fake::RamFlash};
///
/// const SETTINGS: Area = Area { offset_bytes: 0x1000, size_bytes: 0x2000 };
///
/// let geometry = Geometry { sector_count: 8, sector_bytes: 0x1000, program_unit_bytes: 4 };
/// let mut chip = Chip::new(RamFlash::new(geometry));
/// chip.erase(SETTINGS, 0x1000)?; // its second sector
/// chip.program(SETTINGS, 0x1000, b"name")?;
/// assert_eq!(chip.bytes(SETTINGS)[0x1000..0x1004], *b"name");
/// # Ok::<(), flash::Error>(())
/// ```
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
