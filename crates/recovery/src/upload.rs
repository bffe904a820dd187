// SPDX-License-Identifier: Apache-2.0
//! An image that comes piece by piece and is written as it comes.
//!
//! Only the next piece is ever written: a client that sends another is told where it is, and goes
//! on from there. Sectors are erased when the image reaches them. All arithmetic is on offsets
//! within the slot, and nothing is written that does not lie in it as a whole. No image reaches
//! its last sector: the trailer there has what the boot ROM goes by.

use boot::{Header, Settings};
use cbor::{Map, Value};
use flash::{Area, Chip, ERASED, LARGEST_PROGRAM_UNIT_BYTES, Mapped};

use crate::message::Code;

/// How far an upload has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    /// Size of the image; 0: none was announced.
    total_bytes: usize,
    /// How much of it is written.
    done_bytes: usize,
}

/// What a client sends.
struct Piece<'a> {
    offset_bytes: u32,
    total_bytes: Option<u32>,
    data: &'a [u8],
}

impl<'a> Piece<'a> {
    #[inline(never)]
    fn read(payload: &'a [u8]) -> Result<Self, Code> {
        let (mut offset_bytes, mut total_bytes, mut data) = (None, None, None);
        for entry in Map::read(payload)? {
            match entry? {
                (b"off", Value::Unsigned(value)) => offset_bytes = Some(value),
                (b"len", Value::Unsigned(value)) => total_bytes = Some(value),
                (b"data", Value::Bytes(value)) => data = Some(value),
                // There is one image, and one slot from which it is started.
                (b"image", Value::Unsigned(0)) => {}
                (b"off" | b"len" | b"data" | b"image", _) => return Err(Code::InvalidValue),
                _ => {}
            }
        }
        Ok(Self {
            offset_bytes: offset_bytes.ok_or(Code::InvalidValue)?,
            total_bytes,
            data: data.ok_or(Code::InvalidValue)?,
        })
    }
}

impl Upload {
    /// Takes a piece, as the request has it, and gives the offset of the next one.
    ///
    /// # Errors
    /// The request is refused, or the flash failed: the upload has to begin anew then.
    #[inline(never)]
    pub fn take<S: Settings>(
        &mut self,
        flash: &mut Chip<impl Mapped>,
        slot: Area,
        payload: &[u8],
    ) -> Result<usize, Code> {
        let piece = Piece::read(payload)?;
        let offset_bytes = piece.offset_bytes as usize;
        if offset_bytes == 0 {
            let total_bytes = piece.total_bytes.ok_or(Code::InvalidValue)? as usize;
            // The last sector has the trailer, which only the boot ROM and the application write.
            if total_bytes > flash.last_sector(slot) {
                return Err(Code::InvalidValue);
            }
            if is_for_another_place::<S>(piece.data) {
                return Err(Code::InvalidValue);
            }
            *self = Self {
                total_bytes,
                done_bytes: 0,
            };
            // What the trailer says is about the image that was there.
            let forgotten = flash.erase(slot, flash.last_sector(slot));
            forgotten.map_err(|_| self.fail())?;
        }
        if self.total_bytes == 0 {
            return Err(Code::InvalidValue);
        }
        if offset_bytes == self.done_bytes {
            self.append(flash, slot, piece.data)?;
        }
        Ok(self.done_bytes)
    }

    /// After a failure of the flash nothing is known of what it holds.
    fn fail(&mut self) -> Code {
        *self = Self::default();
        Code::Unknown
    }

    fn append(
        &mut self,
        flash: &mut Chip<impl Mapped>,
        slot: Area,
        data: &[u8],
    ) -> Result<(), Code> {
        let left_bytes = self.total_bytes.saturating_sub(self.done_bytes);
        if data.len() > left_bytes {
            return Err(Code::InvalidValue);
        }
        let unit_bytes = flash.geometry().program_unit_bytes.max(1);
        let rest_bytes = data.len().checked_rem(unit_bytes).unwrap_or_default();
        let whole_bytes = data.len().saturating_sub(rest_bytes);
        let (whole, rest) = data.split_at_checked(whole_bytes).unwrap_or_default();
        let is_last = data.len() == left_bytes;
        // What is no whole unit comes again with the next piece; only the last unit is filled.
        if whole.is_empty() && !is_last && !rest.is_empty() {
            return Err(Code::InvalidValue);
        }
        let written = self.write(flash, slot, whole).and_then(|()| {
            if rest.is_empty() || !is_last {
                return Ok(());
            }
            let mut unit = [ERASED; LARGEST_PROGRAM_UNIT_BYTES];
            unit.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            self.write(
                flash,
                slot,
                unit.get(..unit_bytes).ok_or(flash::Error::OutOfBounds)?,
            )
        });
        written.map_err(|_| self.fail())?;
        self.done_bytes = self.done_bytes.min(self.total_bytes);
        Ok(())
    }

    /// Writes whole units, sector by sector.
    fn write(
        &mut self,
        flash: &mut Chip<impl Mapped>,
        slot: Area,
        mut data: &[u8],
    ) -> Result<(), flash::Error> {
        let sector_bytes = flash.geometry().sector_bytes;
        while !data.is_empty() {
            let in_sector = self
                .done_bytes
                .checked_rem(sector_bytes)
                .ok_or(flash::Error::OutOfBounds)?;
            let room_bytes = sector_bytes.saturating_sub(in_sector);
            let (now, later) = data.split_at_checked(room_bytes).unwrap_or((data, &[]));
            if in_sector == 0 {
                flash.erase(slot, self.done_bytes)?;
            }
            flash.program(slot, self.done_bytes, now)?;
            self.done_bytes = self.done_bytes.saturating_add(now.len());
            data = later;
        }
        Ok(())
    }
}

/// Whether an image that begins so would be refused for the size of its header alone: before
/// anything is erased for it.
fn is_for_another_place<S: Settings>(beginning: &[u8]) -> bool {
    let found = Header::read(beginning).map(|header| header.header_bytes);
    let demanded = S::PLACEMENT.map(|placement| placement.header_bytes);
    demanded.is_some_and(|demanded| found.is_ok_and(|found| found != demanded))
}

#[cfg(test)]
mod tests;
