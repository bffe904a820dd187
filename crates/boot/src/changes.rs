// SPDX-License-Identifier: Apache-2.0
//! Changes in OTP for an image that stays: the security counter, and the revocation of a key.

use flash::{Chip, Mapped};

use crate::keys::{self, Keys as _};
use crate::known::Known;
use crate::{Layout, ParsedImage, Settings, rollback};

/// Changes of the device for an image that stays.
#[derive(Clone, Copy)]
pub(crate) struct Changes {
    security_counter: Option<u32>,
    revokes_first: bool,
}

impl Changes {
    /// The changes for this image, if it is authentic.
    pub(crate) fn of<S: Settings>(known: &Known<S>, image: &ParsedImage<'_>) -> Self {
        let counter = image.security_counter;
        let is_raised = rollback::raises::<S>(counter, known.security_counter);
        Self {
            security_counter: is_raised.then_some(counter),
            revokes_first: known.keys.are_to_change::<S::Compression>(image),
        }
    }

    /// Whether there are any.
    pub(crate) const fn are_any(self) -> bool {
        self.security_counter.is_some() || self.revokes_first
    }

    /// Writes them to OTP. The image that they come from has been verified.
    pub(crate) fn record(
        self,
        flash: &mut Chip<impl Mapped>,
        layout: &Layout,
    ) -> Result<(), flash::Error> {
        if let Some(security_counter) = self.security_counter {
            rollback::raise(flash, layout.otp, security_counter)?;
        }
        if self.revokes_first {
            keys::revoke_first(flash, layout.otp)?;
        }
        Ok(())
    }
}
