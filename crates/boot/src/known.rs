// SPDX-License-Identifier: Apache-2.0
//! The trusted data of a device, read from OTP.

use primitives::sha256::DIGEST_BYTES;
use provisioning::Device;

use crate::keys::Keys as _;
use crate::{Placement, Settings, Trust};

/// The trusted data for verification, copied from OTP.
pub(crate) struct Known<S: Settings> {
    pub(crate) keys: S::Keys,
    pub(crate) security_counter: u32,
}

impl<S: Settings> Known<S> {
    /// The data of this OTP area, which was read as `device`.
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

/// The device with this OTP area, as the boot ROM of the settings `S` takes it.
///
/// # Errors
/// As [`Device::read`], which refuses a secured device that is marked to have published keys. A
/// secured device whose boot ROM has a published key built in is refused in the same way.
pub(crate) fn device<S: Settings>(otp: &[u8]) -> Result<Device<'_>, provisioning::Error> {
    let device = Device::read(otp)?;
    if S::Keys::IS_PUBLISHED && device.lifecycle.is_secured() {
        return Err(provisioning::Error::SecuredWithDevelopmentKeys);
    }
    Ok(device)
}
