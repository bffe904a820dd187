// SPDX-License-Identifier: Apache-2.0
//! A memory-mapped flash with the habits of NOR flash: erase a sector to 0xFF, program only
//! erased units.
//!
//! On AN521 the memory behind it is RAM that the emulator keeps in a file. The driver refuses
//! what real flash would not do, so that code which works here works there.

use flash::{ERASED, Error, Flash, Geometry, Mapped};

/// An area of the flash.
///
/// Where it is and its sizes are in the type: the state of a partition that holds it stays all
/// zero, takes no flash, and the compiler folds what follows from them. There is one value for
/// each area, so whoever has it has the area.
#[derive(Debug)]
pub struct MappedFlash<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
>(());

const WORD_BYTES: usize = 4;

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> MappedFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    /// The area of `SIZE_BYTES` at the address `BASE`.
    ///
    /// # Safety
    /// The range is memory of the flash that nothing but this value changes as long as it is there.
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }

    #[inline(always)]
    const fn area(&self) -> &[u8] {
        // SAFETY: `new` promised the range; it can't change while `self` is borrowed.
        unsafe { core::slice::from_raw_parts(BASE as *const u8, SIZE_BYTES) }
    }

    #[inline(always)]
    fn range_mut(&mut self, offset_bytes: usize, length_bytes: usize) -> Result<&mut [u8], Error> {
        // SAFETY: `new` promised the range; `&mut self` makes the borrow the only one.
        let whole = unsafe { core::slice::from_raw_parts_mut(BASE as *mut u8, SIZE_BYTES) };
        let end_bytes = offset_bytes.checked_add(length_bytes);
        let end_bytes = end_bytes.ok_or(Error::OutOfBounds)?;
        let range = whole.get_mut(offset_bytes..end_bytes);
        range.ok_or(Error::OutOfBounds)
    }
}

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> Flash for MappedFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    #[inline(always)]
    fn geometry(&self) -> Geometry {
        const {
            Geometry {
                sector_count: SIZE_BYTES / SECTOR_BYTES,
                sector_bytes: SECTOR_BYTES,
                program_unit_bytes: PROGRAM_UNIT_BYTES,
            }
        }
    }

    // Each operation is called in several places: once in an image is enough.
    #[inline(never)]
    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let end_bytes = offset_bytes.checked_add(destination.len());
        let end_bytes = end_bytes.ok_or(Error::OutOfBounds)?;
        let source = self.area().get(offset_bytes..end_bytes);
        copy(destination, source.ok_or(Error::OutOfBounds)?);
        Ok(())
    }

    #[inline(never)]
    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        if !offset_bytes.is_multiple_of(SECTOR_BYTES) {
            return Err(Error::NotAligned);
        }
        self.range_mut(offset_bytes, SECTOR_BYTES)?.fill(ERASED);
        Ok(())
    }

    #[inline(never)]
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        if !offset_bytes.is_multiple_of(PROGRAM_UNIT_BYTES)
            || !data.len().is_multiple_of(PROGRAM_UNIT_BYTES)
        {
            return Err(Error::NotAligned);
        }
        let target = self.range_mut(offset_bytes, data.len())?;
        let (words, bytes) = target.as_chunks::<WORD_BYTES>();
        if words.iter().any(|word| *word != [ERASED; WORD_BYTES])
            || bytes.iter().any(|byte| *byte != ERASED)
        {
            return Err(Error::NotErased);
        }
        copy(target, data);
        Ok(())
    }
}

impl<
    const BASE: usize,
    const SIZE_BYTES: usize,
    const SECTOR_BYTES: usize,
    const PROGRAM_UNIT_BYTES: usize,
> Mapped for MappedFlash<BASE, SIZE_BYTES, SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    #[inline(always)]
    fn bytes(&self) -> &[u8] {
        self.area()
    }
}

/// Copies by words as far as there are any, which takes a quarter of the time.
#[inline(always)]
fn copy(destination: &mut [u8], source: &[u8]) {
    let (words, bytes) = destination.as_chunks_mut::<WORD_BYTES>();
    let (source_words, source_bytes) = source.as_chunks::<WORD_BYTES>();
    for (to, from) in words.iter_mut().zip(source_words) {
        *to = *from;
    }
    for (to, from) in bytes.iter_mut().zip(source_bytes) {
        *to = *from;
    }
}
