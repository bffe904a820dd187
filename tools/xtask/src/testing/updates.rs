// SPDX-License-Identifier: Apache-2.0
//! Updates by an application: it writes an image through the PSA Firmware Update API, asks for it
//! and resets the device. The boot ROM installs what is good, and what runs after that says so.

use super::Tally;
use super::device::{Bench, Outcome, suite};
use super::upgrades::{self, Press};
use crate::firmware::{Application, Image};
use crate::flash_file::FlashFile;
use crate::qemu::{Machine, Settings};
use crate::slots;
use crate::workspace::Workspace;
use anyhow::{Context as _, ensure};
use std::fs;

/// What each test is called, before its own name.
pub const NAME: &str = "updates by an application";

/// The application.
pub const UPDATE: Application = Application {
    package: "on-target",
    binary: "update",
};

/// Has the application install a good image and a damaged one.
pub fn run(
    workspace: &Workspace,
    bench: &Bench<'_>,
    image: &Image,
    prefix: &str,
    tally: &mut Tally,
) {
    for (name, is_damaged) in [("a good image", false), ("a damaged image", true)] {
        let mut named = Vec::new();
        let outcome = install(workspace, bench, image, is_damaged, &mut named);
        let outcome = outcome.unwrap_or_else(|error| Err(format!("{error:#}")));
        named.push((format!("{NAME}: {name}"), outcome));
        for (name, outcome) in named {
            tally.count(&format!("{prefix}{name}"), outcome);
        }
    }
}

fn install(
    workspace: &Workspace,
    bench: &Bench<'_>,
    image: &Image,
    is_damaged: bool,
    named: &mut Vec<super::device::Named>,
) -> Outcome {
    let effective = &bench.configured.effective;
    let press = Press::new(workspace, effective, image, 0)?;
    let now: u32 = effective.number("boot.security_counter").try_into()?;
    let (old, mut new) = (press.image(now)?, press.image(now + 1)?);
    if is_damaged {
        let middle = new.len() / 2;
        new[middle] ^= 1;
    }
    let file = bench.configured.folder.join("test-update-image.bin");
    fs::write(&file, &new).with_context(|| file.display().to_string())?;
    let flash = FlashFile::create(&upgrades::file(bench, "test-update"), effective, bench.otp)?;
    slots::install(&flash, &old)?;
    let settings = Settings {
        effective,
        boot_elf: &bench.world.boot_elf,
        flash: flash.path(),
        arguments: &[UPDATE.binary, file.to_str().context("a path in UTF-8")?],
        options: &[],
    };
    let mut machine = Machine::start(&settings, upgrades::TIME)?;
    if let Err(reason) = suite(&mut machine, named)? {
        return Ok(Err(format!("{reason}\n{}", machine.seen().join("\n"))));
    }
    let (words, primary, counter) = if is_damaged {
        let why = boot::Error::WrongHash.as_str();
        (format!("boot: upgrade refused: {why}"), &old, now)
    } else {
        ("boot: upgrade installed".into(), &new, now + 1)
    };
    let says = |line: &str| machine.seen().iter().any(|seen| seen == line);
    ensure!(says(&words), "no line `{words}`");
    let runs = format!("update: build {counter} runs");
    ensure!(says(&runs), "no line `{runs}`");
    upgrades::check(&flash, primary, counter)?;
    Ok(Ok(()))
}
