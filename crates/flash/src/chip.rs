// SPDX-License-Identifier: Apache-2.0
//! A flash that is changed through its areas only.

use crate::{Area, Error, Flash, Geometry, Mapped};

/// A flash that is divided into areas.
///
/// Each operation names its area and can't leave it. So a number from the flash itself, such as one
/// in the trailer of a slot, can't make it access something beside the slot.
///
/// ```
/// use flash::{Area, Chip, Error, Flash, Geometry, fake::RamFlash};
///
/// let geometry = Geometry { sector_count: 4, sector_bytes: 512, program_unit_bytes: 4 };
/// let mut chip = Chip::new(RamFlash::new(geometry));
/// let log = Area { offset_bytes: 512, size_bytes: 1024 };
/// chip.program(log, 8, b"boot")?;
/// assert_eq!(chip.bytes(log)[8..12], *b"boot");
/// assert_eq!(chip.erase(log, 1024), Err(Error::OutOfBounds));
/// # Ok::<(), Error>(())
/// ```
///
/// The areas can't be bypassed:
///
/// ```compile_fail,E0616
/// # use flash::{Chip, Error, Flash};
/// fn erase_anything(chip: &mut Chip<impl Flash>) -> Result<(), Error> {
///     chip.flash.erase(0)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Chip<F> {
    flash: F,
}

impl<F> Chip<F> {
    /// The chip with this driver.
    pub const fn new(flash: F) -> Self {
        Self { flash }
    }

    /// The driver, for reading.
    pub const fn driver(&self) -> &F {
        &self.flash
    }

    /// The driver of a fake, for tests that change it.
    #[cfg(not(target_os = "none"))]
    pub const fn driver_mut(&mut self) -> &mut F {
        &mut self.flash
    }

    /// Returns the driver.
    pub fn into_driver(self) -> F {
        self.flash
    }
}

impl<F: Flash> Chip<F> {
    /// Sizes of the whole flash.
    pub fn geometry(&self) -> Geometry {
        self.flash.geometry()
    }

    /// Offset of the last sector of an area from the start of the area in bytes.
    pub fn last_sector(&self, area: Area) -> usize {
        area.size_bytes.saturating_sub(self.geometry().sector_bytes)
    }

    /// Reads bytes at `offset_bytes` from the start of the area.
    ///
    /// # Errors
    /// The range leaves the area, or the flash failed.
    pub fn read(
        &self,
        area: Area,
        offset_bytes: usize,
        destination: &mut [u8],
    ) -> Result<(), Error> {
        let place = area.place(offset_bytes, destination.len())?;
        self.flash.read(place, destination)
    }

    /// Erases the sector at `offset_bytes` from the start of the area.
    ///
    /// # Errors
    /// No sector of the area begins there, or the flash failed.
    pub fn erase(&mut self, area: Area, offset_bytes: usize) -> Result<(), Error> {
        let place = area.place(offset_bytes, self.geometry().sector_bytes)?;
        self.flash.erase(place)
    }

    /// Programs whole erased units at `offset_bytes` from the start of the area.
    ///
    /// # Errors
    /// The range leaves the area, is not made of whole units, is not erased, or the flash failed.
    pub fn program(&mut self, area: Area, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let place = area.place(offset_bytes, data.len())?;
        self.flash.program(place, data)
    }
}

impl<F: Mapped> Chip<F> {
    /// The bytes of an area; none if it leaves the flash.
    pub fn bytes(&self, area: Area) -> &[u8] {
        let from = self.flash.bytes().get(area.offset_bytes..);
        from.and_then(|from| from.get(..area.size_bytes))
            .unwrap_or_default()
    }
}
