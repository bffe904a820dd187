// SPDX-License-Identifier: Apache-2.0
//! A memory-mapped flash with the habits of NOR flash: erase a sector to 0xFF, program only
//! erased units.
//!
//! On AN521 the memory behind it is RAM that the emulator keeps in a file. The driver refuses
//! what real flash would not do, so that code which works here works there.

/// What the flash refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FlashError {
    /// The range leaves the area.
    OutOfRange,
    /// Offset or length is not a whole number of program units or sectors.
    Unaligned,
    /// A unit to be programmed is not erased.
    NotErased,
}

/// An area of the flash, of whole sectors, which are erased at once; what is programmed at once is a
/// unit.
pub struct MappedFlash<const SECTOR_BYTES: usize, const PROGRAM_UNIT_BYTES: usize> {
    base: *mut u8,
    size_bytes: usize,
}

// SAFETY: the base address is that of a device's memory; writes go through `&mut self`.
unsafe impl<const SECTOR_BYTES: usize, const PROGRAM_UNIT_BYTES: usize> Sync
    for MappedFlash<SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
}

const ERASED: u8 = 0xFF;
const WORD_BYTES: usize = 4;

impl<const SECTOR_BYTES: usize, const PROGRAM_UNIT_BYTES: usize>
    MappedFlash<SECTOR_BYTES, PROGRAM_UNIT_BYTES>
{
    /// The area of `size_bytes` at `base`.
    ///
    /// # Safety
    /// The range is memory of the flash that nothing but this value changes, for the whole run.
    #[must_use]
    pub const unsafe fn new(base: usize, size_bytes: usize) -> Self {
        Self {
            base: base as *mut u8,
            size_bytes,
        }
    }

    /// The area's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `new` promised the range; it can't change while `self` is borrowed.
        unsafe { core::slice::from_raw_parts(self.base, self.size_bytes) }
    }

    /// Fills `destination` with the bytes at `offset`.
    ///
    /// # Errors
    /// `OutOfRange`.
    #[inline]
    pub fn read(&self, offset: usize, destination: &mut [u8]) -> Result<(), FlashError> {
        let end = offset.checked_add(destination.len());
        let end = end.ok_or(FlashError::OutOfRange)?;
        let source = self.bytes().get(offset..end);
        let source = source.ok_or(FlashError::OutOfRange)?;
        let (words, bytes) = destination.as_chunks_mut::<WORD_BYTES>();
        let (source_words, source_bytes) = source.as_chunks::<WORD_BYTES>();
        for (to, from) in words.iter_mut().zip(source_words) {
            *to = *from;
        }
        for (to, from) in bytes.iter_mut().zip(source_bytes) {
            *to = *from;
        }
        Ok(())
    }

    /// Erases the sector that starts at `offset`.
    ///
    /// # Errors
    /// `Unaligned` or `OutOfRange` if no sector starts there.
    pub fn erase(&mut self, offset: usize) -> Result<(), FlashError> {
        if !offset.is_multiple_of(SECTOR_BYTES) {
            return Err(FlashError::Unaligned);
        }
        let sector = self.range(offset, SECTOR_BYTES)?;
        sector.fill(ERASED);
        Ok(())
    }

    /// Programs `data` at `offset`, both whole program units.
    ///
    /// # Errors
    /// `Unaligned`, `OutOfRange`, or `NotErased`; the flash is then unchanged.
    pub fn program(&mut self, offset: usize, data: &[u8]) -> Result<(), FlashError> {
        if !offset.is_multiple_of(PROGRAM_UNIT_BYTES)
            || !data.len().is_multiple_of(PROGRAM_UNIT_BYTES)
        {
            return Err(FlashError::Unaligned);
        }
        let target = self.range(offset, data.len())?;
        // By words as far as there are any, which takes a quarter of the time.
        let (words, bytes) = target.as_chunks_mut::<WORD_BYTES>();
        if words.iter().any(|word| *word != [ERASED; WORD_BYTES])
            || bytes.iter().any(|byte| *byte != ERASED)
        {
            return Err(FlashError::NotErased);
        }
        let (data_words, data_bytes) = data.as_chunks::<WORD_BYTES>();
        for (to, from) in words.iter_mut().zip(data_words) {
            *to = *from;
        }
        for (to, from) in bytes.iter_mut().zip(data_bytes) {
            *to = *from;
        }
        Ok(())
    }

    fn range(&mut self, offset: usize, length: usize) -> Result<&mut [u8], FlashError> {
        // SAFETY: `new` promised the range; `&mut self` makes the borrow the only one.
        let whole = unsafe { core::slice::from_raw_parts_mut(self.base, self.size_bytes) };
        let end = offset.checked_add(length).ok_or(FlashError::OutOfRange)?;
        whole.get_mut(offset..end).ok_or(FlashError::OutOfRange)
    }
}
