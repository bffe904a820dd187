// SPDX-License-Identifier: Apache-2.0
//! CMSDK UART, without interrupts (DDI 0479, section 4.3).

use armv8m::mmio::Register;
use diagnostics::Console;
use recovery::Line;

const STATUS_TRANSMIT_FULL: u32 = 1;
const STATUS_RECEIVE_FULL: u32 = 1 << 1;
const CONTROL_TRANSMIT_ENABLE: u32 = 1;
const CONTROL_RECEIVE_ENABLE: u32 = 1 << 1;
/// 25 MHz / 115,200 baud; the emulator asks only for a value of at least 16.
const BAUD_DIVIDER: u32 = 217;
/// How often a byte asks whether there is room for it. Each time takes four cycles at least, so
/// this is the time of 18 bytes at [`BAUD_DIVIDER`], and a line of a fault is over after half a
/// second whatever the line's owner has done to it.
const MOST_ATTEMPTS: u32 = 10_000;

/// One UART, by its registers.
#[derive(Clone, Copy)]
pub struct Uart {
    data: Register,
    status: Register,
    control: Register,
    baud_divider: Register,
}

impl Uart {
    /// The UART at `base`, in the alias of the world that uses it.
    ///
    /// # Safety
    /// A CMSDK UART lies at `base`.
    #[must_use]
    pub const unsafe fn new(base: usize) -> Self {
        // SAFETY: the caller vouches for the device; these are its registers.
        unsafe {
            Self {
                data: Register::new(base),
                status: Register::new(base + 0x04),
                control: Register::new(base + 0x08),
                baud_divider: Register::new(base + 0x10),
            }
        }
    }
}

impl Console for Uart {
    /// Sets the line's speed and enables the transmitter.
    fn enable(&self) {
        self.baud_divider.write(BAUD_DIVIDER);
        self.control.write(CONTROL_TRANSMIT_ENABLE);
    }

    fn byte(&self, byte: u8) {
        for _ in 0..MOST_ATTEMPTS {
            if self.status.read() & STATUS_TRANSMIT_FULL == 0 {
                return self.data.write(byte.into());
            }
        }
    }
}

impl Line for Uart {
    fn enable_receiver(&self) {
        self.control
            .write(CONTROL_TRANSMIT_ENABLE | CONTROL_RECEIVE_ENABLE);
    }

    /// Waits for ever: recovery has nothing else to do, and the line is the boot ROM's own.
    fn receive(&self) -> u8 {
        while self.status.read() & STATUS_RECEIVE_FULL == 0 {}
        self.data.read() as u8
    }

    fn send(&self, byte: u8) {
        self.byte(byte);
    }
}
