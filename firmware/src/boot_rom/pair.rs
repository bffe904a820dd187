// SPDX-License-Identifier: Apache-2.0
//! A boot of two images: the secure one is started, which starts the other.

use boot::measured::BOOT_SEED_BYTES;
use boot::{Layout, Measured, Upgrade, hardened, pair};
use flash::Chip;

use super::flash_guard::GuardedFlash;
use super::settings::SettingsOf;
use super::{Ending, close_debug_port, own_bytes, refuse_boot_data, refuse_start, say};
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
        Err(refused) => return refuse_start::<B, C>(refused.image, refused.why),
    };
    for (name, upgrade) in ["secure ", "nonsecure "].iter().zip(started.upgrades) {
        if let Upgrade::Refused(error) = upgrade {
            say::<B, C>(Warning, &[name, "upgrade refused: ", error.as_str()]);
        } else if upgrade == Upgrade::Installed {
            say::<B, C>(Info, &[name, "upgrade installed"]);
        }
    }
    let [secure, nonsecure] = started.images;
    let measured = Measured {
        image: &secure,
        nonsecure: Some(&nonsecure),
        device: &started.device,
        boot_rom: own_bytes(),
        boot_seed,
    };
    if measured.write::<B::Compression>(area).is_err() {
        return refuse_boot_data::<B, C>();
    }
    close_debug_port::<B>(started.otp); // whatever happened meanwhile
    // The start asks the secure image alone for its proof.
    if nonsecure.proof() != hardened::PROVEN {
        crate::fail()
    }
    Ending::Start(secure)
}
