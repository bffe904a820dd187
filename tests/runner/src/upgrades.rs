// SPDX-License-Identifier: Apache-2.0
//! Upgrades on the device: good ones are installed and started, bad ones are refused and what ran
//! before runs on, and there is no way back.
//!
//! What the boot ROM says is compared with what is in the flash afterwards: the image in the
//! primary slot, the security counter, and whether the request is still there.

use super::device::{Bench, Named};
use super::scenarios::DEMO_SPEAKS;
use super::{Tally, images};
use anyhow::{Context as _, Result, bail, ensure};
use boot::{Error, trailer};
use builder::firmware::{self, DEMO, Image};
use builder::flash_file::FlashFile;
use builder::qemu::{Event, Machine, Settings};
use builder::slots;
use builder::workspace::{Workspace, read};
use configure::Effective;
use provisioning::{Device, layout, log};
use signer::{SecurityCounter, SigningKey};
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// What each test is called, before its own name.
pub const NAME: &str = "boot upgrades";
/// After which time a device that does not come so far counts as hung.
pub const TIME: Duration = Duration::from_secs(60);
/// How every line of the boot ROM begins.
const BOOT_SPEAKS: &str = "boot: ";

/// Makes images of one payload with counters of their own.
pub struct Press {
    key: SigningKey,
    payload: Vec<u8>,
    filler_bytes: usize,
    options: signer::Options,
}

impl Press {
    /// For the payload of an image, and behind it so many bytes by which images differ.
    pub fn new(effective: &Effective, image: &Image, filler_bytes: usize) -> Result<Self> {
        Ok(Self {
            key: firmware::key(effective)?,
            payload: read(&image.payload)?,
            filler_bytes,
            options: firmware::options(effective)?,
        })
    }

    /// The image with this security counter, which is its version too.
    pub fn image(&self, security_counter: u32) -> Result<Vec<u8>> {
        let mut options = self.options.clone();
        options.security_counter = SecurityCounter::Value(security_counter);
        options.version.build = security_counter;
        let mut payload = self.payload.clone();
        payload.resize(payload.len() + self.filler_bytes, security_counter as u8);
        signer::sign(&payload, &self.key, &options)
    }
}

/// A device before its start, and what has to be the case after it.
struct Case {
    name: String,
    /// How often the counter was raised already.
    counter: u32,
    primary: Vec<u8>,
    secondary: Option<Vec<u8>>,
    expects: Expects,
}

enum Expects {
    /// The image of the secondary slot runs, and the counter is its.
    Installed { counter: u32 },
    /// The upgrade is refused, the image of the primary slot runs.
    Refused(Error),
    /// The image of the primary slot is refused; nothing runs.
    Nothing(Error),
}

/// Runs all of them.
pub fn run(workspace: &Workspace, bench: &Bench<'_>, image: &Image, tally: &mut Tally) {
    let outcome = cases(workspace, bench, image);
    let cases = match outcome {
        Ok(cases) => cases,
        Err(error) => return tally.count(NAME, Err(format!("{error:#}"))),
    };
    let lanes = thread::available_parallelism().map_or(1, NonZero::get);
    let results: Vec<Named> = thread::scope(|scope| {
        let chunks = cases.chunks(cases.len().div_ceil(lanes)).enumerate();
        let lanes: Vec<_> = chunks
            .map(|(lane, chunk)| scope.spawn(move || run_all(bench, lane, chunk)))
            .collect();
        let lost = |_| vec![(NAME.into(), Err("a check panicked".into()))];
        let joined = lanes
            .into_iter()
            .flat_map(|lane| lane.join().unwrap_or_else(lost));
        joined.collect()
    });
    for (name, outcome) in results {
        tally.count(&name, outcome);
    }
}

/// Runs cases one after the other, on a flash file of their lane.
fn run_all(bench: &Bench<'_>, lane: usize, cases: &[Case]) -> Vec<Named> {
    let named = |case: &Case| {
        let outcome = case.run(bench, lane);
        let name = format!("{NAME}: {}", case.name);
        (name, outcome.map_err(|error| format!("{error:#}")))
    };
    cases.iter().map(named).collect()
}

fn cases(workspace: &Workspace, bench: &Bench<'_>, image: &Image) -> Result<Vec<Case>> {
    let effective = &bench.configured.effective;
    let press = Press::new(effective, image, 0)?;
    let now: u32 = effective.number("boot.security_counter").try_into()?;
    let (old, new) = (press.image(now)?, press.image(now + 1)?);
    let case = |name: &str, counter, primary: &[u8], secondary: Option<&[u8]>, expects| Case {
        name: name.into(),
        counter,
        primary: primary.to_vec(),
        secondary: secondary.map(<[u8]>::to_vec),
        expects,
    };
    let by_imgtool = images::padded_by_imgtool(workspace, bench, image)?;
    let too_low = Error::CounterTooLow;
    let mut all = vec![
        case(
            "a higher counter",
            now,
            &old,
            Some(&new),
            Expects::Installed { counter: now + 1 },
        ),
        case(
            "the same counter, into a blank slot",
            now,
            &[],
            Some(&old),
            Expects::Installed { counter: now },
        ),
        case(
            "signed and padded by imgtool",
            now,
            &old,
            Some(&by_imgtool),
            Expects::Installed { counter: now },
        ),
        case(
            "a lower counter in the secondary slot",
            now + 1,
            &new,
            Some(&old),
            Expects::Refused(too_low),
        ),
        case(
            "a lower counter in the primary slot",
            now + 1,
            &old,
            None,
            Expects::Nothing(too_low),
        ),
        case(
            "a lower counter in both slots",
            now + 1,
            &old,
            Some(&old),
            Expects::Nothing(too_low),
        ),
    ];
    let slot_bytes: usize = effective
        .number("flash.areas.secondary.size_bytes")
        .try_into()?;
    let room_bytes = slot_bytes - trailer::MAGIC.len();
    let broken = signer::broken_images(&press.key, &press.payload, room_bytes, now)?;
    let broken = broken
        .iter()
        .filter(|broken| broken.image.len() <= room_bytes);
    all.extend(broken.map(|broken| {
        let expects = Expects::Refused(broken.error);
        case(broken.name, now, &old, Some(&broken.image), expects)
    }));
    Ok(all)
}

impl Case {
    fn run(&self, bench: &Bench<'_>, lane: usize) -> Result<()> {
        let effective = &bench.configured.effective;
        let file = file(bench, &format!("upgrade-{lane}"));
        let mut otp = bench.otp.to_vec();
        if self.counter > security_counter(&otp)? {
            let second = layout::SECURITY_COUNTER_START + log::ENTRY_BYTES;
            otp[second..second + log::ENTRY_BYTES].copy_from_slice(&log::encode(self.counter));
        }
        let flash = FlashFile::create(&file, effective, &otp)?;
        slots::install(&flash, &self.primary)?;
        if let Some(image) = &self.secondary {
            slots::request(&flash, image)?;
        }
        let (words, counter, primary) = match &self.expects {
            Expects::Installed { counter } => (
                "boot: upgrade installed".into(),
                *counter,
                self.secondary.as_deref().unwrap_or_default(),
            ),
            Expects::Refused(error) => (
                format!("boot: upgrade refused: {}", error.as_str()),
                self.counter,
                &self.primary[..],
            ),
            Expects::Nothing(error) => (
                format!("boot: refused image: {}", error.as_str()),
                self.counter,
                &self.primary[..],
            ),
        };
        let mut machine = start(bench, &flash)?;
        match machine.wait_for(|line| line.starts_with(BOOT_SPEAKS), |_| ())? {
            Event::Line(line) => ensure!(line == words, "`{line}` instead of `{words}`"),
            _ => bail!("no line `{words}`:\n{}", machine.seen().join("\n")),
        }
        if !matches!(self.expects, Expects::Nothing(_)) {
            await_application(&mut machine)?;
        }
        machine.cut_power()?;
        check(&flash, primary, counter)
    }
}

/// The flash file of a test.
pub fn file(bench: &Bench<'_>, name: &str) -> PathBuf {
    bench.configured.folder.join(format!("{name}.bin"))
}

/// Switches a device on.
pub fn start(bench: &Bench<'_>, flash: &FlashFile<'_>) -> Result<Machine> {
    let settings = Settings {
        effective: &bench.configured.effective,
        boot_elf: &bench.world.boot_elf,
        flash: flash.path(),
        arguments: &[DEMO.binary],
        options: &[],
    };
    Machine::start(&settings, TIME)
}

/// Waits until the demonstration runs.
pub fn await_application(machine: &mut Machine) -> Result<()> {
    match machine.wait_for(|line| line.contains(DEMO_SPEAKS), |_| ())? {
        Event::Line(_) => Ok(()),
        _ => bail!("nothing was started:\n{}", machine.seen().join("\n")),
    }
}

/// Whether a device has this image in its primary slot, this counter, and no request.
pub fn check(flash: &FlashFile<'_>, primary: &[u8], counter: u32) -> Result<()> {
    let signed = boot::Manifest::read_any(primary);
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
