// SPDX-License-Identifier: Apache-2.0
//! Serial recovery: a device that can't start any image accepts one over its console.
//!
//! It implements the part of the Simple Management Protocol (SMP) that MCUboot's serial recovery
//! has and that `mcumgr` and similar tools need. [`Recovery`] gets the bytes of the console one by
//! one: `frame` joins lines to packets, `message` decodes them, `service` has the commands,
//! `upload` writes the image.
//!
//! All input is untrusted. Only an upload writes, and only to the primary slot. Nothing is started
//! from here: the only way out is a reset, and the next start verifies the image as always.
//!
//! Not here: the console and the decision to enter recovery (`firmware`), verification (`boot`).
#![cfg_attr(not(test), no_std)]

#[cfg(not(target_os = "none"))]
extern crate std;

mod base64;
mod checksum;
mod frame;
#[cfg(not(target_os = "none"))]
pub mod host;
mod images;
mod message;
mod service;
mod upload;

pub use frame::{MESSAGE_BYTES, PACKET_BYTES};
pub use service::Next;

use boot::{Layout, Settings};
use flash::{Chip, Mapped};
use frame::Receiver;
use message::Request;
use provisioning::Lifecycle;
use service::Service;

/// The longest answer, header included: a list of two images fits.
const ANSWER_BYTES: usize = 256;

/// A serial line.
pub trait Line {
    /// Sets the line up for receiving too.
    fn enable_receiver(&self) {}

    /// The next byte, when it has come.
    fn receive(&self) -> u8;

    /// Sends a byte, when there is room for it.
    fn send(&self, byte: u8);
}

/// A device in recovery, whose images are judged by the settings `S`.
#[derive(Debug)]
pub struct Recovery<'a, S, F> {
    receiver: Receiver<'a>,
    service: Service<'a, S, F>,
}

impl<'a, S: Settings, F: Mapped> Recovery<'a, S, F> {
    /// Has received nothing yet. Packets are put together in `packet`.
    pub fn new(
        flash: &'a mut Chip<F>,
        layout: &'a Layout,
        packet: &'a mut [u8; PACKET_BYTES],
    ) -> Self {
        Self {
            receiver: Receiver::new(packet),
            service: Service::new(flash, layout),
        }
    }

    /// Takes a byte from the line, and answers on it what was asked by the last byte of a packet.
    pub fn take(&mut self, byte: u8, line: &impl Line) -> Next {
        let Some(request) = self.receiver.take(byte).and_then(Request::read) else {
            return Next::Serve;
        };
        let mut room = [0; ANSWER_BYTES];
        let (answer_bytes, next) = self.service.serve(&request, &mut room);
        frame::send(line, room.get(..answer_bytes).unwrap_or_default());
        next
    }
}

/// Whether the device with this OTP area may be given an image this way. One that is out of use
/// for good is not, nor one that can't tell.
#[must_use]
pub fn is_allowed(otp: &[u8]) -> bool {
    Lifecycle::read(otp).is_ok_and(|state| state != Lifecycle::Decommissioned)
}

/// Serves until a reset is asked for, which is then the caller's to do.
#[inline(never)] // its buffers take no stack from the rest of the boot ROM
pub fn serve<S: Settings>(line: &impl Line, flash: &mut Chip<impl Mapped>, layout: &Layout) {
    let mut packet = [0; PACKET_BYTES];
    let mut recovery = Recovery::<S, _>::new(flash, layout, &mut packet);
    while recovery.take(line.receive(), line) == Next::Serve {}
}
