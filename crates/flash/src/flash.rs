// SPDX-License-Identifier: Apache-2.0
//! The driver of a flash.

use crate::{Error, Geometry};

/// A NOR flash, or an area of one. Offsets are in bytes from its beginning.
///
/// An erased byte reads 0xFF ([`crate::ERASED`]).
pub trait Flash {
    /// The sizes, which never change. In firmware return a constant, so that the compiler can fold
    /// it.
    fn geometry(&self) -> Geometry;

    /// Fills `destination` with the bytes at any offset.
    ///
    /// # Errors
    /// The range leaves the flash, or a unit in it can't be read.
    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error>;

    /// Erases the sector that begins at `offset_bytes`.
    ///
    /// # Errors
    /// No sector begins there, or the flash failed.
    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error>;

    /// Programs whole erased units.
    ///
    /// # Errors
    /// The range leaves the flash or is not made of whole units, or the flash failed. A driver that
    /// can detect it refuses units that are not erased.
    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error>;
}

impl<F: Flash> Flash for &mut F {
    fn geometry(&self) -> Geometry {
        F::geometry(self)
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        F::read(self, offset_bytes, destination)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        F::erase(self, offset_bytes)
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        F::program(self, offset_bytes, data)
    }
}
