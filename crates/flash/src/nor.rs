// SPDX-License-Identifier: Apache-2.0
//! Adapters to and from the traits `NorFlash` and `ReadNorFlash` of the crate `embedded-storage`.
//!
//! * [`FromNorFlash`]: a driver that implements `NorFlash` serves as a [`Flash`].
//! * [`ToNorFlash`]: a [`Flash`] serves as a `NorFlash`.

use core::cell::RefCell;

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash,
};

use crate::{Error, Flash, Geometry, LARGEST_PROGRAM_UNIT_BYTES};

impl NorFlashError for Error {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            Self::OutOfBounds => NorFlashErrorKind::OutOfBounds,
            Self::NotAligned => NorFlashErrorKind::NotAligned,
            Self::NotErased | Self::Failed => NorFlashErrorKind::Other,
        }
    }
}

fn error_of(error: &impl NorFlashError) -> Error {
    match error.kind() {
        NorFlashErrorKind::OutOfBounds => Error::OutOfBounds,
        NorFlashErrorKind::NotAligned => Error::NotAligned,
        _ => Error::Failed,
    }
}

/// A driver that implements `NorFlash`, as a [`Flash`]. Its words to read and to write have at most
/// [`LARGEST_PROGRAM_UNIT_BYTES`].
///
/// ```
/// use flash::{Error, Flash, Geometry, fake::RamFlash, nor::{FromNorFlash, ToNorFlash}};
///
/// let geometry = Geometry { sector_count: 4, sector_bytes: 512, program_unit_bytes: 4 };
/// let driver = ToNorFlash::<_, 4, 512>::new(RamFlash::new(geometry))?; // any `NorFlash`
/// let mut flash = FromNorFlash::new(driver);
/// flash.program(8, b"boot")?;
/// assert_eq!(flash.geometry(), geometry);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug)]
pub struct FromNorFlash<N>(RefCell<N>);

impl<N: NorFlash> FromNorFlash<N> {
    /// The flash of this driver.
    pub const fn new(driver: N) -> Self {
        const {
            assert!(N::READ_SIZE > 0 && N::READ_SIZE <= LARGEST_PROGRAM_UNIT_BYTES);
            assert!(N::WRITE_SIZE > 0 && N::WRITE_SIZE <= LARGEST_PROGRAM_UNIT_BYTES);
            assert!(N::ERASE_SIZE > 0);
        }
        Self(RefCell::new(driver))
    }

    /// Returns the driver.
    pub fn into_driver(self) -> N {
        self.0.into_inner()
    }
}

impl<N: NorFlash> Flash for FromNorFlash<N> {
    fn geometry(&self) -> Geometry {
        let capacity_bytes = self.0.borrow().capacity();
        let sectors = capacity_bytes.checked_div(N::ERASE_SIZE);
        Geometry {
            sector_count: sectors.unwrap_or_default(),
            sector_bytes: N::ERASE_SIZE,
            program_unit_bytes: N::WRITE_SIZE,
        }
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let mut driver = self.0.borrow_mut();
        let mut place = offset_bytes;
        let mut rest = destination;
        // Whole words of the driver, of which the first and the last may be used in part.
        while !rest.is_empty() {
            let mut word = [0; LARGEST_PROGRAM_UNIT_BYTES];
            let word = word.get_mut(..N::READ_SIZE).ok_or(Error::NotAligned)?;
            let skipped = place.checked_rem(N::READ_SIZE).ok_or(Error::NotAligned)?;
            let start = offset_u32(place.wrapping_sub(skipped))?;
            driver.read(start, word).map_err(|error| error_of(&error))?;
            let found = word.get(skipped..).unwrap_or_default();
            let count = found.len().min(rest.len());
            let (now, later) = rest.split_at_mut_checked(count).unwrap_or_default();
            now.iter_mut().zip(found).for_each(|(to, from)| *to = *from);
            place = place.checked_add(count).ok_or(Error::OutOfBounds)?;
            rest = later;
        }
        Ok(())
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        let end_bytes = offset_bytes.checked_add(N::ERASE_SIZE);
        let end = offset_u32(end_bytes.ok_or(Error::OutOfBounds)?)?;
        let erased = self.0.get_mut().erase(offset_u32(offset_bytes)?, end);
        erased.map_err(|error| error_of(&error))
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let written = self.0.get_mut().write(offset_u32(offset_bytes)?, data);
        written.map_err(|error| error_of(&error))
    }
}

fn offset_u32(offset_bytes: usize) -> Result<u32, Error> {
    u32::try_from(offset_bytes).map_err(|_| Error::OutOfBounds)
}

/// A [`Flash`] as `NorFlash`, whose sizes are constants: `WRITE_SIZE` is the program unit,
/// `ERASE_SIZE` the sector.
#[derive(Debug)]
pub struct ToNorFlash<F, const WRITE_SIZE: usize, const ERASE_SIZE: usize>(F);

impl<F: Flash, const WRITE_SIZE: usize, const ERASE_SIZE: usize>
    ToNorFlash<F, WRITE_SIZE, ERASE_SIZE>
{
    /// The flash under the other traits.
    ///
    /// # Errors
    /// [`Error::NotAligned`]: the flash has other sizes.
    pub fn new(flash: F) -> Result<Self, Error> {
        let geometry = flash.geometry();
        if geometry.program_unit_bytes == WRITE_SIZE && geometry.sector_bytes == ERASE_SIZE {
            Ok(Self(flash))
        } else {
            Err(Error::NotAligned)
        }
    }

    /// Returns the flash.
    pub fn into_flash(self) -> F {
        self.0
    }
}

impl<F, const WRITE_SIZE: usize, const ERASE_SIZE: usize> ErrorType
    for ToNorFlash<F, WRITE_SIZE, ERASE_SIZE>
{
    type Error = Error;
}

impl<F: Flash, const WRITE_SIZE: usize, const ERASE_SIZE: usize> ReadNorFlash
    for ToNorFlash<F, WRITE_SIZE, ERASE_SIZE>
{
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), Error> {
        self.0.read(offset as usize, bytes)
    }

    fn capacity(&self) -> usize {
        self.0.geometry().size_bytes()
    }
}

impl<F: Flash, const WRITE_SIZE: usize, const ERASE_SIZE: usize> NorFlash
    for ToNorFlash<F, WRITE_SIZE, ERASE_SIZE>
{
    const WRITE_SIZE: usize = WRITE_SIZE;
    const ERASE_SIZE: usize = ERASE_SIZE;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), Error> {
        let (from, to) = (from as usize, to as usize);
        if !from.is_multiple_of(ERASE_SIZE) || !to.is_multiple_of(ERASE_SIZE) || from > to {
            return Err(Error::NotAligned);
        }
        if to > self.capacity() {
            return Err(Error::OutOfBounds);
        }
        (from..to)
            .step_by(ERASE_SIZE)
            .try_for_each(|sector| self.0.erase(sector))
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), Error> {
        self.0.program(offset as usize, bytes)
    }
}
