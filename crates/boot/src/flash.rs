// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM needs of a flash: it is mapped, and it has the habits of NOR flash.
//!
//! Nothing is erased or programmed but through an [`Area`], and an area lets nobody beyond its
//! ends: a number that comes from the flash itself, as from the trailer of a slot, can't lead from
//! one slot to what lies beside it.

/// The flash did not do what it was told. What it did instead is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlashFailure;

/// A part of the flash, of whole sectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Where it begins, in bytes from the beginning of the flash.
    pub offset_bytes: usize,
    /// Its size.
    pub size_bytes: usize,
}

impl Area {
    /// Erases the sector that begins so many bytes behind the beginning of the area.
    ///
    /// # Errors
    /// No sector of the area begins there, or the flash failed.
    pub fn erase(self, flash: &mut impl Flash, offset_bytes: usize) -> Result<(), FlashFailure> {
        let sector = self.place(offset_bytes, flash.sector_bytes())?;
        flash.erase(sector)
    }

    /// Programs whole units that are erased, from so many bytes behind the beginning of the area.
    ///
    /// # Errors
    /// The range leaves the area, is not made of whole units, is not erased, or the flash failed.
    pub fn program(
        self,
        flash: &mut impl Flash,
        offset_bytes: usize,
        data: &[u8],
    ) -> Result<(), FlashFailure> {
        let place = self.place(offset_bytes, data.len())?;
        flash.program(place, data)
    }

    /// Where the last sector begins, in bytes from the beginning of the area.
    #[must_use]
    pub fn last_sector(self, flash: &impl Flash) -> usize {
        self.size_bytes.saturating_sub(flash.sector_bytes())
    }

    fn place(self, offset_bytes: usize, size_bytes: usize) -> Result<Place, FlashFailure> {
        match self.size_bytes.checked_sub(offset_bytes) {
            Some(left_bytes) if size_bytes <= left_bytes => Ok(Place {
                offset_bytes: self.offset_bytes.wrapping_add(offset_bytes),
            }),
            _ => Err(FlashFailure),
        }
    }
}

/// Where an operation takes place. Only an [`Area`] makes one, within itself.
///
/// ```compile_fail,E0451
/// # use boot::{Flash, FlashFailure, flash::Place};
/// fn erase_anything(flash: &mut impl Flash) -> Result<(), FlashFailure> {
///     flash.erase(Place { offset_bytes: 0 })
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    offset_bytes: usize,
}

impl Place {
    /// In bytes from the beginning of the flash.
    #[must_use]
    pub const fn offset_bytes(self) -> usize {
        self.offset_bytes
    }
}

/// Where the boot ROM finds what it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The one-time programmable area of the device (crate `provisioning`).
    pub otp: Area,
    /// The slot from which images are started.
    pub primary: Area,
    /// The slot in which upgrades arrive.
    pub secondary: Area,
}

/// The flash of a device: the driver. It is called by way of an [`Area`].
pub trait Flash {
    /// Bytes that are erased at once, to 0xFF.
    fn sector_bytes(&self) -> usize;

    /// Bytes that are programmed at once; not more than [`LARGEST_PROGRAM_UNIT_BYTES`].
    fn program_unit_bytes(&self) -> usize;

    /// What the flash holds, where it is mapped.
    fn bytes(&self) -> &[u8];

    /// Erases the sector that begins there.
    ///
    /// # Errors
    /// No sector begins there, or the flash failed.
    fn erase(&mut self, sector: Place) -> Result<(), FlashFailure>;

    /// Programs whole units that are erased.
    ///
    /// # Errors
    /// The range leaves the flash, is not made of whole units, is not erased, or the flash failed.
    fn program(&mut self, place: Place, data: &[u8]) -> Result<(), FlashFailure>;

    /// The bytes of an area; none if it leaves the flash.
    fn area(&self, area: Area) -> &[u8] {
        let from = self.bytes().get(area.offset_bytes..);
        from.and_then(|from| from.get(..area.size_bytes))
            .unwrap_or_default()
    }
}

/// The largest program unit that is supported.
pub const LARGEST_PROGRAM_UNIT_BYTES: usize = 32;

pub(crate) const ERASED: u8 = 0xFF;
