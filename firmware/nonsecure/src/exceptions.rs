// SPDX-License-Identifier: Apache-2.0
//! What ends an application before its time: a panic or an exception that it does not expect.
#![allow(unsafe_code)] // exports the handler that the vector table names

use armv8m::semihosting;

use crate::driver::SAYS_ERRORS;
use crate::print_line;

/// Exit status of the emulator after a panic or an unexpected exception.
const FAILURE: u32 = 101;

#[panic_handler]
fn panic(information: &core::panic::PanicInfo<'_>) -> ! {
    if SAYS_ERRORS {
        print_line!("{information}");
    }
    semihosting::exit(FAILURE)
}

#[unsafe(no_mangle)]
extern "C" fn application_exception() {
    if SAYS_ERRORS {
        print_line!("non-secure application: unexpected exception");
    }
    semihosting::exit(FAILURE)
}
