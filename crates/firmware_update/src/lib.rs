// SPDX-License-Identifier: Apache-2.0
//! The Firmware Update partition (PSA Firmware Update API 1.0): it lets an application write the
//! secondary slot, which is secure memory, and request the installation by the boot ROM.
//!
//! * One component: the secure and the non-secure image, signed as one.
//! * The partition stores the image and makes the request; it verifies nothing. The boot ROM
//!   verifies the image at the next start and withdraws the request if it refuses it. So a hostile
//!   client can only make its own update fail.
//! * The request is made in the last step, [`psa::update::INSTALL`], by one program operation:
//!   after a power cut it is complete or absent.
//! * The states of the specification are in RAM, so staging is volatile: after a reset the
//!   component is ready, or on trial if the configuration has trials.
//! * In the slot of the running image it writes one flag, which confirms the image. During a trial
//!   no call changes the other slot, which holds the image before.
//!
//! [`psa::update`] defines the messages; `staging` has the operations on flash.
//!
//! Not here: verification and installation (`boot`).
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod service;
mod staging;

use boot::Mode;
use flash::{Area, Chip, Mapped};
use psa::update::State;
use psa::{Framework, Message, Partition, Status};

/// Where a device keeps updates, and how they come into its primary slot.
pub trait UpdateSlots {
    /// The flash with the two areas below. Nothing else writes to it.
    type Flash: Mapped;
    /// The last sector of the primary slot: the trailer of the image that runs.
    const PRIMARY_TRAILER: Area;
    /// Size of the primary slot.
    const PRIMARY_BYTES: usize;
    /// The slot in which upgrades arrive; its last sector holds nothing but the trailer.
    const SECONDARY: Area;
    /// How they come into the primary slot.
    const UPGRADE: Mode;

    /// The image that runs, from its header on.
    fn running_image() -> &'static [u8];

    /// Resets the device. On hardware it does not return.
    fn reset();
}

/// The Firmware Update partition.
#[derive(Clone, Debug)]
pub struct FirmwareUpdate<S: UpdateSlots> {
    flash: Chip<S::Flash>,
    state: State,
    /// Why the component is in [`State::Failed`] or [`State::Rejected`].
    error: Status,
    /// How much of the secondary slot, from its beginning, was erased for this update.
    erased_bytes: usize,
}

impl<S: UpdateSlots> FirmwareUpdate<S> {
    /// The partition over the board's flash; no update has begun.
    pub const fn new(flash: S::Flash) -> Self {
        Self {
            flash: Chip::new(flash),
            state: State::Ready,
            error: Status::SUCCESS,
            erased_bytes: 0,
        }
    }

    /// The flash.
    pub const fn flash(&self) -> &S::Flash {
        self.flash.driver()
    }

    /// The flash, to do something to it behind the back of the partition.
    #[cfg(not(target_os = "none"))]
    pub const fn flash_mut(&mut self) -> &mut S::Flash {
        self.flash.driver_mut()
    }

    /// Ends the partition and gives its flash back, as a restart would find it.
    pub fn into_flash(self) -> S::Flash {
        self.flash.into_driver()
    }
}

impl<S: UpdateSlots> Partition for FirmwareUpdate<S> {
    fn init(&mut self, _: &impl Framework) -> Result<(), Status> {
        if self.is_on_trial() {
            self.state = State::Trial;
        }
        Ok(())
    }

    fn call(&mut self, message: &mut impl Message, _: &impl Framework) -> Status {
        match self.serve(message) {
            Ok(status) | Err(status) => status,
        }
    }
}

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
