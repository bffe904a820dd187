// SPDX-License-Identifier: Apache-2.0
//! Serial recovery: a public client of the protocol lists the slots of a device without a valid
//! image, uploads images, and resets it.

use super::test_bed::DEMO_STARTS;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware;
use builder::firmware::DEMO;
use builder::flash_file::FlashFile;
use builder::process;
use builder::qemu::{Event, Machine, Settings, TERMINAL};
use builder::setup::python;
use builder::workspace::Workspace;
use provisioning::{Device, layout, log};
use signer::SecurityCounter;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const PEER: &str = "tests/peers/recover.py";
/// Until the image that was given runs.
const TIME: Duration = Duration::from_secs(240);
/// A device that does not do more in this time does nothing more.
const SILENCE: Duration = Duration::from_millis(300);
const IN_RECOVERY: &str = "boot: serial recovery";
/// Size of a program that is never started.
const SMALL_BYTES: usize = 64;
/// The two entries of its vector table that the boot ROM looks at.
const VECTORS_BYTES: usize = 8;

/// A device in recovery, a client, and images.
struct Scene<'a> {
    workspace: Workspace,
    bed: &'a TestBed<'a>,
    folder: PathBuf,
}

/// All of it, with the demonstration as the image that is started in the end.
pub fn run(bed: &TestBed<'_>, demo: &[u8]) -> Result<()> {
    let scene = Scene {
        workspace: Workspace::tree()?,
        bed,
        folder: bed.configured.folder.join("recovery"),
    };
    fs::create_dir_all(&scene.folder)?;
    scene.blank_device(demo)?;
    scene.no_way_back()?;
    scene.out_of_use()
}

impl Scene<'_> {
    /// A blank device is given an image that is damaged, and then a good one, which runs.
    fn blank_device(&self, demo: &[u8]) -> Result<()> {
        let counter = Device::read(self.bed.otp).map_or(0, |device| device.security_counter);
        let mut damaged = self.small_image(counter)?;
        let header_bytes = boot::Header::read(&damaged)
            .map_err(anyhow::Error::msg)?
            .header_bytes;
        damaged[usize::from(header_bytes)] ^= 1;
        let (damaged, demo_file) = (self.file("damaged", &damaged)?, self.file("demo", demo)?);
        let (_flash, mut machine) = self.start(self.bed.otp)?;
        let terminal = machine.terminal()?;
        await_line(&mut machine, "boot: refused image: wrong magic")?;
        await_line(&mut machine, IN_RECOVERY)?;

        let commands = [
            "parameters",
            "list",
            "upload",
            &damaged,
            "list",
            "reset",
            "recovery",
        ];
        let said = self.client(&terminal, &commands)?;
        let expected = format!("messages of {} bytes", recovery::MESSAGE_BYTES);
        check(&said, &[&expected, "0 images", " not bootable", "1 images"])?;
        await_line(&mut machine, "boot: refused image: wrong hash")?;

        let said = self.client(&terminal, &["upload", &demo_file, "list", "reset"])?;
        check(&said, &[" bootable", "1 images"])?;
        ensure!(!said.contains("not bootable"), "the good image: {said}");
        await_line(&mut machine, DEMO_STARTS)
    }

    /// An image with a lower counter than the device's is taken, and refused by the next start.
    fn no_way_back(&self) -> Result<()> {
        let mut otp = self.bed.otp.to_vec();
        let counter = Device::read(&otp).map_or(0, |device| device.security_counter);
        let second = layout::SECURITY_COUNTER_START + log::ENTRY_BYTES;
        otp[second..second + log::ENTRY_BYTES].copy_from_slice(&log::encode(counter + 1));
        let old = self.file("old", &self.small_image(counter)?)?;
        let (flash, mut machine) = self.start(&otp)?;
        let terminal = machine.terminal()?;
        let said = self.client(&terminal, &["upload", &old, "list", "reset", "recovery"])?;
        check(&said, &[" not bootable", "1 images"])?;
        await_line(
            &mut machine,
            "boot: refused image: security counter too low",
        )?;
        machine.cut_power()?;
        ensure!(flash.read("otp")? == otp, "OTP is another");
        Ok(())
    }

    /// A device that is out of use takes nothing.
    fn out_of_use(&self) -> Result<()> {
        let mut otp = self.bed.otp.to_vec();
        let second = layout::LIFECYCLE.start + log::ENTRY_BYTES;
        let state = provisioning::Lifecycle::Decommissioned as u32;
        otp[second..second + log::ENTRY_BYTES].copy_from_slice(&log::encode(state));
        let (_flash, mut machine) = self.start(&otp)?;
        await_line(&mut machine, "boot: refused recovery: device is out of use")?;
        machine.set_time(SILENCE);
        match machine.wait_for(|line| line.contains(IN_RECOVERY), |_| ())? {
            Event::TimeOut => Ok(()),
            event => bail!("{event:?} after the refusal"),
        }
    }

    /// A blank device with this OTP area, its console on a terminal.
    fn start(&self, otp: &[u8]) -> Result<(FlashFile<'_>, Machine)> {
        let effective = &self.bed.configured.effective;
        let flash = FlashFile::create(&self.folder.join("flash.bin"), effective, otp)?;
        let settings = Settings {
            effective,
            boot_elf: self.bed.world.boot_elf()?,
            flash: flash.path(),
            arguments: &[DEMO.binary],
            options: &TERMINAL,
        };
        let machine = Machine::start(&settings, TIME)?;
        Ok((flash, machine))
    }

    /// An image that needs little time on the line.
    fn small_image(&self, security_counter: u32) -> Result<Vec<u8>> {
        let effective = &self.bed.configured.effective;
        let mut options = firmware::options(effective)?;
        options.security_counter = SecurityCounter::Value(security_counter);
        let key = firmware::key(effective)?;
        let place = firmware::placement(effective)?;
        let stack_top = place.ram_address + place.ram_bytes;
        let reset_handler = place.image_address() + VECTORS_BYTES as u32;
        let mut payload = [0x5A; SMALL_BYTES];
        let (stack, handler) = payload[..VECTORS_BYTES].split_at_mut(size_of::<u32>());
        stack.copy_from_slice(&stack_top.to_le_bytes());
        handler.copy_from_slice(&(reset_handler | 1).to_le_bytes());
        signer::sign(&payload, &key, &options)
    }

    fn file(&self, name: &str, content: &[u8]) -> Result<String> {
        let path: &Path = &self.folder.join(format!("{name}.bin"));
        fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path.to_str().context("a path in UTF-8")?.into())
    }

    /// What the client says of these commands.
    fn client(&self, terminal: &str, commands: &[&str]) -> Result<String> {
        let mut command = Command::new(python::interpreter(&self.workspace)?);
        command.arg(self.workspace.root.join(PEER));
        process::output(command.arg(terminal).args(commands))
    }
}

fn await_line(machine: &mut Machine, words: &str) -> Result<()> {
    match machine.wait_for(|line| line.contains(words), |_| ())? {
        Event::Line(_) => Ok(()),
        event => bail!("no line `{words}`: {event:?}"),
    }
}

/// Whether all of this was said, in this order.
fn check(said: &str, expected: &[&str]) -> Result<()> {
    let mut rest = said;
    for words in expected {
        let (_, behind) = rest
            .split_once(words)
            .with_context(|| format!("no `{words}` in what the client says:\n{said}"))?;
        rest = behind;
    }
    Ok(())
}
