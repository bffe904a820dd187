// SPDX-License-Identifier: Apache-2.0
//! An area as a flash of its own.

use core::marker::PhantomData;

use crate::{Area, Chip, Error, Flash, Geometry, Mapped};

/// Where a [`Part`] is. The area is in a type, so the compiler computes all that follows from it.
pub trait Place {
    /// The area.
    const AREA: Area;
}

/// An area of a chip, borrowed: it implements [`Flash`], and no operation leaves it.
///
/// ```
/// use flash::{Area, Chip, Error, Flash, Geometry, Part, Place, fake::RamFlash};
///
/// struct Log;
/// impl Place for Log {
///     const AREA: Area = Area { offset_bytes: 512, size_bytes: 1024 };
/// }
///
/// let geometry = Geometry { sector_count: 4, sector_bytes: 512, program_unit_bytes: 4 };
/// let mut chip = Chip::new(RamFlash::new(geometry));
/// let mut log = Part::<_, Log>::new(&mut chip);
/// log.program(0, b"boot")?;
/// assert_eq!(log.geometry().sector_count, 2);
/// assert_eq!(log.read(1022, &mut [0; 4]), Err(Error::OutOfBounds));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct Part<'a, F, P> {
    chip: &'a mut Chip<F>,
    place: PhantomData<P>,
}

impl<'a, F, P> Part<'a, F, P> {
    /// The area `P` of this chip.
    pub const fn new(chip: &'a mut Chip<F>) -> Self {
        Self {
            chip,
            place: PhantomData,
        }
    }
}

impl<F: Mapped, P: Place> Flash for Part<'_, F, P> {
    #[inline(always)] // as all of them: a shell around those of the chip
    fn geometry(&self) -> Geometry {
        let whole = self.chip.geometry();
        let sectors = P::AREA.size_bytes.checked_div(whole.sector_bytes);
        Geometry {
            sector_count: sectors.unwrap_or_default(),
            ..whole
        }
    }

    #[inline(always)]
    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let source = self.bytes().get(offset_bytes..);
        let source = source.and_then(|source| source.get(..destination.len()));
        destination.copy_from_slice(source.ok_or(Error::OutOfBounds)?);
        Ok(())
    }

    #[inline(always)]
    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        self.chip.erase(P::AREA, offset_bytes)
    }

    #[inline(always)]
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        self.chip.program(P::AREA, offset_bytes, data)
    }
}

impl<F: Mapped, P: Place> Mapped for Part<'_, F, P> {
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.chip.bytes(P::AREA)
    }
}
