// SPDX-License-Identifier: Apache-2.0
//! The tests from the secure world alone, for an image with `test.secure`: a small application that
//! runs the cases of the partition and prints their results. The emulator exits with 0 if all pass.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
#[path = "../suite/secure.rs"]
mod secure;

#[cfg(target_os = "none")]
mod application {
    use nonsecure::{print_line, semihosting};

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        let results = crate::secure::run_all();
        print_line!("cases: {} of {}", results.ran, results.all);
        semihosting::exit(u32::from(results.failed != 0))
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
