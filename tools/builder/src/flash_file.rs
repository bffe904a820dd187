// SPDX-License-Identifier: Apache-2.0
//! The flash of the emulated device: a file of the host, which survives QEMU's end.

use crate::whole_file;
use anyhow::{Context as _, Result, bail, ensure};
use configure::Effective;
use signer::FileKind;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

const ERASED: u8 = 0xFF;
/// A file of another kind is known by so much of it.
const KIND_BYTES_MAX: u64 = 0x1_0000;
/// What a new file may be used for; the user's mask takes its part off.
const MODE: u32 = 0o666;
/// Where the host has random bytes.
const RANDOM: &str = "/dev/urandom";

/// Random bytes of the host.
pub fn random<const BYTES: usize>() -> Result<[u8; BYTES]> {
    let mut bytes = [0; BYTES];
    File::open(RANDOM)
        .and_then(|mut source| source.read_exact(&mut bytes))
        .with_context(|| format!("cannot read {RANDOM}"))?;
    Ok(bytes)
}

/// Where trusted storage begins in the flash, and its geometry.
pub fn trusted_storage(effective: &Effective) -> Result<(u64, flash::Geometry)> {
    let number = |key| usize::try_from(effective.number(key)).context(key);
    let sector_bytes = number("flash.sector_bytes")?;
    let geometry = flash::Geometry {
        sector_count: number("flash.areas.its.size_bytes")? / sector_bytes,
        sector_bytes,
        program_unit_bytes: number("flash.program_unit_bytes")?,
    };
    Ok((effective.number("flash.areas.its.offset_bytes"), geometry))
}

/// Takes a file for as long as it is open. A device that two write to is none.
fn take(file: File, path: &Path) -> Result<File> {
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "the device in {} is used by another command that has not ended yet",
            path.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", path.display()))
        }
    }
}

/// The file and its areas. No other process has it meanwhile.
pub struct FlashFile<'a> {
    path: PathBuf,
    file: File,
    effective: &'a Effective,
}

impl Drop for FlashFile<'_> {
    /// Gives the file back. To close it would not be enough: a process that another thread is about
    /// to start has all open files for a moment.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl<'a> FlashFile<'a> {
    /// A device fresh from the factory: blank but for `otp`, its one-time programmable area, and
    /// the seed of its random numbers, which no other device has.
    pub fn create(path: &Path, effective: &'a Effective, otp: &[u8]) -> Result<Self> {
        let naming = || format!("cannot make {}", path.display());
        let old = match OpenOptions::new().read(true).write(true).open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            old => Some(take(old.with_context(naming)?, path)?), // it may be another's
        };
        let is_replaceable = match &old {
            Some(old) => old.metadata()?.is_file(),
            None => true,
        };
        ensure!(is_replaceable, "{} is no file", path.display());
        let new = whole_file::temporary(path, MODE).with_context(naming)?;
        let flash = Self {
            path: path.into(),
            file: take(new.as_file().try_clone()?, path)?,
            effective,
        };
        // The areas are blank; the rest of the file is a hole and costs the host no room.
        let end = configure::schema::AREAS
            .iter()
            .map(|area| flash.end(area))
            .max()
            .unwrap_or(0);
        flash.fill(0, end)?;
        let size_bytes = effective.number("flash.size_bytes");
        flash.file.set_len(size_bytes).with_context(naming)?;
        flash.write("otp", otp)?;
        flash.write("entropy_seed", &entropy::first_record(random()?))?;
        new.persist(path).with_context(naming)?;
        Ok(flash)
    }

    /// The device as the last run left it; `None` if there is none of this size.
    pub fn open(path: &Path, effective: &'a Effective) -> Result<Option<Self>> {
        match OpenOptions::new().read(true).write(true).open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot open {}", path.display())),
            Ok(file) if file.metadata()?.len() == effective.number("flash.size_bytes") => {
                Ok(Some(Self {
                    path: path.into(),
                    file: take(file, path)?,
                    effective,
                }))
            }
            Ok(_) => Ok(None),
        }
    }

    /// The device in a file that has to be there.
    ///
    /// # Errors
    /// There is no file, or it is none of this board; it says what it is.
    pub fn existing(path: &Path, effective: &'a Effective) -> Result<Self> {
        if let Some(flash) = Self::open(path, effective)? {
            return Ok(flash);
        }
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let found = file.metadata()?.len();
        let mut content = Vec::new();
        let kind = match file.take(KIND_BYTES_MAX).read_to_end(&mut content) {
            Ok(_) => FileKind::of(&content).map(|kind| format!("; it is {kind}")),
            Err(_) => None,
        };
        bail!(
            "{} is no flash file of the board {}: it has {found} bytes, and `flash.size_bytes` is {}{}",
            path.display(),
            effective.text("board.name"),
            effective.number("flash.size_bytes"),
            kind.unwrap_or_default()
        );
    }

    /// Gives the device the seed of its random numbers, if it has none.
    pub fn seed_if_blank(&self) -> Result<()> {
        if self
            .read("entropy_seed")?
            .iter()
            .any(|byte| *byte != ERASED)
        {
            return Ok(());
        }
        self.write("entropy_seed", &entropy::first_record(random()?))
    }

    /// The path, for QEMU.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The content of an area.
    pub fn read(&self, area: &str) -> Result<Vec<u8>> {
        let mut content = vec![0; usize::try_from(self.size(area))?];
        self.file
            .read_exact_at(&mut content, self.offset(area))
            .with_context(|| self.naming(area))?;
        Ok(content)
    }

    /// What the whole flash has in a range.
    pub fn read_range(&self, range: &Range<u64>) -> Result<Vec<u8>> {
        let mut content = vec![0; usize::try_from(range.end - range.start)?];
        let read = self.file.read_exact_at(&mut content, range.start);
        read.with_context(|| self.path.display().to_string())?;
        Ok(content)
    }

    /// Changes the whole flash from an offset on.
    pub fn write_range(&self, offset: u64, content: &[u8]) -> Result<()> {
        let written = self.file.write_all_at(content, offset);
        written.with_context(|| self.path.display().to_string())
    }

    /// Erases an area and programs it from its start, unless it has that content already.
    pub fn write(&self, area: &str, content: &[u8]) -> Result<()> {
        let room = self.size(area);
        ensure!(
            content.len() as u64 <= room,
            "{} bytes do not fit the {room} bytes of flash.areas.{area}",
            content.len()
        );
        let old = self.read(area)?;
        let (start, rest) = old.split_at(content.len());
        if start != content || rest.iter().any(|byte| *byte != ERASED) {
            self.fill(self.offset(area), room)?;
            self.file
                .write_all_at(content, self.offset(area))
                .with_context(|| self.naming(area))?;
        }
        Ok(())
    }

    fn fill(&self, offset: u64, size_bytes: u64) -> Result<()> {
        let blank = vec![ERASED; usize::try_from(size_bytes)?];
        self.file
            .write_all_at(&blank, offset)
            .with_context(|| self.naming("otp"))
    }

    fn naming(&self, area: &str) -> String {
        format!("area {area} of {}", self.path.display())
    }

    fn offset(&self, area: &str) -> u64 {
        self.effective
            .number(&format!("flash.areas.{area}.offset_bytes"))
    }

    fn size(&self, area: &str) -> u64 {
        self.effective
            .number(&format!("flash.areas.{area}.size_bytes"))
    }

    fn end(&self, area: &str) -> u64 {
        self.offset(area) + self.size(area)
    }
}
