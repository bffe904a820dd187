// SPDX-License-Identifier: Apache-2.0
//! Protection against rollback: the security counter of the device follows the verified images.
//!
//! The counter is a log in OTP, of which the greatest valid entry counts (`provisioning::log`).
//! It only grows. A torn entry does not count, so a power cut while the counter is raised leaves it
//! as it was, and the next start raises it again in the next free entry.

use flash::{Area, Chip, Mapped};
use provisioning::{layout, log};

use crate::Settings;

/// Whether an image with this counter is older than the device allows.
pub(crate) const fn is_too_old<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image < device
}

/// Whether the counter of the device is to be raised for an image with this one.
pub(crate) const fn raises<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image > device
}

/// Free entries that the log needs before an image is installed that raises the counter. Raising
/// takes one entry. The others are reserve: each power cut while an entry is written spoils one,
/// and the image is already copied then.
const ROOM_BYTES: usize = 4 * log::ENTRY_BYTES;

/// Whether the log has room for the counter of one more image.
pub(crate) fn has_room(otp: &[u8]) -> bool {
    has_bytes(otp, ROOM_BYTES)
}

/// Whether it has room for the counters of two images, which are raised one after the other.
pub(crate) fn has_room_for_two(otp: &[u8]) -> bool {
    has_bytes(otp, ROOM_BYTES + log::ENTRY_BYTES)
}

#[inline(always)] // a boot ROM asks for one or for two
fn has_bytes(otp: &[u8], bytes: usize) -> bool {
    let free = free_offset(otp).and_then(|offset_bytes| otp.get(offset_bytes..));
    free.is_some_and(|free| free.len() >= bytes)
}

/// Raises the counter of the device.
///
/// # Errors
/// There is no room, or the flash failed: the counter is then as it was.
pub(crate) fn raise(
    flash: &mut Chip<impl Mapped>,
    otp: Area,
    value: u32,
) -> Result<(), flash::Error> {
    append(flash, otp, &log::encode(value))
}

/// Adds an entry to the log.
pub(crate) fn append(
    flash: &mut Chip<impl Mapped>,
    otp: Area,
    entry: &[u8; log::ENTRY_BYTES],
) -> Result<(), flash::Error> {
    let offset_bytes = free_offset(flash.bytes(otp)).ok_or(flash::Error::OutOfBounds)?;
    flash.program(otp, offset_bytes, entry)
}

fn free_offset(otp: &[u8]) -> Option<usize> {
    let values = otp.get(layout::SECURITY_COUNTER_START..)?;
    let offset_bytes = log::free_offset(values)?;
    layout::SECURITY_COUNTER_START.checked_add(offset_bytes)
}
