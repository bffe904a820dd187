// SPDX-License-Identifier: Apache-2.0
//! A fault as one line of text: what, where, who.

use super::record::FaultRecord;
use crate::console::Console;

/// Causes in the configurable fault status register. Before each name is the number of its bit, a
/// control character because it is below 32. A table of references would be twice as long.
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

/// Exceptions, likewise: the number of each is its bit.
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
        self.print_cause(console);
        let (link, address) = self.of_non_secure_code();
        print_word(console, " lr ", link);
        print_word(console, " address ", address);
        console.text(if self.is_of_secure_code() {
            " by secure "
        } else {
            " by non-secure "
        });
        console.text(if self.thread { "thread" } else { "handler" });
        if let Some(call) = self.call {
            print_word(console, " in call ", Some(call.handle));
            print_word(console, " of client ", Some(call.client as u32));
            print_word(console, " to partition ", Some(call.partition as u32));
        }
        console.text("\n");
    }

    /// Writes the beginning of the line, what and where: all of it where there is one world and
    /// no call is open.
    pub fn print_cause(&self, console: &impl Console) {
        console.text("fault: ");
        match NAMED_EXCEPTIONS & 1u32.checked_shl(self.exception).unwrap_or(0) {
            0 => console.text("unexpected exception"),
            bit => print_causes(console, bit, EXCEPTIONS),
        }
        print_causes(console, self.hard_status, HARD_CAUSES);
        print_causes(console, self.configurable_status, CONFIGURABLE_CAUSES);
        print_causes(console, self.secure_status, SECURE_CAUSES);
        match self.program_counter() {
            None => console.text(" pc unknown"),
            known => print_word(console, " pc ", known),
        }
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
fn print_word(console: &impl Console, name: &str, word: Option<u32>) {
    if let Some(word) = word {
        console.text(name);
        console.hexadecimal(word);
    }
}
