// SPDX-License-Identifier: Apache-2.0
//! The boot ROM: installs an upgrade that is asked for, verifies the image in the primary slot,
//! and starts it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls

#[cfg(target_os = "none")]
mod firmware {
    use an521::boot_memory;
    use an521::config::boot::{ANTI_ROLLBACK, KEY, KEYS, Key, RECOVERY, SIGNATURE, Signature};
    use an521::entropy_source::entropy;
    use an521::memory_map::{
        BOOT_CONSOLE, BOOT_DATA, BOOT_LAYOUT, DEBUG_CONTROL, ENTROPY_SEED_AREA, OTP, PLACEMENT,
        WholeFlash,
    };
    use an521::updates::UPGRADE;
    use armv8m::sha256_kernel::Assembly;
    use armv8m::{start, system};
    use boot::keys;
    use boot::measured::BOOT_SEED_BYTES;
    use boot::signature::{Named, OfKind};
    use boot::tlv::kind;
    use boot::upgrade::Mode;
    use boot::{Measured, Placement, Refusal, Settings, Start, Upgrade, boot_data, debug};
    use diagnostics::Console;
    use diagnostics::FaultRecord;
    use diagnostics::fault::stacked::ExceptionReturn;
    use flash::{Chip, Mapped as _, Part};
    use primitives::hash_drbg::Entropy as _;
    use primitives::sha256::DIGEST_BYTES;

    /// What the configuration decides about this boot ROM.
    struct Configured;

    impl Settings for Configured {
        type Compression = Assembly;
        type Signature = <OfKind<SIGNATURE_KIND> as Named>::Scheme;
        type Keys = <SigningKeys as keys::Named>::Keys;
        const PLACEMENT: Option<Placement> = Some(PLACEMENT);
        const ANTI_ROLLBACK: bool = ANTI_ROLLBACK;
        const UPGRADE: Mode = UPGRADE;
    }

    type SigningKeys = keys::Configured<{ matches!(KEY, Key::Builtin) }, KEYS, BuiltInKeys>;

    /// The keys that are built in, if they are.
    #[derive(Clone, Copy)]
    struct BuiltInKeys;

    impl keys::PublicKeys for BuiltInKeys {
        const ALL: &'static [&'static [u8]] =
            include!(concat!(env!("OUT_DIR"), "/signing_keys.rs"));
        const HASHES: &'static [[u8; DIGEST_BYTES]] =
            include!(concat!(env!("OUT_DIR"), "/signing_key_hashes.rs"));
    }

    const SIGNATURE_KIND: u16 = match SIGNATURE {
        Signature::Rsa3072 => kind::RSA3072,
        Signature::Rsa2048 => kind::RSA2048,
        Signature::EcdsaP256 => kind::ECDSA,
        Signature::Ed25519 => kind::ED25519,
    };

    #[unsafe(no_mangle)]
    extern "C" fn main() -> ! {
        debug::close(&DEBUG_CONTROL, OTP.bytes());
        boot_memory::protect();
        BOOT_CONSOLE.enable();
        debug::close(&DEBUG_CONTROL, OTP.bytes()); // so that no single fault leaves it open
        // SAFETY: the boot ROM runs alone, and works on the areas of the layout by this value only.
        let mut flash = Chip::new(unsafe { WholeFlash::new() });
        match boot::start::<Configured>(&mut flash, &BOOT_LAYOUT) {
            Ok(started) => {
                // One by one: a table of jumps would be larger, and the stack has no bound with it.
                if let Upgrade::Refused(error) = started.upgrade {
                    say(&["upgrade refused: ", error.as_str()]);
                } else if started.upgrade == Upgrade::Installed {
                    say(&["upgrade installed"]);
                } else if started.upgrade == Upgrade::OnTrial {
                    say_of_swap("upgrade on trial");
                } else if started.upgrade == Upgrade::Reverted {
                    say_of_swap("upgrade reverted");
                }
                hand_over(&started);
                debug::close(&DEBUG_CONTROL, OTP.bytes()); // whatever happened meanwhile
                start::start_verified(&started.image)
            }
            Err(Refusal::Device(error)) => refuse("device: ", error.as_str()),
            Err(Refusal::Image(error)) => refuse_image("image: ", error.as_str()),
            Err(Refusal::Flash) => refuse_image("flash: ", "it can't be written"),
        }
    }

    /// Leaves word of this boot for the image.
    fn hand_over(started: &Start) {
        let mut boot_seed = [0; BOOT_SEED_BYTES];
        // SAFETY: no other value works on this area.
        let seed = Part::new(unsafe { WholeFlash::new() }, ENTROPY_SEED_AREA);
        let filled = entropy(seed).fill(&mut boot_seed);
        let measured = Measured {
            image: &started.image,
            device: &started.device,
            boot_rom: armv8m::image::own_bytes(),
            boot_seed: filled.is_ok().then_some(&boot_seed),
        };
        // SAFETY: nothing else in the boot ROM uses the area, and this function runs once.
        let area = unsafe { BOOT_DATA.bytes_mut() };
        if measured.write::<Assembly>(area).is_err() {
            refuse("boot data: ", boot_data::Error::AreaTooSmall.as_str()); // the one way to fail
        }
    }

    /// Says what happens only where images are exchanged.
    fn say_of_swap(words: &str) {
        if Configured::UPGRADE == Mode::Swap {
            say(&[words]);
        }
    }

    /// Says why nothing is started, and stops.
    fn refuse(what: &str, why: &str) -> ! {
        say(&["refused ", what, why]);
        system::halt()
    }

    /// Says why nothing is started, and takes another image over the console if the configuration
    /// has that.
    #[inline(always)] // else it would be a second way to say it
    fn refuse_image(what: &str, why: &str) -> ! {
        if RECOVERY {
            say(&["refused ", what, why]);
            recover();
        }
        refuse(what, why)
    }

    /// Takes an image over the console.
    fn recover() -> ! {
        // SAFETY: as above; nothing is left of the other value.
        let mut flash = Chip::new(unsafe { WholeFlash::new() });
        if !recovery::is_allowed(flash.bytes(BOOT_LAYOUT.otp)) {
            refuse("recovery: ", "device is out of use");
        }
        BOOT_CONSOLE.enable_receiver();
        say(&["serial recovery"]);
        recovery::serve::<Configured>(&BOOT_CONSOLE, &mut flash, &BOOT_LAYOUT);
        say(&["reset"]); // once this is out, so is the answer
        system::reset()
    }

    fn say(words: &[&str]) {
        BOOT_CONSOLE.text("boot: ");
        words.iter().for_each(|word| BOOT_CONSOLE.text(word));
        BOOT_CONSOLE.text("\n");
    }

    #[unsafe(no_mangle)]
    fn on_fault(record: &mut FaultRecord, _: ExceptionReturn) -> ! {
        record.print_cause(&BOOT_CONSOLE);
        BOOT_CONSOLE.text("\n");
        system::halt()
    }
}

#[cfg(not(target_os = "none"))]
fn main() {}
