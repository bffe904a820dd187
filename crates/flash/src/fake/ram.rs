// SPDX-License-Identifier: Apache-2.0
//! Flash in RAM, with the habits of NOR flash and with its faults.

use std::{ops::Range, vec, vec::Vec};

use super::Tear;
use crate::{ERASED, Error, Flash, Geometry, Mapped};

/// Flash in RAM.
///
/// It is stricter than hardware: a unit that is programmed a second time, even with the same bytes,
/// is an error, and a range that is outside or not aligned is a panic. Power can be cut at any
/// operation, which is then done in part ([`Tear`]); after that everything fails until
/// [`RamFlash::power_on`]. Single units can be made unreadable, bits flipped, sectors worn out,
/// operations made to fail silently.
///
/// ```
/// use flash::{Error, Flash, Geometry, fake::{RamFlash, Tear}};
///
/// let geometry = Geometry { sector_count: 2, sector_bytes: 512, program_unit_bytes: 4 };
/// let mut flash = RamFlash::new(geometry);
/// flash.cut_after(1, Tear::Front(500)); // in the second operation from here
/// assert_eq!(flash.program(0, b"first..."), Ok(()));
/// assert_eq!(flash.program(8, b"second.."), Err(Error::Failed));
/// flash.power_on();
/// assert_eq!(flash.bytes()[..16], *b"first...seco\xFF\xFF\xFF\xFF");
/// ```
#[derive(Clone, Debug)]
pub struct RamFlash {
    geometry: Geometry,
    bytes: Vec<u8>,
    /// For each unit.
    is_programmed: Vec<bool>,
    is_unreadable: Vec<bool>,
    /// For each sector.
    erase_counts: Vec<u32>,
    is_worn_out: Vec<bool>,
    operations: u64,
    programmed_bytes: u64,
    cut: Option<(u64, Tear)>,
    is_off: bool,
    /// Operations do nothing and report success.
    is_silent: bool,
    /// Bits that the next program operation clears in each byte besides.
    stuck_bits: u8,
}

impl RamFlash {
    /// An erased flash.
    #[must_use]
    pub fn new(geometry: Geometry) -> Self {
        let bytes = geometry.size_bytes();
        let units = bytes / geometry.program_unit_bytes;
        Self {
            geometry,
            bytes: vec![ERASED; bytes],
            is_programmed: vec![false; units],
            is_unreadable: vec![false; units],
            erase_counts: vec![0; geometry.sector_count],
            is_worn_out: vec![false; geometry.sector_count],
            operations: 0,
            programmed_bytes: 0,
            cut: None,
            is_off: false,
            is_silent: false,
            stuck_bits: 0,
        }
    }

    /// A flash that holds `bytes`, repeated or cut to its size.
    #[must_use]
    pub fn with_bytes(geometry: Geometry, bytes: &[u8]) -> Self {
        let mut flash = Self::new(geometry);
        let source = bytes.iter().cycle();
        for (to, from) in flash.bytes.iter_mut().zip(source) {
            *to = *from;
        }
        flash.mark_programmed(0..flash.is_programmed.len());
        flash
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How often each sector was erased.
    #[must_use]
    pub fn erase_counts(&self) -> &[u32] {
        &self.erase_counts
    }

    /// Count of programs and erasures, failed ones included.
    #[must_use]
    pub const fn operations(&self) -> u64 {
        self.operations
    }

    /// Count of bytes that were programmed.
    #[must_use]
    pub const fn programmed_bytes(&self) -> u64 {
        self.programmed_bytes
    }

    /// Cuts the power in the operation that follows this many others.
    pub fn cut_after(&mut self, operations: u64, tear: Tear) {
        self.cut = Some((self.operations + operations, tear));
    }

    /// Whether the power was cut.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        self.is_off
    }

    /// Power is back, and no cut is planned.
    pub fn power_on(&mut self) {
        self.is_off = false;
        self.cut = None;
    }

    /// Flips bits of a byte.
    pub fn flip(&mut self, offset_bytes: usize, mask: u8) {
        self.bytes[offset_bytes] ^= mask;
        self.is_programmed[offset_bytes / self.geometry.program_unit_bytes] = true;
    }

    /// Overwrites bytes, as no flash can.
    pub fn put(&mut self, offset_bytes: usize, content: &[u8]) {
        self.bytes[offset_bytes..][..content.len()].copy_from_slice(content);
        let units = self.units(offset_bytes, content.len());
        self.is_programmed[units.clone()].fill(false);
        self.mark_programmed(units);
    }

    /// The unit in which this byte lies can't be read until it is erased.
    pub fn make_unreadable(&mut self, offset_bytes: usize) {
        let unit = offset_bytes / self.geometry.program_unit_bytes;
        self.is_unreadable[unit] = true;
        self.is_programmed[unit] = true;
    }

    /// The sector can't be erased nor programmed any more.
    pub fn wear_out(&mut self, sector: usize) {
        self.is_worn_out[sector] = true;
    }

    /// From now on operations do nothing, and report success.
    pub const fn fail_silently(&mut self) {
        self.is_silent = true;
    }

    /// The next program operation clears these bits of each byte too, and reports success.
    pub const fn write_wrong_once(&mut self, stuck_bits: u8) {
        self.stuck_bits = stuck_bits;
    }

    fn units(&self, offset: usize, length: usize) -> Range<usize> {
        let unit = self.geometry.program_unit_bytes;
        offset / unit..(offset + length).div_ceil(unit)
    }

    /// Marks units that do not look erased as programmed.
    fn mark_programmed(&mut self, units: Range<usize>) {
        let unit = self.geometry.program_unit_bytes;
        for index in units {
            let bytes = &self.bytes[index * unit..(index + 1) * unit];
            let looks_erased = bytes.iter().all(|byte| *byte == ERASED);
            self.is_programmed[index] |= !looks_erased || self.is_unreadable[index];
        }
    }

    /// Counts an operation and returns how it ends.
    fn begin(&mut self) -> Result<Tear, Error> {
        if self.is_off {
            return Err(Error::Failed);
        }
        let number = self.operations;
        self.operations += 1;
        match self.cut {
            Some((at, tear)) if at == number => {
                self.is_off = true;
                Ok(tear)
            }
            _ => Ok(Tear::Everything),
        }
    }

    /// Changes bytes to `target`, all or in part.
    fn change(&mut self, offset: usize, target: &[u8], tear: Tear) {
        let length = target.len();
        let done = tear.done(length);
        let end = done.end;
        let mut next_mask = tear.masks();
        for index in done {
            let mask = next_mask();
            let byte = &mut self.bytes[offset + index];
            *byte = (*byte & !mask) | (target[index] & mask);
        }
        match tear {
            Tear::FrontUnreadable(_) if end < length => self.make_unreadable(offset + end),
            Tear::Unreadable => {
                let units = self.units(offset, length);
                self.is_unreadable[units].fill(true);
            }
            _ => {}
        }
    }

    /// An operation in which the power was cut reports nothing.
    const fn end(&self) -> Result<(), Error> {
        if self.is_off {
            Err(Error::Failed)
        } else {
            Ok(())
        }
    }
}

impl Flash for RamFlash {
    fn geometry(&self) -> Geometry {
        self.geometry
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), Error> {
        if self.is_off {
            return Err(Error::Failed);
        }
        let source = self.bytes.get(offset_bytes..).ok_or(Error::OutOfBounds)?;
        let source = source.get(..destination.len()).ok_or(Error::OutOfBounds)?;
        let units = self.units(offset_bytes, destination.len());
        if self.is_unreadable[units].contains(&true) {
            return Err(Error::Failed);
        }
        destination.copy_from_slice(source);
        Ok(())
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), Error> {
        let tear = self.begin()?;
        let unit = self.geometry.program_unit_bytes;
        let is_whole = offset_bytes.is_multiple_of(unit) && data.len().is_multiple_of(unit);
        assert!(is_whole, "program of a part of a unit");
        let end_bytes = offset_bytes + data.len();
        assert!(end_bytes <= self.bytes.len(), "program outside");
        if self.is_silent {
            return Ok(());
        }
        let units = self.units(offset_bytes, data.len());
        if self.is_programmed[units.clone()].contains(&true) {
            return Err(Error::NotErased);
        }
        if self.is_worn_out[offset_bytes / self.geometry.sector_bytes] {
            return Err(Error::Failed);
        }
        self.programmed_bytes += data.len() as u64;
        let stuck_bits = std::mem::take(&mut self.stuck_bits);
        let data: Vec<u8> = data.iter().map(|byte| byte & !stuck_bits).collect();
        self.change(offset_bytes, &data, tear);
        if tear == Tear::Everything {
            self.is_programmed[units].fill(true);
        } else {
            self.mark_programmed(units); // what looks erased may be programmed
        }
        self.end()
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), Error> {
        let tear = self.begin()?;
        let length = self.geometry.sector_bytes;
        let is_whole = offset_bytes.is_multiple_of(length);
        assert!(is_whole, "erase of a part of a sector");
        assert!(offset_bytes + length <= self.bytes.len(), "erase outside");
        if self.is_silent {
            return Ok(());
        }
        let sector = offset_bytes / length;
        if self.is_worn_out[sector] {
            return Err(Error::Failed);
        }
        self.erase_counts[sector] += 1;
        let units = self.units(offset_bytes, length);
        let is_done = tear == Tear::Everything;
        if is_done {
            self.is_unreadable[units.clone()].fill(false);
        }
        self.change(offset_bytes, &vec![ERASED; length], tear);
        // Nothing may be programmed until an erasure is complete.
        self.is_programmed[units].fill(!is_done);
        self.end()
    }
}

impl Mapped for RamFlash {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
