// SPDX-License-Identifier: Apache-2.0
//! A boot of two images: the secure one is started, which starts the other.

use boot::measured::BOOT_SEED_BYTES;
use boot::pair::{self, Start};
use boot::{Layout, Measured, Refusal, Upgrade, boot_data, hardened};
use flash::Chip;

use super::flash_guard::GuardedFlash;
use super::settings::SettingsOf;
use super::{Ending, close_debug_port, own_bytes, refuse, refuse_boot_data, refuse_image, say};
use crate::LogLevel::{Info, Warning};
use crate::{Board, Configuration};

/// Boots, from the requests for upgrades on.
#[inline(always)] // its only caller is the boot
pub fn run<'a, B: Board, C: Configuration>(
    flash: &'a mut Chip<GuardedFlash<B, C>>,
    nonsecure: Layout,
    boot_seed: Option<&[u8; BOOT_SEED_BYTES]>,
    area: &mut [u8],
) -> Ending<'a> {
    let started = match pair::start::<SettingsOf<B, C>>(flash, &[C::BOOT_LAYOUT, nonsecure]) {
        Ok(started) => started,
        Err(refused) => return report::<B, C>(refused),
    };
    for (name, upgrade) in ["secure ", "nonsecure "].iter().zip(started.upgrades) {
        if let Upgrade::Refused(error) = upgrade {
            say::<B, C>(Warning, &[name, "upgrade refused: ", error.as_str()]);
        } else if upgrade == Upgrade::Installed {
            say::<B, C>(Info, &[name, "upgrade installed"]);
        }
    }
    if hand_over::<B>(&started, boot_seed, area).is_err() {
        return refuse_boot_data::<B, C>();
    }
    close_debug_port::<B>(started.otp); // whatever happened meanwhile
    let [secure, nonsecure] = started.images;
    // The start asks the secure image alone for its proof.
    if nonsecure.proof() != hardened::PROVEN {
        crate::fail()
    }
    Ending::Start(secure)
}

fn report<B: Board, C: Configuration>(refused: pair::Refused) -> Ending<'static> {
    match refused.why {
        Refusal::Device(error) => {
            refuse::<B, C>("device: ", error.as_str());
            Ending::Halt
        }
        Refusal::Image(error) => refuse_image::<B, C>(refused.image, error.as_str()),
        Refusal::Flash => refuse_image::<B, C>("flash: ", "it can't be written"),
    }
}

/// Writes the boot data for both images.
fn hand_over<B: Board>(
    started: &Start<'_>,
    boot_seed: Option<&[u8; BOOT_SEED_BYTES]>,
    area: &mut [u8],
) -> Result<(), boot_data::Error> {
    let [secure, nonsecure] = &started.images;
    let measured = Measured {
        image: secure,
        nonsecure: Some(nonsecure),
        device: &started.device,
        boot_rom: own_bytes(),
        boot_seed,
    };
    measured.write::<B::Compression>(area)
}
