// SPDX-License-Identifier: Apache-2.0
//! A boot loader that is not Casemate's: the least that one has to do to start the secure image of a
//! configuration with `boot.loader = "none"` (`docs/own-boot-loader.md`).
//!
//! It stands for the loader that a device has already. It verifies nothing; what a real one must do
//! about signatures and older firmware is its own affair.
//!
//! * `hand_over` writes the boot data, and runs on a host too.
//! * `device` names the memories and devices of AN505 and AN521.
//! * `start` has the jump into the image.
//! * [`boot_loader!`] is the binary: what the start code of `armv8m` calls.
//!
//! Not here: upgrades, anti-rollback, the debug port.
#![cfg_attr(not(test), no_std)]

pub mod hand_over;

#[cfg(target_os = "none")]
mod config;
#[cfg(target_os = "none")]
mod device;
#[cfg(target_os = "none")]
mod start;

#[cfg(target_os = "none")]
pub use device::{header, report_fault};

/// Boots, once after a reset. `hand_over` fills the boot data area; what is wrong is printed.
#[cfg(target_os = "none")]
pub fn run(
    hand_over: impl FnOnce(&mut [u8], &hand_over::Facts<'_>) -> Result<(), &'static str>,
) -> ! {
    use provisioning::Device;

    device::enable_console();
    let outcome = Device::read(device::otp()).map_err(|error| error.as_str());
    let outcome = outcome.and_then(|device| {
        let facts = hand_over::Facts {
            device: &device,
            image: device::image(),
            loader: armv8m::image::own_bytes(),
            seed: device::random().ok_or("no random numbers")?,
        };
        hand_over(device::boot_data(), &facts)
    });
    match outcome {
        Ok(()) if device::can_start() => start::start(device::image().as_ptr() as u32),
        Ok(()) => device::say("no image in the slot"),
        Err(why) => device::say(why),
    }
    armv8m::system::halt()
}

/// The binary: `own_boot_loader::boot_loader!(|area, facts| ...);`.
#[macro_export]
macro_rules! boot_loader {
    ($hand_over:expr) => {
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls
        mod loader {
            #[unsafe(no_mangle)]
            extern "C" fn main() -> ! {
                $crate::run($hand_over)
            }

            #[unsafe(no_mangle)]
            fn on_fault(
                record: &mut diagnostics::FaultRecord,
                _: diagnostics::fault::stacked::ExceptionReturn,
            ) -> ! {
                $crate::report_fault(record)
            }

            #[panic_handler]
            fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
                armv8m::system::halt()
            }
        }

        #[cfg(not(target_os = "none"))]
        fn main() {}
    };
}
