// SPDX-License-Identifier: Apache-2.0
//! Upgrade by overwriting: the image in the secondary slot replaces the one in the primary slot.
//!
//! An image is copied only after it was verified in the secondary slot, and only its signed part.
//! The original and its request stay until the copy is verified too: a power cut at any moment
//! leaves one whole image, and the next start copies again. The request for a refused image is
//! withdrawn, so that only one start is slower.

use flash::{Chip, Mapped};

use crate::changes::Changes;
use crate::copy::{Position, copy};
use crate::known::Known;
use crate::{Layout, Refusal, Settings, Upgrade, request, trailer, verify_by};

/// Copies the image of the secondary slot if it is requested and allowed. The request stays
/// until [`complete`].
pub(crate) fn install<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
) -> Result<Upgrade, flash::Error> {
    let Some(slot) = trailer::requested(flash.bytes(layout.secondary)) else {
        return Ok(Upgrade::NotRequested);
    };
    let image_bytes = verify_by::<S>(slot, known).and_then(|image| {
        request::admit(flash, layout, known, &image).map(|()| image.image_bytes())
    });
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
            request::withdraw(flash, layout)?;
            Ok(Upgrade::Refused(error))
        }
    }
}

/// Verifies the image in the primary slot, raises the counter of the device for it, and ends the
/// request.
pub(crate) fn complete<S: Settings>(
    flash: &mut Chip<impl Mapped>,
    layout: &Layout,
    known: &Known<S>,
    upgrade: Upgrade,
) -> Result<(), Refusal> {
    let image = verify_by::<S>(flash.bytes(layout.primary), known).map_err(Refusal::Image)?;
    let changes = Changes::of(known, image.parsed());
    changes.record(flash, layout)?;
    if upgrade == Upgrade::Installed {
        request::withdraw(flash, layout)?;
    }
    Ok(())
}
