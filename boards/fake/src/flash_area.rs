// SPDX-License-Identifier: Apache-2.0
//! The flash of the device of this thread, or an area of it.

use flash::{Area, Error, Flash, Geometry, Mapped};

use crate::config::flash::{self as map, PROGRAM_UNIT_BYTES, SECTOR_BYTES};
use crate::device;

/// An area of the flash.
#[derive(Debug)]
pub struct FlashArea(Area);

impl FlashArea {
    /// An area of `board.toml`, or one that follows from those.
    pub(crate) const fn new(area: map::Area) -> Self {
        Self(Area {
            offset_bytes: area.offset_bytes as usize,
            size_bytes: area.size_bytes as usize,
        })
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
        device::with(|device| device.flash.read(self.0, offset_bytes, destination))
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        device::with(|device| device.write(|flash| flash.erase(self.0, offset_bytes)))
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        device::with(|device| device.write(|flash| flash.program(self.0, offset_bytes, data)))
    }
}

impl Mapped for FlashArea {
    fn bytes(&self) -> &[u8] {
        let whole = device::with(|device| device.content());
        &whole[self.0.offset_bytes..][..self.0.size_bytes]
    }
}
