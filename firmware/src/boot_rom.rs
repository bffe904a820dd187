// SPDX-License-Identifier: Apache-2.0
//! The boot ROM: installs a requested upgrade, verifies the image in the primary slot, and starts
//! it.

mod flash_guard;
mod pair;
mod settings;

use core::marker::PhantomData;

use boot::Mode;
use boot::measured::BOOT_SEED_BYTES;
use boot::{Measured, Refusal, Upgrade, VerifiedImage, boot_data, debug};
use diagnostics::{Console, FaultRecord};
use flash::{Area, Chip, Part, Place};
use primitives::hash_drbg::Entropy as _;
use recovery::Line as _;

use crate::LogLevel::{self, Error, Info, Warning};
use crate::board::DebugPortOf;
use crate::{Board, BootParts, Configuration, ResetCause};
use flash_guard::GuardedFlash;
use settings::SettingsOf;

/// The area of the seed of random numbers.
struct SeedOf<C>(PhantomData<C>);

impl<C: Configuration> Place for SeedOf<C> {
    const AREA: Area = C::ENTROPY_SEED;
}

/// How a boot ends.
#[expect(
    clippy::large_enum_variant,
    reason = "one value, on the stack of a boot; there is no heap"
)]
pub enum Ending<'a> {
    /// Start the image.
    Start(VerifiedImage<'a>),
    /// No image may be started; the configuration has [`BootRom::recover`].
    Recover,
    /// No image may be started.
    Halt,
}

/// The boot ROM of a board in a configuration.
pub struct BootRom<B: Board, C: Configuration> {
    flash: Chip<GuardedFlash<B, C>>,
    boot_data: B::BootData,
}

impl<B: Board, C: Configuration> BootRom<B, C> {
    /// The boot ROM with its parts of the device.
    #[inline(always)]
    pub fn new(parts: BootParts<B>) -> Self {
        Self {
            flash: Chip::new(GuardedFlash::new(parts.flash)),
            boot_data: parts.boot_data,
        }
    }

    /// Boots, once after a reset.
    #[inline(always)] // its only caller is `main`
    pub fn run(&mut self) -> Ending<'_> {
        close_debug_port::<B>(self.flash.bytes(C::BOOT_LAYOUT.otp));
        flash_guard::protect::<B, C>();
        B::BOOT_CONSOLE.enable();
        close_debug_port::<B>(self.flash.bytes(C::BOOT_LAYOUT.otp)); // so that no single fault leaves it open
        match B::reset_cause() {
            ResetCause::Unknown => {}
            ResetCause::Watchdog => say::<B, C>(Warning, &["reset by the watchdog"]),
            ResetCause::Lockup => say::<B, C>(Warning, &["reset after a lockup"]),
        }
        // The seed waits where the boot data will end: the stack is deepest while images are verified.
        let area = self.boot_data.as_mut();
        let Some((area, boot_seed)) = area.split_last_chunk_mut::<BOOT_SEED_BYTES>() else {
            return refuse_boot_data::<B, C>();
        };
        let filled = B::boot_entropy(Part::<_, SeedOf<C>>::new(&mut self.flash)).fill(boot_seed);
        let boot_seed = filled.is_ok().then_some(&*boot_seed);
        if let Some(nonsecure) = C::NONSECURE_LAYOUT {
            return pair::run::<B, C>(&mut self.flash, nonsecure, boot_seed, area);
        }
        match boot::start::<SettingsOf<B, C>>(&mut self.flash, &C::BOOT_LAYOUT) {
            Ok(started) => {
                // One by one: a table of jumps would be larger, and the stack has no bound with it.
                if let Upgrade::Refused(error) = started.upgrade {
                    say::<B, C>(Warning, &["upgrade refused: ", error.as_str()]);
                } else if started.upgrade == Upgrade::Installed {
                    say::<B, C>(Info, &["upgrade installed"]);
                } else if started.upgrade == Upgrade::OnTrial {
                    say_of_swap::<B, C>("upgrade on trial");
                } else if started.upgrade == Upgrade::Reverted {
                    say_of_swap::<B, C>("upgrade reverted");
                }
                let measured = Measured {
                    image: &started.image,
                    nonsecure: None,
                    device: &started.device,
                    boot_rom: own_bytes(),
                    boot_seed,
                };
                if measured.write::<B::Compression>(area).is_err() {
                    return refuse_boot_data::<B, C>();
                }
                close_debug_port::<B>(started.otp); // whatever happened meanwhile
                Ending::Start(started.image)
            }
            Err(refusal) => refuse_start::<B, C>("image: ", refusal),
        }
    }

    /// Accepts an image over the console. Returns whether to reset the device; if not, the device
    /// may not accept an image, and halts.
    pub fn recover(&mut self) -> bool {
        if !recovery::is_allowed(self.flash.bytes(C::BOOT_LAYOUT.otp)) {
            refuse::<B, C>("recovery: ", "device is out of use");
            return false;
        }
        B::BOOT_CONSOLE.enable_receiver();
        say::<B, C>(Info, &["serial recovery"]);
        recovery::serve::<SettingsOf<B, C>>(&B::BOOT_CONSOLE, &mut self.flash, &C::BOOT_LAYOUT);
        say::<B, C>(Info, &["reset"]); // once this is out, so is the answer
        true
    }
}

/// Prints a fault of the boot ROM; the device halts then.
pub fn on_fault_in_boot_rom<B: Board, C: Configuration>(record: &mut FaultRecord) {
    if C::BOOT_LOG >= Error {
        record.print_cause(&B::BOOT_CONSOLE);
        B::BOOT_CONSOLE.text("\n");
    }
}

#[inline(always)]
fn close_debug_port<B: Board>(otp: &[u8]) {
    debug::close(&DebugPortOf::<B>(PhantomData), otp);
}

/// Prints the only error of boot data.
fn refuse_boot_data<B: Board, C: Configuration>() -> Ending<'static> {
    refuse::<B, C>("boot data: ", boot_data::Error::AreaTooSmall.as_str());
    Ending::Halt
}

/// The code and the constants of the boot ROM.
#[cfg(target_arch = "arm")]
fn own_bytes() -> &'static [u8] {
    armv8m::image::own_bytes()
}

/// On a host there is no boot ROM to measure.
#[cfg(not(target_arch = "arm"))]
fn own_bytes() -> &'static [u8] {
    &[]
}

/// Says why nothing is started; `image` names the image that an image error is about.
#[inline(always)] // there is one call in each boot ROM
fn refuse_start<B: Board, C: Configuration>(image: &str, refusal: Refusal) -> Ending<'static> {
    match refusal {
        Refusal::Device(error) => {
            refuse::<B, C>("device: ", error.as_str());
            Ending::Halt
        }
        Refusal::Image(error) => refuse_image::<B, C>(image, error.as_str()),
        Refusal::Flash => refuse_image::<B, C>("flash: ", "it can't be written"),
    }
}

/// Prints a message of swap only if the configuration has swap.
fn say_of_swap<B: Board, C: Configuration>(words: &str) {
    if C::UPGRADE == Mode::Swap {
        say::<B, C>(Info, &[words]);
    }
}

/// Prints why no image is started.
#[inline(always)] // so that an image that says nothing has no text
fn refuse<B: Board, C: Configuration>(what: &str, why: &str) {
    if C::BOOT_LOG >= Error {
        say_refusal::<B>(what, why);
    }
}

#[inline(never)] // called in several places
fn say_refusal<B: Board>(what: &str, why: &str) {
    say_always::<B>(&["refused ", what, why]);
}

/// Prints why no image is started, if another image would help.
#[inline(always)] // else it would be a second way to say it
fn refuse_image<B: Board, C: Configuration>(what: &str, why: &str) -> Ending<'static> {
    refuse::<B, C>(what, why);
    if C::RECOVERY {
        Ending::Recover
    } else {
        Ending::Halt
    }
}

#[inline(always)] // so that an image has no text that it does not print
fn say<B: Board, C: Configuration>(level: LogLevel, words: &[&str]) {
    if C::BOOT_LOG >= level {
        say_always::<B>(words);
    }
}

fn say_always<B: Board>(words: &[&str]) {
    B::BOOT_CONSOLE.text("boot: ");
    words.iter().for_each(|word| B::BOOT_CONSOLE.text(word));
    B::BOOT_CONSOLE.text("\n");
}
