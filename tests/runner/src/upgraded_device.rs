// SPDX-License-Identifier: Apache-2.0
//! A device that is upgraded: how it is started, and what is in its flash afterwards.

use super::test_bed::{DEMO_STARTS, TestBed};
use anyhow::{Context as _, Result, bail, ensure};
use boot::trailer;
use builder::firmware::DEMO;
use builder::flash_file::FlashFile;
use builder::qemu::{Event, Machine, Settings};
use provisioning::Device;
use std::path::PathBuf;
use std::time::Duration;

/// After which time a device that does not come so far counts as hung.
pub const TIME: Duration = Duration::from_secs(60);

/// The flash file of a test.
pub fn file(bed: &TestBed<'_>, name: &str) -> PathBuf {
    bed.configured.folder.join(format!("{name}.bin"))
}

/// Switches a device on.
pub fn start(bed: &TestBed<'_>, flash: &FlashFile<'_>) -> Result<Machine> {
    let settings = Settings {
        effective: &bed.configured.effective,
        boot_elf: bed.world.boot_elf()?,
        flash: flash.path(),
        arguments: &[DEMO.binary],
        options: &[],
    };
    Machine::start(&settings, TIME)
}

/// Waits until the demonstration runs.
pub fn await_application(machine: &mut Machine) -> Result<()> {
    match machine.wait_for(|line| line.contains(DEMO_STARTS), |_| ())? {
        Event::Line(_) => Ok(()),
        _ => bail!("nothing was started:\n{}", machine.seen().join("\n")),
    }
}

/// Checks that a device has this image in its primary slot, this counter, and no request.
pub fn check(flash: &FlashFile<'_>, primary: &[u8], counter: u32) -> Result<()> {
    let signed = boot::ParsedImage::read_any(primary);
    let signed = signed.map_or(primary.len(), |(_, image)| image.image_bytes);
    let is_there = flash.read("primary")?.get(..signed) == primary.get(..signed);
    ensure!(is_there, "the primary slot holds another image");
    let found = security_counter(&flash.read("otp")?)?;
    ensure!(found == counter, "the counter is {found}, not {counter}");
    ensure!(!has_request(flash)?, "the request is still there");
    Ok(())
}

/// The security counter in an OTP area.
pub fn security_counter(otp: &[u8]) -> Result<u32> {
    let device = Device::read(otp).ok().context("OTP is damaged")?;
    Ok(device.security_counter)
}

/// Whether an upgrade is asked for.
pub fn has_request(flash: &FlashFile<'_>) -> Result<bool> {
    Ok(trailer::requested(&flash.read("secondary")?).is_some())
}
