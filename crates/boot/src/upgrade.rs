// SPDX-License-Identifier: Apache-2.0
//! Upgrade by overwriting: the image in the secondary slot takes the place of the one in the
//! primary slot.
//!
//! An image is copied only after it was verified where it arrived, and only as far as it is
//! signed. Until the copy was verified too, the original and the request for it stay: a cut at
//! any moment leaves one whole image, and the next start begins the copy anew. A request for an
//! image that is refused is withdrawn, so that it costs one start and not every one.

use flash::{Area, Chip, ERASED, LARGEST_PROGRAM_UNIT_BYTES, Mapped};

use crate::rollback::{self, Known};
use crate::{Error, Layout, Settings, VerifiedImage, trailer, verify_by};

/// How much is copied at once: a page of usual flash, whole program units, and a part of a sector.
const CHUNK_BYTES: usize = 256;
const _: () = assert!(CHUNK_BYTES.is_multiple_of(LARGEST_PROGRAM_UNIT_BYTES));

/// How the image of the secondary slot comes into the primary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It overwrites the image there, for good.
    Overwrite,
    /// They change places, and back again unless the new one is confirmed ([`crate::swap`]).
    Swap,
}

/// What became of the request for an upgrade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// There was none.
    NotRequested,
    /// The image is in the primary slot now.
    Installed,
    /// The image is in the primary slot and has to be confirmed before the next start.
    OnTrial,
    /// The image was not confirmed, or refused in the primary slot: the one before it is back.
    Reverted,
    /// The image was refused; the primary slot is as it was.
    Refused(Error),
}

/// Copies the image of the secondary slot, if that is asked for and allowed. The request stays
/// until [`withdraw`].
pub(crate) fn install<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Upgrade, flash::Error> {
    let Some(slot) = trailer::requested(flash.bytes(layout.secondary)) else {
        return Ok(Upgrade::NotRequested);
    };
    let image_bytes = verify_by::<S>(slot, known)
        .and_then(|image| admit(flash, layout, known, &image).map(|()| image.image_bytes()));
    match image_bytes {
        Ok(image_bytes) => {
            let beginning_of = |slot| Position {
                slot,
                offset_bytes: 0,
            };
            let (from, to) = (beginning_of(layout.secondary), beginning_of(layout.primary));
            copy(flash, from, to, image_bytes)?;
            Ok(Upgrade::Installed)
        }
        Err(error) => {
            withdraw(flash, layout)?;
            Ok(Upgrade::Refused(error))
        }
    }
}

/// Whether a verified image has room: in the primary slot, and for its counter.
pub(crate) fn admit<S: Settings>(
    flash: &Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    image: &VerifiedImage<'_>,
) -> Result<(), Error> {
    let needs_room = rollback::raises::<S>(image.security_counter(), known.security_counter);
    if image.image_bytes() > layout.primary.size_bytes {
        Err(Error::WrongImageSize)
    } else if needs_room && !rollback::has_room(flash.bytes(layout.otp)) {
        Err(Error::CounterExhausted)
    } else {
        Ok(())
    }
}

/// Takes the request back: the last sector of the slot is erased.
pub(crate) fn withdraw(flash: &mut Chip<impl Mapped>, layout: &Layout) -> Result<(), flash::Error> {
    let last = flash.last_sector(layout.secondary);
    flash.erase(layout.secondary, last)
}

/// The beginning of a sector of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) slot: Area,
    /// In bytes from the beginning of the slot.
    pub(crate) offset_bytes: usize,
}

/// Copies so many bytes over what begins at a sector, sector by sector. Where it would leave a
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
