// SPDX-License-Identifier: Apache-2.0
//! Upgrade by overwriting: the image in the secondary slot takes the place of the one in the
//! primary slot.
//!
//! An image is copied only after it was verified where it arrived, and only as far as it is
//! signed. Until the copy was verified too, the original and the request for it stay: a cut at
//! any moment leaves one whole image, and the next start begins the copy anew. A request for an
//! image that is refused is withdrawn, so that it costs one start and not every one.

use crate::flash::{Area, ERASED, Flash, FlashFailure, LARGEST_PROGRAM_UNIT_BYTES, Layout};
use crate::rollback::{self, Known};
use crate::{Error, Settings, VerifiedImage, trailer, verify_by};

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
    flash: &mut impl Flash,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Upgrade, FlashFailure> {
    let Some(slot) = trailer::requested(flash.area(layout.secondary)) else {
        return Ok(Upgrade::NotRequested);
    };
    let image_bytes = verify_by::<S>(slot, known)
        .and_then(|image| admit(flash, layout, known, &image).map(|()| image.image_bytes()));
    match image_bytes {
        Ok(image_bytes) => {
            copy(
                flash,
                layout.secondary,
                layout.primary.offset_bytes,
                image_bytes,
            )?;
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
    flash: &impl Flash,
    layout: &Layout,
    known: &Known<S>,
    image: &VerifiedImage<'_>,
) -> Result<(), Error> {
    let needs_room = rollback::raises::<S>(image.security_counter(), known.security_counter);
    if image.image_bytes() > layout.primary.size_bytes {
        Err(Error::WrongImageSize)
    } else if needs_room && !rollback::has_room(flash.area(layout.otp)) {
        Err(Error::CounterExhausted)
    } else {
        Ok(())
    }
}

/// Takes the request back: the last sector of the slot is erased.
pub(crate) fn withdraw(flash: &mut impl Flash, layout: &Layout) -> Result<(), FlashFailure> {
    let last = last_sector(flash, layout.secondary)?;
    flash.erase(last)
}

/// Where the last sector of an area begins.
pub(crate) fn last_sector(flash: &impl Flash, area: Area) -> Result<usize, FlashFailure> {
    let end = area.offset_bytes.checked_add(area.size_bytes);
    let last = end.and_then(|end| end.checked_sub(flash.sector_bytes()));
    last.ok_or(FlashFailure)
}

/// Copies the beginning of an area over what begins at a sector, sector by sector.
pub(crate) fn copy(
    flash: &mut impl Flash,
    from: Area,
    to_bytes: usize,
    size_bytes: usize,
) -> Result<(), FlashFailure> {
    let mut done_bytes = 0;
    while done_bytes < size_bytes {
        let target = to_bytes.wrapping_add(done_bytes);
        if done_bytes.is_multiple_of(flash.sector_bytes()) {
            flash.erase(target)?;
        }
        let chunk_bytes = CHUNK_BYTES.min(size_bytes.wrapping_sub(done_bytes));
        let unit_bytes = flash.program_unit_bytes();
        let source = flash.area(from).get(done_bytes..);
        let source = source.and_then(<[u8]>::first_chunk);
        let mut chunk: [u8; CHUNK_BYTES] = *source.ok_or(FlashFailure)?;
        let behind = chunk.iter_mut().skip(chunk_bytes);
        behind.for_each(|byte| *byte = ERASED);
        let whole_bytes = chunk_bytes.next_multiple_of(unit_bytes.max(1));
        flash.program(target, chunk.get(..whole_bytes).ok_or(FlashFailure)?)?;
        done_bytes = done_bytes.wrapping_add(chunk_bytes);
    }
    Ok(())
}
