// SPDX-License-Identifier: Apache-2.0
//! The request for an upgrade: whether its image may be installed, and how the request ends.

use flash::{Chip, Mapped};

use crate::known::Known;
use crate::{Error, Layout, Settings, VerifiedImage, rollback};

/// Whether a verified image has room: in the primary slot, and for its security counter.
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

/// Withdraws the request: erases the last sector of the secondary slot.
pub(crate) fn withdraw(flash: &mut Chip<impl Mapped>, layout: &Layout) -> Result<(), flash::Error> {
    let last = flash.last_sector(layout.secondary);
    flash.erase(layout.secondary, last)
}
