// SPDX-License-Identifier: Apache-2.0
//! The boot ROM: verifies the image in the primary slot and starts it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls

#[cfg(target_os = "none")]
mod firmware {
    use an521::memory_map::{BOOT_CONSOLE, OTP, PRIMARY_SLOT};
    use armv8m::sha256_kernel::Assembly;
    use armv8m::{start, system};
    use diagnostics::Console;
    use diagnostics::FaultRecord;
    use provisioning::Device;

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        BOOT_CONSOLE.enable();
        let device = match Device::read(OTP.bytes()) {
            Ok(device) => device,
            Err(error) => refuse("device: ", error.as_str()),
        };
        match boot::verify_by::<Assembly>(PRIMARY_SLOT.bytes(), &device) {
            Ok(image) => start::start_verified(&image),
            Err(error) => refuse("image: ", error.as_str()),
        }
    }

    /// Says why nothing is started, and stops.
    fn refuse(what: &str, why: &str) -> ! {
        BOOT_CONSOLE.text("boot: refused ");
        BOOT_CONSOLE.text(what);
        BOOT_CONSOLE.text(why);
        BOOT_CONSOLE.text("\n");
        system::halt()
    }

    #[unsafe(no_mangle)]
    fn on_fault(record: &mut FaultRecord) -> ! {
        record.print(&BOOT_CONSOLE);
        system::halt()
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
