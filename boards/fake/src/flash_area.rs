// SPDX-License-Identifier: Apache-2.0
//! The flash of the device of this thread, or an area of it.

use flash::{Area, Error, Flash, Geometry, Mapped};

use crate::config::flash::{PROGRAM_UNIT_BYTES, SECTOR_BYTES};
use crate::device;

/// An area of the flash.
#[derive(Debug)]
pub struct FlashArea(Area);

impl FlashArea {
    /// The area that begins `offset_bytes` behind the beginning of the flash.
    pub(crate) const fn new(offset_bytes: u32, size_bytes: u32) -> Self {
        Self(Area {
            offset_bytes: offset_bytes as usize,
            size_bytes: size_bytes as usize,
        })
    }

    fn place(&self, offset_bytes: usize, size_bytes: usize) -> Result<usize, Error> {
        match offset_bytes.checked_add(size_bytes) {
            Some(end) if end <= self.0.size_bytes => Ok(self.0.offset_bytes + offset_bytes),
            _ => Err(Error::OutOfBounds),
        }
    }
}

impl Flash for FlashArea {
    fn geometry(&self) -> Geometry {
        Geometry {
            sector_count: self.0.size_bytes / SECTOR_BYTES,
            sector_bytes: SECTOR_BYTES,
            program_unit_bytes: PROGRAM_UNIT_BYTES,
        }
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let place = self.place(offset_bytes, destination.len())?;
        device::with(|device| device.flash.read(place, destination))
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        let place = self.place(offset_bytes, SECTOR_BYTES)?;
        device::with(|device| device.write(|flash| flash.erase(place)))
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let place = self.place(offset_bytes, data.len())?;
        device::with(|device| device.write(|flash| flash.program(place, data)))
    }
}

impl Mapped for FlashArea {
    fn bytes(&self) -> &[u8] {
        let whole = device::with(|device| device.content());
        &whole[self.0.offset_bytes..][..self.0.size_bytes]
    }
}
