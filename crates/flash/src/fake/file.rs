// SPDX-License-Identifier: Apache-2.0
//! A flash in a file of the host, such as the image behind an emulated device.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
    vec,
};

use crate::{ERASED, Error, Flash, Geometry};

/// An area of a file, with the habits of NOR flash: what is not erased can't be programmed.
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
    pub fn open_to_read(path: &Path, origin_bytes: u64, geometry: Geometry) -> io::Result<Self> {
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
    pub fn open(path: &Path, origin_bytes: u64, geometry: Geometry) -> io::Result<Self> {
        let file = File::options().read(true).write(true).open(path)?;
        let end = origin_bytes + geometry.size_bytes() as u64;
        if file.metadata()?.len() < end {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Self {
            file,
            origin_bytes,
            geometry,
        })
    }

    /// The file, positioned at a range of the area.
    fn at(&self, offset_bytes: usize, length: usize) -> Result<&File, Error> {
        let end = offset_bytes.checked_add(length).ok_or(Error::OutOfBounds)?;
        if end > self.geometry.size_bytes() {
            return Err(Error::OutOfBounds);
        }
        let position = SeekFrom::Start(self.origin_bytes + offset_bytes as u64);
        let found = (&self.file).seek(position).map(|_| &self.file);
        found.map_err(|_| Error::Failed)
    }

    fn write(&mut self, offset_bytes: usize, source: &[u8]) -> Result<(), Error> {
        let mut file = self.at(offset_bytes, source.len())?;
        file.write_all(source).map_err(|_| Error::Failed)
    }
}

impl Flash for FileFlash {
    fn geometry(&self) -> Geometry {
        self.geometry
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        let mut file = self.at(offset_bytes, destination.len())?;
        file.read_exact(destination).map_err(|_| Error::Failed)
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let unit = self.geometry.program_unit_bytes;
        if !offset_bytes.is_multiple_of(unit) || !data.len().is_multiple_of(unit) {
            return Err(Error::NotAligned);
        }
        let mut present = vec![0; data.len()];
        self.read(offset_bytes, &mut present)?;
        if present.iter().any(|byte| *byte != ERASED) {
            return Err(Error::NotErased);
        }
        self.write(offset_bytes, data)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        if !offset_bytes.is_multiple_of(self.geometry.sector_bytes) {
            return Err(Error::NotAligned);
        }
        self.write(offset_bytes, &vec![ERASED; self.geometry.sector_bytes])
    }
}
