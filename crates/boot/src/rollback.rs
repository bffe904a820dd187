// SPDX-License-Identifier: Apache-2.0
//! No way back: the security counter of the device follows the images that proved good.
//!
//! The counter is a log in OTP, of which the greatest valid entry counts (`provisioning::log`).
//! It only grows. A torn entry is none, so a cut while it is raised leaves the counter as it was,
//! and the next start raises it again in the next free entry.

use flash::{Area, Chip, Mapped};
use primitives::sha256::DIGEST_BYTES;
use provisioning::{Device, layout, log};

use crate::keys::Keys as _;
use crate::verify::Trust;
use crate::{Placement, Settings};

/// What the boot ROM goes by, copied out of OTP.
pub(crate) struct Known<S: Settings> {
    pub(crate) keys: S::Keys,
    pub(crate) security_counter: u32,
}

impl<S: Settings> Known<S> {
    /// What stands in this OTP area, which was read to be `device`.
    pub(crate) fn of(otp: &[u8], device: &Device<'_>) -> Self {
        Self {
            keys: S::Keys::of(otp, device),
            security_counter: device.security_counter,
        }
    }
}

impl<S: Settings> Trust for Known<S> {
    fn whole_key<'a>(&'a self, entry: &'a [u8]) -> Option<&'a [u8]> {
        S::Keys::whole::<S::Compression>(entry)
    }

    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        self.keys.accept::<S::Compression>(key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.security_counter
    }

    fn placement(&self) -> Option<Placement> {
        S::PLACEMENT
    }
}

/// Whether an image with this counter is older than the device allows.
pub(crate) const fn is_too_old<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image < device
}

/// Whether the counter of the device is to be raised for an image with this one.
pub(crate) const fn raises<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image > device
}

/// Entries that an image must find free which is to raise the counter. It needs one; each of the
/// others is for a cut that tears an entry after the image was copied, when there is no way back.
const ROOM_BYTES: usize = 4 * log::ENTRY_BYTES;

/// Whether the log has room for the counter of one more image.
pub(crate) fn has_room(otp: &[u8]) -> bool {
    let free = free_offset(otp).and_then(|offset_bytes| otp.get(offset_bytes..));
    free.is_some_and(|free| free.len() >= ROOM_BYTES)
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
    let offset_bytes = free_offset(flash.bytes(otp)).ok_or(flash::Error::OutOfBounds)?;
    flash.program(otp, offset_bytes, &log::encode(value))
}

fn free_offset(otp: &[u8]) -> Option<usize> {
    let values = otp.get(layout::SECURITY_COUNTER_START..)?;
    let offset_bytes = log::free_offset(values)?;
    layout::SECURITY_COUNTER_START.checked_add(offset_bytes)
}
