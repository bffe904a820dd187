// SPDX-License-Identifier: Apache-2.0
//! A fault as one line of text: what, where, who.

use super::FaultRecord;
use crate::console::Console;

/// Causes in the configurable fault status register: before each name stands the number of its
/// bit, which is no letter as it is below 32. A table of references would be twice as long.
const CONFIGURABLE_CAUSES: &str = concat!(
    "\x00 IACCVIOL",
    "\x01 DACCVIOL",
    "\x03 MUNSTKERR",
    "\x04 MSTKERR",
    "\x08 IBUSERR",
    "\x09 PRECISERR",
    "\x0A IMPRECISERR",
    "\x0B UNSTKERR",
    "\x0C STKERR",
    "\x10 UNDEFINSTR",
    "\x11 INVSTATE",
    "\x12 INVPC",
    "\x13 NOCP",
    "\x14 STKOF",
    "\x18 UNALIGNED",
);
/// Causes in the secure fault status register, likewise.
const SECURE_CAUSES: &str = concat!(
    "\x00 INVEP",
    "\x01 INVIS",
    "\x02 INVER",
    "\x03 AUVIOL",
    "\x04 INVTRAN",
    "\x07 LSERR",
);

/// Causes in the HardFault status register, likewise.
const HARD_CAUSES: &str = concat!("\x01 VECTTBL", "\x1E FORCED",);

/// Exceptions, likewise: the number of each stands for its bit.
const EXCEPTIONS: &str = concat!(
    "\x02NMI",
    "\x03HardFault",
    "\x04MemManage",
    "\x05BusFault",
    "\x06UsageFault",
    "\x07SecureFault",
);
const NAMED_EXCEPTIONS: u32 = 0b1111_1100;

impl FaultRecord {
    /// Writes the line.
    pub fn print(&self, console: &impl Console) {
        console.text("fault: ");
        match NAMED_EXCEPTIONS & 1u32.checked_shl(self.exception).unwrap_or(0) {
            0 => console.text("unexpected exception"),
            bit => print_causes(console, bit, EXCEPTIONS),
        }
        print_causes(console, self.hard_status, HARD_CAUSES);
        print_causes(console, self.configurable_status, CONFIGURABLE_CAUSES);
        print_causes(console, self.secure_status, SECURE_CAUSES);
        if let Some(address) = self.address {
            print_word(console, " address ", address);
        }
        if let Some(frame) = self.frame {
            print_word(console, " pc ", frame.program_counter);
            print_word(console, " lr ", frame.link);
            print_word(console, " xpsr ", frame.program_status);
        }
        console.text(if self.secure {
            " by secure "
        } else {
            " by non-secure "
        });
        console.text(if self.thread { "thread" } else { "handler" });
        if let Some(call) = self.call {
            print_word(console, " in call ", call.handle);
            print_word(console, " of client ", call.client as u32);
            print_word(console, " to partition ", call.partition as u32);
        }
        console.text("\n");
    }
}

#[inline(never)] // for each register
fn print_causes(console: &impl Console, status: u32, causes: &str) {
    let mut is_set = false;
    for byte in causes.bytes() {
        if byte < b' ' {
            is_set = status.wrapping_shr(byte.into()) & 1 == 1;
        } else if is_set {
            console.byte(byte);
        }
    }
}

#[inline(never)] // for each word
fn print_word(console: &impl Console, name: &str, word: u32) {
    console.text(name);
    console.hexadecimal(word);
}
