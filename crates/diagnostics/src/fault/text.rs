// SPDX-License-Identifier: Apache-2.0
//! A fault as one line of text: what, where, who.

use super::FaultRecord;
use crate::console::Console;

/// Causes in the configurable fault status register, by bit.
const CONFIGURABLE_CAUSES: [(u8, &str); 15] = [
    (0, " IACCVIOL"),
    (1, " DACCVIOL"),
    (3, " MUNSTKERR"),
    (4, " MSTKERR"),
    (8, " IBUSERR"),
    (9, " PRECISERR"),
    (10, " IMPRECISERR"),
    (11, " UNSTKERR"),
    (12, " STKERR"),
    (16, " UNDEFINSTR"),
    (17, " INVSTATE"),
    (18, " INVPC"),
    (19, " NOCP"),
    (20, " STKOF"),
    (24, " UNALIGNED"),
];
/// Causes in the secure fault status register, by bit.
const SECURE_CAUSES: [(u8, &str); 6] = [
    (0, " INVEP"),
    (1, " INVIS"),
    (2, " INVER"),
    (3, " AUVIOL"),
    (4, " INVTRAN"),
    (7, " LSERR"),
];

/// Causes in the HardFault status register, by bit.
const HARD_CAUSES: [(u8, &str); 2] = [(1, " VECTTBL"), (30, " FORCED")];

impl FaultRecord {
    /// Name of the exception.
    #[must_use]
    pub const fn exception_name(&self) -> &'static str {
        match self.exception {
            2 => "NMI",
            3 => "HardFault",
            4 => "MemManage",
            5 => "BusFault",
            6 => "UsageFault",
            7 => "SecureFault",
            _ => "unexpected exception",
        }
    }

    /// Writes the line.
    pub fn print(&self, console: &impl Console) {
        console.text("fault: ");
        console.text(self.exception_name());
        print_causes(console, self.hard_status, &HARD_CAUSES);
        print_causes(console, self.configurable_status, &CONFIGURABLE_CAUSES);
        print_causes(console, self.secure_status, &SECURE_CAUSES);
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

fn print_causes(console: &impl Console, status: u32, causes: &[(u8, &str)]) {
    let set = causes
        .iter()
        .filter(|(bit, _)| status.wrapping_shr(u32::from(*bit)) & 1 == 1);
    set.for_each(|(_, name)| console.text(name));
}

fn print_word(console: &impl Console, name: &str, word: u32) {
    console.text(name);
    console.hexadecimal(word);
}
