// SPDX-License-Identifier: Apache-2.0
//! Forbidden things, one for each name: the secure world must stop the device with a fault line.

use core::arch::asm;

use an521_nonsecure::{print_line, semihosting};

/// What is done when the secure world let it pass.
const SURVIVED: u32 = 2;

fn read(address: u32) {
    // SAFETY: the read is meant to fault; if it does not, its value is thrown away.
    unsafe { (address as *const u32).read_volatile() };
}

fn write(address: u32) {
    // SAFETY: the write is meant to fault; if it does not, the test has failed anyhow.
    unsafe { (address as *mut u32).write_volatile(0) };
}

fn jump(address: u32) {
    // SAFETY: the jump is meant to fault; nothing comes back.
    unsafe { asm!("bx {}", in(reg) address | 1, options(noreturn)) };
}

/// Does the forbidden thing `name`, and ends the emulator with an error if that was possible.
pub fn commit(name: &str) -> ! {
    match name {
        "read-secure-ram" => read(0x3800_0400),
        "read-secure-ram-by-the-other-alias" => read(0x2800_0400),
        "write-secure-ram" => write(0x3800_0400),
        "read-otp" => read(0x8000_0000),
        "read-secure-image" => read(0x8010_0400),
        "write-secure-image" => write(0x8010_0480),
        "read-boot-rom" => read(0x1000_0000),
        "read-secure-peripheral" => read(0x5008_0000),
        "call-secure-code" => jump(0x8010_0480),
        "enter-behind-a-gateway" => jump(0x8010_0444),
        "return-from-no-call" => jump(0xFEFF_FFFE),
        _ => print_line!("suite: no fault is called {name}"),
    }
    print_line!("suite: {name} was possible");
    semihosting::exit(SURVIVED)
}
