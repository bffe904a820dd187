// SPDX-License-Identifier: Apache-2.0
//! Upgrades on the device: a good one is installed and started; a bad one is refused and the old
//! image keeps running; an older one is refused.
//!
//! What the boot ROM says is compared with what is in the flash afterwards: the image in the
//! primary slot, the security counter, and whether the request is still there.

use super::image_series::ImageSeries;
use super::scenario::Named;
use super::test_bed::TestBed;
use super::{Tally, images, upgraded_device as device};
use anyhow::{Result, bail, ensure};
use boot::{Error, trailer};
use builder::firmware::Image;
use builder::flash_file::FlashFile;
use builder::qemu::Event;
use builder::slots;
use builder::workspace::Workspace;
use provisioning::{layout, log};
use std::num::NonZero;
use std::thread;

/// What each test is called, before its own name.
pub const NAME: &str = "boot upgrades";
/// How every line of the boot ROM begins.
const BOOT_SPEAKS: &str = "boot: ";

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
pub fn run(workspace: &Workspace, bed: &TestBed<'_>, image: &Image, tally: &mut Tally) {
    let outcome = cases(workspace, bed, image);
    let cases = match outcome {
        Ok(cases) => cases,
        Err(error) => return tally.count(NAME, Err(format!("{error:#}"))),
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let results: Vec<Named> = thread::scope(|scope| {
        let chunks = cases.chunks(cases.len().div_ceil(workers)).enumerate();
        let workers: Vec<_> = chunks
            .map(|(worker, chunk)| scope.spawn(move || run_all(bed, worker, chunk)))
            .collect();
        let lost = |_| vec![(NAME.into(), Err("a check panicked".into()))];
        let joined = workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(lost));
        joined.collect()
    });
    for (name, outcome) in results {
        tally.count(&name, outcome);
    }
}

/// Runs cases one after the other, on a flash file of their worker.
fn run_all(bed: &TestBed<'_>, worker: usize, cases: &[Case]) -> Vec<Named> {
    let named = |case: &Case| {
        let outcome = case.run(bed, worker);
        let name = format!("{NAME}: {}", case.name);
        (name, outcome.map_err(|error| format!("{error:#}")))
    };
    cases.iter().map(named).collect()
}

fn cases(workspace: &Workspace, bed: &TestBed<'_>, image: &Image) -> Result<Vec<Case>> {
    let effective = &bed.configured.effective;
    let series = ImageSeries::new(effective, image, 0)?;
    let now: u32 = effective.number("boot.security_counter").try_into()?;
    let (old, new) = (series.image(now)?, series.image(now + 1)?);
    let case = |name: &str, counter, primary: &[u8], secondary: Option<&[u8]>, expects| Case {
        name: name.into(),
        counter,
        primary: primary.to_vec(),
        secondary: secondary.map(<[u8]>::to_vec),
        expects,
    };
    let by_imgtool = images::padded_by_imgtool(workspace, bed, image)?;
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
    let broken = broken_images::broken_images(&series.key, &series.payload, room_bytes, now)?;
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
    fn run(&self, bed: &TestBed<'_>, worker: usize) -> Result<()> {
        let effective = &bed.configured.effective;
        let file = device::file(bed, &format!("upgrade-{worker}"));
        let mut otp = bed.otp.to_vec();
        if self.counter > device::security_counter(&otp)? {
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
        let mut machine = device::start(bed, &flash)?;
        match machine.wait_for(|line| line.starts_with(BOOT_SPEAKS), |_| ())? {
            Event::Line(line) => ensure!(line == words, "`{line}` instead of `{words}`"),
            _ => bail!("no line `{words}`:\n{}", machine.seen().join("\n")),
        }
        if !matches!(self.expects, Expects::Nothing(_)) {
            device::await_application(&mut machine)?;
        }
        machine.cut_power()?;
        device::check(&flash, primary, counter)
    }
}
