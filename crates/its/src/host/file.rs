// SPDX-License-Identifier: Apache-2.0
//! A flash area in a file of the host, such as the image behind an emulated device.

use std::{
    fs::File,
    io::{Read as _, Result, Seek as _, SeekFrom, Write as _},
    path::Path,
    vec,
};

use crate::flash::{Flash, FlashError, Geometry};

const ERASED: u8 = 0xFF;

/// An area of a file. It has the habits of NOR flash: what is not erased can't be programmed.
#[derive(Debug)]
pub struct FileFlash {
    file: File,
    origin_bytes: u64,
    geometry: Geometry,
}

impl FileFlash {
    /// The area that begins at `origin_bytes`; it can be read only.
    ///
    /// # Errors
    /// The file can't be opened.
    pub fn open_to_read(path: &Path, origin_bytes: u64, geometry: Geometry) -> Result<Self> {
        let file = File::open(path)?;
        Ok(Self {
            file,
            origin_bytes,
            geometry,
        })
    }

    /// The area that begins at `origin_bytes`, to be changed.
    ///
    /// # Errors
    /// The file can't be opened or is not long enough.
    pub fn open(path: &Path, origin_bytes: u64, geometry: Geometry) -> Result<Self> {
        let file = File::options().read(true).write(true).open(path)?;
        let end = origin_bytes + u64::from(geometry.area_bytes());
        if file.metadata()?.len() < end {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Self {
            file,
            origin_bytes,
            geometry,
        })
    }

    fn at(&self, offset_bytes: u32, length: usize) -> std::result::Result<&File, FlashError> {
        let end = u64::from(offset_bytes) + length as u64;
        let position = SeekFrom::Start(self.origin_bytes + u64::from(offset_bytes));
        let is_inside = end <= u64::from(self.geometry.area_bytes());
        if is_inside && (&self.file).seek(position).is_ok() {
            Ok(&self.file)
        } else {
            Err(FlashError)
        }
    }

    fn write(&mut self, offset_bytes: u32, source: &[u8]) -> std::result::Result<(), FlashError> {
        let mut file = self.at(offset_bytes, source.len())?;
        file.write_all(source).map_err(|_| FlashError)
    }
}

impl Flash for FileFlash {
    fn geometry(&self) -> Geometry {
        self.geometry
    }

    fn read(
        &self,
        offset_bytes: u32,
        destination: &mut [u8],
    ) -> std::result::Result<(), FlashError> {
        let mut file = self.at(offset_bytes, destination.len())?;
        file.read_exact(destination).map_err(|_| FlashError)
    }

    fn program(&mut self, offset_bytes: u32, source: &[u8]) -> std::result::Result<(), FlashError> {
        let unit = self.geometry.program_unit_bytes;
        let is_whole =
            offset_bytes.is_multiple_of(unit) && source.len().is_multiple_of(unit as usize);
        let mut present = vec![0; source.len()];
        self.read(offset_bytes, &mut present)?;
        if !is_whole || present.iter().any(|byte| *byte != ERASED) {
            return Err(FlashError);
        }
        self.write(offset_bytes, source)
    }

    fn erase(&mut self, offset_bytes: u32) -> std::result::Result<(), FlashError> {
        if !offset_bytes.is_multiple_of(self.geometry.sector_bytes) {
            return Err(FlashError);
        }
        self.write(
            offset_bytes,
            &vec![ERASED; self.geometry.sector_bytes as usize],
        )
    }
}
