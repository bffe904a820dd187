// SPDX-License-Identifier: Apache-2.0
//! The parts of an OTP area.

use core::ops::Range;

use crate::{error::Error, layout, lifecycle::Lifecycle, log};

/// The parts of an area.
pub(crate) struct Parts<'a> {
    pub(crate) record: &'a [u8],
    pub(crate) revocation: &'a [u8],
    lifecycle: &'a [u8],
    pub(crate) security_counter: &'a [u8],
}

impl<'a> Parts<'a> {
    /// The parts of this area, if it is large enough.
    pub(crate) fn of(area: &'a [u8]) -> Result<Self, Error> {
        if area.len() < layout::MINIMUM_BYTES {
            return Err(Error::AreaTooSmall);
        }
        let part = |range| area.get::<Range<usize>>(range).ok_or(Error::AreaTooSmall);
        Ok(Self {
            record: part(layout::RECORD)?,
            revocation: part(layout::REVOCATION)?,
            lifecycle: part(layout::LIFECYCLE)?,
            security_counter: part(layout::SECURITY_COUNTER_START..area.len())?,
        })
    }

    /// The state of the device.
    pub(crate) fn lifecycle(&self) -> Result<Lifecycle, Error> {
        Lifecycle::try_from(self.lifecycle_value().ok_or(Error::LifecycleMissing)?)
    }

    /// The number of the most advanced state. A life goes forward: an entry behind a later state
    /// does not lead back to an earlier one, and does not open the debug port again.
    pub(crate) fn lifecycle_value(&self) -> Option<u32> {
        log::greatest(self.lifecycle)
    }
}

impl Lifecycle {
    /// The state of the device with this OTP area.
    ///
    /// # Errors
    ///
    /// [`Error::LifecycleMissing`], [`Error::LifecycleUnknown`] or [`Error::AreaTooSmall`].
    pub fn read(area: &[u8]) -> Result<Self, Error> {
        Parts::of(area)?.lifecycle()
    }
}
