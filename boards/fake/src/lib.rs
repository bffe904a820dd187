// SPDX-License-Identifier: Apache-2.0
//! A board on the host: the port beside the real ones, by which the whole firmware runs as an
//! ordinary test.
//!
//! * [`Fake`] is the board, [`FakeDevice`](device::Device) what its thread has of it: flash in RAM,
//!   a console that collects text, memory that outlives a reset.
//! * [`Image`] and [`manager`] are the secure image in the configuration of the build; the boot ROM
//!   is [`BootRom`].
//!
//! Not here: isolation between the worlds. A host has neither SAU nor MPU.

mod board;
mod config;
pub mod device;
mod flash_area;

pub use board::{Fake, areas, boot_parts};

firmware::image!(board::Fake);

/// The boot ROM on this board.
pub type BootRom = firmware::BootRom<Fake, Configured>;

/// The secure image after a start: its partitions in their first state, started.
pub fn start() -> Spm<Image> {
    let spm = manager(areas());
    let started = firmware::secure_image::start::<Fake, Configured, _>(&spm);
    assert!(
        started.is_ok(),
        "our own boot ROM hands over what is needed"
    );
    spm
}
