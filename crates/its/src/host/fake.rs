// SPDX-License-Identifier: Apache-2.0
//! The fake beside the hardware: flash in RAM, with the habits of NOR flash and with its faults.
//!
//! It is stricter than hardware: a unit that is programmed a second time, even with the same
//! bytes, is an error. Power can be cut at any operation, which is then done in part ([`Tear`]);
//! after that everything fails until [`RamFlash::power_on`]. Single units can be made unreadable,
//! bits flipped, sectors worn out.

use std::{vec, vec::Vec};

use crate::flash::{Flash, FlashError, Geometry};

const ERASED: u8 = 0xFF;

/// How an operation ends in which the power is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tear {
    /// Nothing of it was done.
    Nothing,
    /// All of it was done, but nobody learnt it.
    Everything,
    /// So many thousandths of its bytes are done, from the beginning.
    Front(u32),
    /// So many thousandths of its bytes are done, from the end.
    Back(u32),
    /// The same as `Front`, and the unit that was interrupted can't be read.
    FrontUnreadable(u32),
    /// Each bit is done or not, by a generator with this seed.
    Bits(u64),
    /// None of its units can be read.
    Unreadable,
}

/// Flash in RAM.
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
}

impl RamFlash {
    /// An erased flash.
    #[must_use]
    pub fn new(geometry: Geometry) -> Self {
        let sectors = geometry.sector_count as usize;
        let bytes = sectors * geometry.sector_bytes as usize;
        let units = bytes / geometry.program_unit_bytes as usize;
        Self {
            geometry,
            bytes: vec![ERASED; bytes],
            is_programmed: vec![false; units],
            is_unreadable: vec![false; units],
            erase_counts: vec![0; sectors],
            is_worn_out: vec![false; sectors],
            operations: 0,
            programmed_bytes: 0,
            cut: None,
            is_off: false,
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
        let unit = geometry.program_unit_bytes as usize;
        for (is_programmed, bytes) in flash.is_programmed.iter_mut().zip(flash.bytes.chunks(unit)) {
            *is_programmed = bytes.iter().any(|byte| *byte != ERASED);
        }
        flash
    }

    /// What it holds.
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

    /// Cuts the power in the operation after so many others.
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
        let unit = offset_bytes / self.geometry.program_unit_bytes as usize;
        self.is_programmed[unit] = true;
    }

    /// The unit in which this byte lies can't be read until it is erased.
    pub fn make_unreadable(&mut self, offset_bytes: usize) {
        let unit = offset_bytes / self.geometry.program_unit_bytes as usize;
        self.is_unreadable[unit] = true;
        self.is_programmed[unit] = true;
    }

    /// The sector can't be erased nor programmed any more.
    pub fn wear_out(&mut self, sector: usize) {
        self.is_worn_out[sector] = true;
    }

    fn units(&self, offset: usize, length: usize) -> std::ops::Range<usize> {
        let unit = self.geometry.program_unit_bytes as usize;
        offset / unit..(offset + length).div_ceil(unit)
    }

    /// Counts an operation; `Some` if the power is cut in it.
    fn tear(&mut self) -> Result<Option<Tear>, FlashError> {
        if self.is_off {
            return Err(FlashError);
        }
        let number = self.operations;
        self.operations += 1;
        match self.cut {
            Some((at, tear)) if at == number => {
                self.is_off = true;
                Ok(Some(tear))
            }
            _ => Ok(None),
        }
    }

    /// Changes bytes to `target`, all or in part.
    fn change(&mut self, offset: usize, target: &[u8], tear: Option<Tear>) {
        let length = target.len();
        let part = |thousandths: u32| length * thousandths.min(1000) as usize / 1000;
        let done = match tear {
            None | Some(Tear::Everything | Tear::Bits(_)) => 0..length,
            Some(Tear::Nothing | Tear::Unreadable) => 0..0,
            Some(Tear::Front(thousandths) | Tear::FrontUnreadable(thousandths)) => {
                0..part(thousandths)
            }
            Some(Tear::Back(thousandths)) => length - part(thousandths)..length,
        };
        let mut state = match tear {
            Some(Tear::Bits(seed)) => Some(seed | 1),
            _ => None,
        };
        let end = done.end;
        for index in done {
            let mask = state.as_mut().map_or(ERASED, random_byte);
            let byte = &mut self.bytes[offset + index];
            *byte = (*byte & !mask) | (target[index] & mask);
        }
        match tear {
            Some(Tear::FrontUnreadable(_)) if end < length => self.make_unreadable(offset + end),
            Some(Tear::Unreadable) => {
                let units = self.units(offset, length);
                self.is_unreadable[units].fill(true);
            }
            _ => {}
        }
    }
}

/// The next byte of a xorshift generator.
fn random_byte(state: &mut u64) -> u8 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 24) as u8
}

impl Flash for RamFlash {
    fn geometry(&self) -> Geometry {
        self.geometry
    }

    fn read(&self, offset_bytes: u32, destination: &mut [u8]) -> Result<(), FlashError> {
        if self.is_off {
            return Err(FlashError);
        }
        let offset = offset_bytes as usize;
        let source = self.bytes.get(offset..).ok_or(FlashError)?;
        let source = source.get(..destination.len()).ok_or(FlashError)?;
        let units = self.units(offset, destination.len());
        if self.is_unreadable[units].contains(&true) {
            return Err(FlashError);
        }
        destination.copy_from_slice(source);
        Ok(())
    }

    fn program(&mut self, offset_bytes: u32, source: &[u8]) -> Result<(), FlashError> {
        let tear = self.tear()?;
        let offset = offset_bytes as usize;
        let unit = self.geometry.program_unit_bytes as usize;
        let is_whole = offset.is_multiple_of(unit) && source.len().is_multiple_of(unit);
        assert!(is_whole, "program of a part of a unit");
        assert!(offset + source.len() <= self.bytes.len(), "program outside");
        let units = self.units(offset, source.len());
        let sector = offset / self.geometry.sector_bytes as usize;
        if self.is_programmed[units.clone()].contains(&true) || self.is_worn_out[sector] {
            return Err(FlashError);
        }
        self.programmed_bytes += source.len() as u64;
        self.change(offset, source, tear);
        match tear {
            None | Some(Tear::Everything) => self.is_programmed[units].fill(true),
            // What looks erased may be programmed.
            _ => {
                for unit_index in units {
                    let bytes = &self.bytes[unit_index * unit..(unit_index + 1) * unit];
                    self.is_programmed[unit_index] |=
                        bytes.iter().any(|byte| *byte != ERASED) || self.is_unreadable[unit_index];
                }
            }
        }
        if tear.is_some() {
            Err(FlashError)
        } else {
            Ok(())
        }
    }

    fn erase(&mut self, offset_bytes: u32) -> Result<(), FlashError> {
        let tear = self.tear()?;
        let offset = offset_bytes as usize;
        let length = self.geometry.sector_bytes as usize;
        assert!(offset.is_multiple_of(length), "erase of a part of a sector");
        assert!(offset + length <= self.bytes.len(), "erase outside");
        let sector = offset / length;
        if self.is_worn_out[sector] {
            return Err(FlashError);
        }
        self.erase_counts[sector] += 1;
        let units = self.units(offset, length);
        if tear.is_none() || tear == Some(Tear::Everything) {
            self.is_unreadable[units.clone()].fill(false);
        }
        self.change(offset, &vec![ERASED; length], tear);
        // Until an erasure has come to its end, nothing may be programmed.
        let is_done = tear.is_none() || tear == Some(Tear::Everything);
        self.is_programmed[units].fill(!is_done);
        if tear.is_some() {
            Err(FlashError)
        } else {
            Ok(())
        }
    }
}
