// SPDX-License-Identifier: Apache-2.0
//! What a debug image says of a panic.

use core::panic::PanicInfo;

use diagnostics::Console;

/// Prints where the panic happened.
pub fn print_panic(console: &impl Console, information: &PanicInfo<'_>) {
    console.text("panic");
    if let Some(location) = information.location() {
        console.text(" at ");
        console.text(location.file());
        console.text(" line ");
        console.hexadecimal(location.line());
    }
    console.text("\n");
}
