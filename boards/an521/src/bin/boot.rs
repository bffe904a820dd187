// SPDX-License-Identifier: Apache-2.0
//! The boot ROM: verifies the image in the primary slot and starts it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls

#[cfg(target_os = "none")]
mod firmware {
    use an521::entropy_source::ENTROPY;
    use an521::memory_map::{BOOT_CONSOLE, BOOT_DATA, OTP, PRIMARY_SLOT};
    use armv8m::sha256_kernel::Assembly;
    use armv8m::{start, system};
    use boot::measured::BOOT_SEED_BYTES;
    use boot::{Measured, VerifiedImage};
    use diagnostics::Console;
    use diagnostics::FaultRecord;
    use primitives::hash_drbg::Entropy as _;
    use provisioning::Device;

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        BOOT_CONSOLE.enable();
        let device = match Device::read(OTP.bytes()) {
            Ok(device) => device,
            Err(error) => refuse("device: ", error.as_str()),
        };
        match boot::verify_by::<Assembly>(PRIMARY_SLOT.bytes(), &device) {
            Ok(image) => {
                hand_over(&image, &device);
                start::start_verified(&image)
            }
            Err(error) => refuse("image: ", error.as_str()),
        }
    }

    /// Leaves word of this boot for the image.
    fn hand_over(image: &VerifiedImage, device: &Device) {
        let mut boot_seed = [0; BOOT_SEED_BYTES];
        let mut entropy = ENTROPY;
        let filled = entropy.fill(&mut boot_seed);
        let measured = Measured {
            image,
            device,
            boot_rom: armv8m::image::own_bytes(),
            boot_seed: filled.is_ok().then_some(&boot_seed),
        };
        // SAFETY: nothing else in the boot ROM uses the area, and this function runs once.
        let area = unsafe { BOOT_DATA.bytes_mut() };
        if let Err(error) = measured.write::<Assembly>(area) {
            refuse("boot data: ", error.as_str());
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
