// SPDX-License-Identifier: Apache-2.0
//! No panic, by proof: in a release image the handler calls a symbol that does not exist, so an
//! image in which a panic can be reached does not link. A debug image prints where it happened.
#![allow(unsafe_code)]

use core::panic::PanicInfo;

#[cfg(not(debug_assertions))]
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        safe fn a_panic_can_be_reached() -> !;
    }
    a_panic_can_be_reached()
}

#[cfg(debug_assertions)]
#[panic_handler]
fn panic(information: &PanicInfo<'_>) -> ! {
    use diagnostics::Console;

    let console = crate::memory_map::CONSOLE;
    console.text("panic");
    if let Some(location) = information.location() {
        console.text(" at ");
        console.text(location.file());
        console.text(" line ");
        console.hexadecimal(location.line());
    }
    console.text("\n");
    armv8m::system::halt()
}
