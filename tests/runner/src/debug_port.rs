// SPDX-License-Identifier: Apache-2.0
//! Whether the boot ROM has closed the debug port, by the registers of the emulated device: QEMU's
//! monitor reads them while the application runs.

use super::Tally;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::DEMO;
use builder::flash_file::FlashFile;
use builder::qemu::{Event, Machine, Settings};
use builder::slots;
use probe::debug_port::STATUS;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;
use std::{env, fs, process};

/// After so long the monitor counts as silent.
const TIME: Duration = Duration::from_secs(30);

/// What the demonstration hashes: it has no end, so the device is still there when it is asked.
const ENDLESS: &str = "/dev/zero";

/// A device as it is switched on, and what has to become of it.
pub struct Case<'a> {
    /// Name of the test.
    pub name: &'a str,
    /// The content of OTP.
    pub otp: &'a [u8],
    /// The image in the primary slot.
    pub image: &'a [u8],
    /// What it says when it has come as far as it comes.
    pub says: &'a str,
    /// The status of its debug port then.
    pub status: u32,
}

/// Starts each device and compares the status of its debug port.
pub fn run(bed: &TestBed<'_>, cases: &[Case<'_>], tally: &mut Tally) {
    for case in cases {
        let outcome = check(bed, case);
        tally.check(&format!("debug port: {}", case.name), outcome);
    }
}

fn check(bed: &TestBed<'_>, case: &Case<'_>) -> Result<()> {
    let effective = &bed.configured.effective;
    let file = bed.configured.folder.join("test-debug-port.bin");
    let flash = FlashFile::create(&file, effective, case.otp)?;
    slots::install(&flash, case.image)?;
    // The path of a socket is short.
    let socket = env::temp_dir().join(format!("casemate-{}.monitor", process::id()));
    let monitor = format!("unix:{},server=on,wait=off", socket.display());
    let settings = Settings {
        effective,
        boot_elf: bed.world.boot_elf()?,
        flash: flash.path(),
        arguments: &[DEMO.binary, ENDLESS],
        options: &["-monitor", &monitor],
    };
    let mut machine = Machine::start(&settings, TIME)?;
    let event = machine.wait_for(|line| line.contains(case.says), |_| ())?;
    if !matches!(event, Event::Line(_)) {
        bail!("no line `{}`:\n{}", case.says, machine.seen().join("\n"));
    }
    let status = read(&socket);
    let _ = fs::remove_file(&socket); // QEMU may have done it
    let (status, expected) = (status?, case.status);
    ensure!(status == expected, "{status:#x} instead of {expected:#x}");
    Ok(())
}

/// Has the monitor read the status.
fn read(socket: &Path) -> Result<u32> {
    let mut monitor = UnixStream::connect(socket).context("QEMU has no monitor")?;
    monitor.set_read_timeout(Some(TIME))?;
    writeln!(monitor, "xp /1wx {STATUS:#x}")?;
    let answer = format!("{STATUS:016x}: 0x");
    let mut seen = String::new();
    loop {
        if let Some((_, rest)) = seen.split_once(&answer)
            && let Some((digits, _)) = rest.split_once('\r')
        {
            return Ok(u32::from_str_radix(digits, 16)?);
        }
        let mut bytes = [0; 256];
        let count = monitor.read(&mut bytes).context("the monitor is silent")?;
        ensure!(count != 0, "the monitor said only: {seen}");
        seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
}
