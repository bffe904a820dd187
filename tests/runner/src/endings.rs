// SPDX-License-Identifier: Apache-2.0
//! The emulator ends with its command, however that ends. A device has one command at a time.

use super::Tally;
use super::test_bed::TestBed;
use super::typed;
use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::Image;
use builder::options::Selection;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What the tests are called.
pub const NAME: &str = "emulator";
/// What the demonstration hashes: it has no end.
const ENDLESS: &str = "/dev/zero";
/// A disk on which nothing has room.
const FULL: &str = "/dev/full";
/// How long the emulator may take to end.
const TIME: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// Starts the demonstration by the command, and ends the command in several ways.
pub fn run(bed: &TestBed<'_>, selection: &Selection, image: &Image, tally: &mut Tally) {
    let flash = bed.configured.folder.join("test-endings.bin");
    let ending = Ending {
        bed,
        selection,
        application: &image.nonsecure_elf,
        flash,
    };
    let mut count = |name: &str, outcome: Result<()>| {
        let outcome = outcome;
        tally.check(&format!("{NAME}: {name}"), outcome);
    };
    count(
        "a device in use is refused; a killed command",
        ending.killed(),
    );
    count("the output of the command is not read", ending.unread());
    count("what the command says has no room", ending.full());
}

struct Ending<'a> {
    bed: &'a TestBed<'a>,
    selection: &'a Selection,
    application: &'a Path,
    flash: PathBuf,
}

impl Ending<'_> {
    fn command(&self) -> Command {
        let mut command = typed::command(self.bed, self.selection, "run");
        command.arg("--fresh").arg("--flash").arg(&self.flash);
        command.arg("--nonsecure").arg(self.application);
        command.arg(ENDLESS);
        command
    }

    fn killed(&self) -> Result<()> {
        let mut command = self.command();
        let mut first = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        // Who reads stays: this command is to be killed, not to end by itself.
        let mut output = BufReader::new(first.stdout.take().context("an output")?);
        let outcome = (|| {
            let mut line = String::new();
            output.read_line(&mut line)?;
            ensure!(!line.is_empty(), "the command ended by itself");
            ensure!(self.has_emulator()?, "the emulator is not found");
            let second = self.command().output()?;
            let words = String::from_utf8_lossy(&second.stderr);
            let is_refused = words.contains("used by another command");
            ensure!(
                !second.status.success() && is_refused,
                "refused so: {words}"
            );
            Ok(())
        })();
        first.kill()?;
        first.wait()?;
        self.wait_for_end()?;
        outcome
    }

    fn unread(&self) -> Result<()> {
        let mut command = self.command();
        let mut running = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        drop(running.stdout.take());
        let status = running.wait()?;
        ensure!(!status.success(), "the command ended with {status}");
        self.wait_for_end()
    }

    fn full(&self) -> Result<()> {
        let full = File::options().write(true).open(FULL)?;
        let output = self.command().stdout(full).output()?;
        let words = String::from_utf8_lossy(&output.stderr);
        let is_told = words.contains("cannot write the result");
        ensure!(!output.status.success() && is_told, "told so: {words}");
        self.wait_for_end()
    }

    /// Whether a process has the device.
    fn has_emulator(&self) -> Result<bool> {
        let device = format!("mem-path={}", self.flash.display());
        for process in fs::read_dir("/proc")? {
            // One that has ended by now has no command line.
            let line = fs::read(process?.path().join("cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&line).contains(&device) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn wait_for_end(&self) -> Result<()> {
        let end = Instant::now() + TIME;
        while self.has_emulator()? {
            if Instant::now() > end {
                bail!("the emulator goes on without its command");
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }
}
