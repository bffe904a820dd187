// SPDX-License-Identifier: Apache-2.0
//! No way back: the security counter of the device follows the images that proved good.
//!
//! The counter is a log in OTP, of which the greatest valid entry counts (`provisioning::log`).
//! It only grows. A torn entry is none, so a cut while it is raised leaves the counter as it was,
//! and the next start raises it again in the next free entry.

use primitives::sha256::DIGEST_BYTES;
use provisioning::{Device, layout, log};

use crate::Settings;
use crate::flash::{Area, Flash, FlashFailure};
use crate::keys::Keys as _;
use crate::verify::Trust;

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
}

/// Whether an image with this counter is older than the device allows.
pub(crate) const fn is_too_old<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image < device
}

/// Whether the counter of the device is to be raised for an image with this one.
pub(crate) const fn raises<S: Settings>(image: u32, device: u32) -> bool {
    S::ANTI_ROLLBACK && image > device
}

/// Whether the log has room for one more value.
pub(crate) fn has_room(otp: &[u8]) -> bool {
    free_offset(otp).is_some()
}

/// Raises the counter of the device.
///
/// # Errors
/// There is no room, or the flash failed: the counter is then as it was.
pub(crate) fn raise(flash: &mut impl Flash, otp: Area, value: u32) -> Result<(), FlashFailure> {
    let offset_bytes = free_offset(flash.area(otp)).ok_or(FlashFailure)?;
    let place = otp.offset_bytes.checked_add(offset_bytes);
    flash.program(place.ok_or(FlashFailure)?, &log::encode(value))
}

fn free_offset(otp: &[u8]) -> Option<usize> {
    let values = otp.get(layout::SECURITY_COUNTER_START..)?;
    let offset_bytes = log::free_offset(values)?;
    layout::SECURITY_COUNTER_START.checked_add(offset_bytes)
}
