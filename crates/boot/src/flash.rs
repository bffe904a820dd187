// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM needs of a flash: it is mapped, and it has the habits of NOR flash.

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

/// The flash of a device. Offsets are in bytes from its beginning.
pub trait Flash {
    /// Bytes that are erased at once, to 0xFF.
    fn sector_bytes(&self) -> usize;

    /// Bytes that are programmed at once; not more than [`LARGEST_PROGRAM_UNIT_BYTES`].
    fn program_unit_bytes(&self) -> usize;

    /// What the flash holds, where it is mapped.
    fn bytes(&self) -> &[u8];

    /// Erases the sector that begins at `offset_bytes`.
    ///
    /// # Errors
    /// No sector begins there, or the flash failed.
    fn erase(&mut self, offset_bytes: usize) -> Result<(), FlashFailure>;

    /// Programs whole units that are erased.
    ///
    /// # Errors
    /// The range leaves the flash, is not made of whole units, is not erased, or the flash failed.
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), FlashFailure>;

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
