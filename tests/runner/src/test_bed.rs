// SPDX-License-Identifier: Apache-2.0
//! The common data of all devices of a test run, and a new device.

use anyhow::{Context as _, Result, bail, ensure};
use builder::attestation::{CHALLENGE_OPTION, TOKEN, Verifier};
use builder::firmware::{DEMO, SecureWorld};
use builder::flash_file::FlashFile;
use builder::options::Configured;
use builder::qemu::{DETERMINISTIC, Event, Machine, Settings};
use std::time::Duration;

/// The first words that the demonstration prints: a refused image must not come so far.
pub const DEMO_STARTS: &str = "framework version";
/// Enough for a device to start and make a token.
const TOKEN_TIME: Duration = Duration::from_secs(60);
/// How many of the last lines a failure shows.
const LINES_SHOWN: usize = 12;

/// What all devices of a test run share.
pub struct TestBed<'a> {
    /// The configuration.
    pub configured: &'a Configured,
    /// Boot ROM and secure image.
    pub world: &'a SecureWorld,
    /// What each device was given in its factory.
    pub otp: &'a [u8],
}

impl TestBed<'_> {
    /// Asks a device that runs the demonstration for a token; its digits, which are verified.
    pub fn token(&self, image: &[u8], worker: usize) -> Result<String> {
        let verifier = Verifier::new(&self.configured.effective, self.otp, image)?;
        let challenge = verifier.challenge();
        // The demonstration hashes a file, any file.
        let file = self.world.boot_elf()?.to_str().context("a path in UTF-8")?;
        let arguments = [DEMO.binary, CHALLENGE_OPTION, &challenge, file];
        let mut machine = self.start(image, &arguments, TOKEN_TIME, worker)?;
        let event = machine.wait_for(|line| line.starts_with(TOKEN), |_| ())?;
        let Event::Line(line) = event else {
            bail!("{}", with_output("no token came", &machine));
        };
        let token = line.strip_prefix(TOKEN).unwrap_or_default();
        let report = verifier.verify(token)?;
        ensure!(report.verified, "{report}");
        Ok(token.to_owned())
    }

    /// A device fresh from the factory with this image.
    pub fn start(
        &self,
        image: &[u8],
        arguments: &[&str],
        time: Duration,
        worker: usize,
    ) -> Result<Machine> {
        let effective = &self.configured.effective;
        let path = self
            .configured
            .folder
            .join(format!("test-flash-{worker}.bin"));
        let flash = FlashFile::create(&path, effective, self.otp)?;
        flash.write("primary", image)?;
        let settings = Settings {
            effective,
            boot_elf: self.world.boot_elf()?,
            flash: flash.path(),
            arguments,
            options: &DETERMINISTIC,
        };
        Machine::start(&settings, time)
    }
}

/// A reason with the last lines of the device.
pub fn with_output(reason: &str, machine: &Machine) -> String {
    let seen = machine.seen();
    let last = seen
        .get(seen.len().saturating_sub(LINES_SHOWN)..)
        .unwrap_or_default();
    format!("{reason}\nlast output:\n{}", last.join("\n"))
}
