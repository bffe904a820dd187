// SPDX-License-Identifier: Apache-2.0
//! Copies from slot to slot.

use flash::{Area, Chip, ERASED, LARGEST_PROGRAM_UNIT_BYTES, Mapped};

/// Block of a copy: a page of usual flash, a multiple of program units, and a part of a sector.
const CHUNK_BYTES: usize = 256;
const _: () = assert!(CHUNK_BYTES.is_multiple_of(LARGEST_PROGRAM_UNIT_BYTES));

/// The beginning of a sector of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) slot: Area,
    /// In bytes from the beginning of the slot.
    pub(crate) offset_bytes: usize,
}

/// Copies `size_bytes` over what begins at a sector, sector by sector. Where it would leave a
/// slot, to read or to write, it fails.
pub(crate) fn copy(
    flash: &mut Chip<impl Mapped>,
    from: Position,
    to: Position,
    size_bytes: usize,
) -> Result<(), flash::Error> {
    let mut done_bytes = 0;
    while done_bytes < size_bytes {
        let target = to.offset_bytes.wrapping_add(done_bytes);
        if done_bytes.is_multiple_of(flash.geometry().sector_bytes) {
            flash.erase(to.slot, target)?;
        }
        let chunk_bytes = CHUNK_BYTES.min(size_bytes.wrapping_sub(done_bytes));
        let unit_bytes = flash.geometry().program_unit_bytes;
        let source = from.offset_bytes.wrapping_add(done_bytes);
        let source = flash.bytes(from.slot).get(source..);
        let source = source.and_then(<[u8]>::first_chunk);
        let mut chunk: [u8; CHUNK_BYTES] = *source.ok_or(flash::Error::OutOfBounds)?;
        let behind = chunk.iter_mut().skip(chunk_bytes);
        behind.for_each(|byte| *byte = ERASED);
        let whole_bytes = chunk_bytes.next_multiple_of(unit_bytes.max(1));
        let whole = chunk.get(..whole_bytes).ok_or(flash::Error::OutOfBounds)?;
        flash.program(to.slot, target, whole)?;
        done_bytes = done_bytes.wrapping_add(chunk_bytes);
    }
    Ok(())
}
