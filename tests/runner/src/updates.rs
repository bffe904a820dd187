// SPDX-License-Identifier: Apache-2.0
//! Updates by an application: it installs an image through the PSA Firmware Update API and resets
//! the device. The boot ROM installs a good image, which then prints its version.

use super::Tally;
use super::image_series::ImageSeries;
use super::scenario::{Named, Outcome, suite};
use super::test_bed::TestBed;
use super::upgraded_device as device;
use anyhow::{Context as _, ensure};
use builder::firmware::{Application, Image};
use builder::flash_file::FlashFile;
use builder::qemu::{Machine, Settings};
use builder::slots;
use std::fs;

/// What each test is called, before its own name.
pub const NAME: &str = "updates by an application";

/// The application.
pub const UPDATE: Application = Application {
    package: "on-target",
    binary: "update",
};

/// An update, and what has to become of it.
struct Case {
    name: &'static str,
    is_damaged: bool,
    /// What the application does with an image on trial.
    does: &'static str,
    /// What the boot ROM says, in this order.
    says: &'static [&'static str],
    /// Whether the new image runs in the end.
    stays: bool,
}

const OVERWRITE: &[Case] = &[
    Case {
        name: "a good image",
        is_damaged: false,
        does: "accept",
        says: &["boot: upgrade installed"],
        stays: true,
    },
    Case {
        name: "a damaged image",
        is_damaged: true,
        does: "accept",
        says: &["boot: upgrade refused: wrong hash"],
        stays: false,
    },
];

const SWAP: &[Case] = &[
    Case {
        name: "a good image that is accepted",
        is_damaged: false,
        does: "accept",
        says: &["boot: upgrade on trial"],
        stays: true,
    },
    Case {
        name: "a good image that is rejected",
        is_damaged: false,
        does: "reject",
        says: &["boot: upgrade on trial", "boot: upgrade reverted"],
        stays: false,
    },
    Case {
        name: "a good image that is left as it is",
        is_damaged: false,
        does: "nothing",
        says: &["boot: upgrade on trial", "boot: upgrade reverted"],
        stays: false,
    },
    Case {
        name: "a damaged image",
        is_damaged: true,
        does: "accept",
        says: &["boot: upgrade refused: wrong hash"],
        stays: false,
    },
];

/// Has the application install good and damaged images.
pub fn run(bed: &TestBed<'_>, image: &Image, prefix: &str, tally: &mut Tally) {
    let has_trial = bed.configured.effective.text("boot.upgrade") == "swap";
    for case in if has_trial { SWAP } else { OVERWRITE } {
        let mut named = Vec::new();
        let outcome = case.install(bed, image, &mut named);
        let outcome = outcome.unwrap_or_else(|error| Err(format!("{error:#}")));
        named.push((format!("{NAME}: {}", case.name), outcome));
        for (name, outcome) in named {
            tally.count(&format!("{prefix}{name}"), outcome);
        }
    }
}

impl Case {
    fn install(&self, bed: &TestBed<'_>, image: &Image, named: &mut Vec<Named>) -> Outcome {
        let effective = &bed.configured.effective;
        let series = ImageSeries::new(effective, image, 0)?;
        let now: u32 = effective.number("boot.security_counter").try_into()?;
        let (old, mut new) = (series.image(now)?, series.image(now + 1)?);
        if self.is_damaged {
            let middle = new.len() / 2;
            new[middle] ^= 1;
        }
        let file = bed.configured.folder.join("test-update-image.bin");
        fs::write(&file, &new).with_context(|| file.display().to_string())?;
        let flash = FlashFile::create(&device::file(bed, "test-update"), effective, bed.otp)?;
        slots::install(&flash, &old)?;
        let file = file.to_str().context("a path in UTF-8")?;
        let settings = Settings {
            effective,
            boot_elf: bed.world.boot_elf()?,
            flash: flash.path(),
            arguments: &[UPDATE.binary, self.does, file],
            options: &[],
        };
        let mut machine = Machine::start(&settings, device::TIME)?;
        if let Err(reason) = suite(&mut machine, named)? {
            return Ok(Err(format!("{reason}\n{}", machine.seen().join("\n"))));
        }
        let said = machine.seen().iter();
        let said: Vec<&String> = said.filter(|line| line.starts_with("boot: ")).collect();
        ensure!(said == self.says, "{said:?} instead of {:?}", self.says);
        let (primary, counter) = if self.stays {
            (&new, now + 1)
        } else {
            (&old, now)
        };
        let runs = format!("update: build {counter} runs");
        ensure!(machine.seen().contains(&runs), "no line `{runs}`");
        device::check(&flash, primary, counter)?;
        Ok(Ok(()))
    }
}
