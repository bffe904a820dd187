// SPDX-License-Identifier: Apache-2.0
//! Tests of the secure world from the non-secure one, on the device.
//!
//! The command line selects what runs:
//!
//! * `suite`: every case that the configuration has. The emulator exits with 0 if all pass.
//! * `suite traces`: the same calls with different secrets, for the constant-time check.
//! * `suite fault NAME`: one forbidden access, which the secure world must stop. After the reset it
//!   prints the record of that fault.
//! * `suite isolation`: accesses to all secure memories and peripherals.
//! * `suite break-in`: faults during calls that work on secrets.
//! * `suite storage`, `suite keys`: objects and keys survive a reset.
//! * `suite power_cuts`: writes to storage until the power is cut.
//! * `suite interruption`: interrupts calls at every moment and measures the latency.
//! * `suite contexts`: secure contexts of threads.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports `main`, which the reset code calls

#[cfg(target_os = "none")]
#[path = "../suite/mod.rs"]
mod suite;

#[cfg(target_os = "none")]
mod application {
    use nonsecure::semihosting;

    use crate::suite;
    use crate::suite::support::run::run_all;

    const COMMAND_LINE_BYTES: usize = 128;

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        let mut command_line = [0; COMMAND_LINE_BYTES];
        let line = semihosting::command_line(&mut command_line);
        let text = core::str::from_utf8(line)
            .unwrap_or("")
            .trim_end_matches('\0');
        match text.rsplit_once("fault ") {
            Some((_, name)) => suite::faults::commit(name),
            None if text.ends_with("storage") => suite::storage::outlive_a_reset(),
            None if text.ends_with("keys") => suite::keys::outlive_a_reset(),
            None if text.ends_with("isolation") => suite::isolation::try_everything(),
            None if text.ends_with("break-in") => suite::break_in::once_more(),
            None if text.ends_with("contexts") => run_all(suite::cases::OF_CONTEXTS),
            None if text.ends_with("traces") => suite::traces::follow_all(),
            None if text.ends_with("power_cuts") => suite::power_cuts::write_until_power_is_cut(),
            None if text.ends_with("interruption") => {
                suite::interruption::every_call_at_every_moment();
                semihosting::exit(0)
            }
            None => run_all(suite::cases::TESTS),
        }
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
