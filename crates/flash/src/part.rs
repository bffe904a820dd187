// SPDX-License-Identifier: Apache-2.0
//! An area as a flash of its own.

use crate::{Area, Error, Flash, Geometry, Mapped};

/// An area of a flash, owned: it implements [`Flash`], and no operation leaves it.
///
/// ```
/// use flash::{Area, Error, Flash, Geometry, Part, fake::RamFlash};
///
/// let geometry = Geometry { sector_count: 4, sector_bytes: 512, program_unit_bytes: 4 };
/// let area = Area { offset_bytes: 512, size_bytes: 1024 };
/// let mut part = Part::new(RamFlash::new(geometry), area);
/// part.program(0, b"seed")?;
/// assert_eq!(part.geometry().sector_count, 2);
/// assert_eq!(part.read(1022, &mut [0; 4]), Err(Error::OutOfBounds));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Part<F> {
    flash: F,
    area: Area,
}

impl<F> Part<F> {
    /// The area of this flash.
    pub const fn new(flash: F, area: Area) -> Self {
        Self { flash, area }
    }

    /// Returns the flash.
    pub fn into_flash(self) -> F {
        self.flash
    }
}

impl<F: Flash> Flash for Part<F> {
    fn geometry(&self) -> Geometry {
        let whole = self.flash.geometry();
        let sectors = self.area.size_bytes.checked_div(whole.sector_bytes);
        Geometry {
            sector_count: sectors.unwrap_or_default(),
            ..whole
        }
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let place = self.area.place(offset_bytes, destination.len())?;
        self.flash.read(place, destination)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        let sector_bytes = self.flash.geometry().sector_bytes;
        let place = self.area.place(offset_bytes, sector_bytes)?;
        self.flash.erase(place)
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let place = self.area.place(offset_bytes, data.len())?;
        self.flash.program(place, data)
    }
}

impl<F: Mapped> Mapped for Part<F> {
    fn bytes(&self) -> &[u8] {
        let from = self.flash.bytes().get(self.area.offset_bytes..);
        from.and_then(|from| from.get(..self.area.size_bytes))
            .unwrap_or_default()
    }
}
