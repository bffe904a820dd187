// SPDX-License-Identifier: Apache-2.0
//! Power cuts while images are exchanged: QEMU is killed in steps of the exchange and of the way
//! back that are chosen at random. The image that runs at last, and the security counter, must be
//! those that was asked for: on trial, confirmed or not, or for good.

use super::Tally;
use super::device::Bench;
use super::power_cuts::fraction;
use super::upgrades::{self, Press};
use anyhow::{Context as _, Result, bail, ensure};
use boot::trailer::Flag;
use builder::flash_file::FlashFile;
use builder::slots;
use std::fs::File;
use std::num::NonZero;
use std::os::unix::fs::FileExt as _;
use std::thread;
use std::time::{Duration, Instant};

/// What the test is called, behind the name of its variant.
pub const NAME: &str = "exchanges outlive power cuts";

/// Power cuts in all.
const CUTS: usize = 60;
/// So many of them, at least, have to come when neither slot holds a whole image at its beginning.
const LEAST_IN_AN_EXCHANGE: usize = CUTS / 20;
/// So many images are asked for as they are to stay.
const PERMANENT: f64 = 0.3;
/// So many of the others are confirmed.
const CONFIRMED: f64 = 0.4;
/// So many cuts are followed by another in the start after it.
const AGAIN: f64 = 0.3;
/// The longest time after a mark until the cut; most are much shorter.
const LATEST: Duration = Duration::from_millis(5);
/// Where the status of an exchange has its marks (`boot::swap`).
const MARKS_BYTES: u64 = 48;
/// Copies for each sector of an image.
const STEPS: u64 = 3;

/// Cuts the power of devices that exchange images of `press`.
pub fn run(bench: &Bench<'_>, press: &Press, variant: &str, tally: &mut Tally) {
    let lanes = thread::available_parallelism().map_or(1, NonZero::get);
    let outcomes: Vec<Result<usize>> = thread::scope(|scope| {
        let lane = |number| {
            scope.spawn(move || Lane::new(bench, press, number)?.rage(CUTS.div_ceil(lanes)))
        };
        let lanes: Vec<_> = (0..lanes).map(lane).collect();
        let join = |lane: thread::ScopedJoinHandle<'_, Result<usize>>| {
            lane.join().unwrap_or_else(|_| bail!("a check panicked"))
        };
        lanes.into_iter().map(join).collect()
    });
    let outcome = outcomes.into_iter().sum::<Result<usize>>();
    let outcome = outcome.and_then(|in_an_exchange| {
        let is_enough = in_an_exchange >= LEAST_IN_AN_EXCHANGE;
        ensure!(
            is_enough,
            "only {in_an_exchange} cuts of {CUTS} came in an exchange"
        );
        Ok(in_an_exchange)
    });
    let name = match &outcome {
        Ok(count) => format!("{variant}{NAME}: {CUTS} of them, {count} in the middle of one"),
        Err(_) => format!("{variant}{NAME}"),
    };
    let outcome = outcome.map(|_| ()).map_err(|error| format!("{error:#}"));
    tally.count(&name, outcome);
}

/// One device, which gets one image after the other.
struct Lane<'a> {
    bench: &'a Bench<'a>,
    press: &'a Press,
    flash: FlashFile<'a>,
    /// What stays, and its counter.
    settled: (Vec<u8>, u32),
    /// How long a start with an exchange takes.
    start_time: Duration,
    done: usize,
    in_an_exchange: usize,
}

impl<'a> Lane<'a> {
    /// A device that has exchanged images once, without a cut.
    fn new(bench: &'a Bench<'a>, press: &'a Press, number: usize) -> Result<Self> {
        let path = upgrades::file(bench, &format!("swap-cuts-{number}"));
        let flash = FlashFile::create(&path, &bench.configured.effective, bench.otp)?;
        let counter = upgrades::security_counter(bench.otp)?;
        slots::install(&flash, &press.image(counter)?)?;
        let settled = (press.image(counter + 1)?, counter + 1);
        slots::ask(&flash, &settled.0, true)?;
        let mut lane = Self {
            bench,
            press,
            flash,
            settled,
            start_time: Duration::ZERO,
            done: 0,
            in_an_exchange: 0,
        };
        let begin = Instant::now();
        lane.start_at_last()?;
        lane.start_time = begin.elapsed();
        lane.check(&lane.settled.0, lane.settled.1)?;
        Ok(lane)
    }

    /// So many cuts; how many of them came in the middle of an exchange.
    fn rage(mut self, cuts: usize) -> Result<usize> {
        while self.done < cuts {
            let counter = self.settled.1 + 1;
            let new = (self.press.image(counter)?, counter);
            let is_permanent = fraction()? < PERMANENT;
            slots::ask(&self.flash, &new.0, is_permanent)?;
            let number = self.done;
            let outcome = self.offer(new, is_permanent);
            let path = self.flash.path().display().to_string();
            outcome.with_context(|| format!("after power cut {number} of {path}"))?;
        }
        Ok(self.in_an_exchange)
    }

    /// What becomes of an image that is asked for.
    fn offer(&mut self, new: (Vec<u8>, u32), is_permanent: bool) -> Result<()> {
        self.cut("primary", &new.0)?;
        self.start_at_last()?;
        if is_permanent {
            self.settled = new;
            return self.check(&self.settled.0, self.settled.1);
        }
        // A trial that was cut may be over already.
        let is_new = self.flash.read("primary")?.starts_with(&new.0);
        let running = if is_new { &new.0 } else { &self.settled.0 };
        self.check(running, self.settled.1)?;
        if is_new && fraction()? < CONFIRMED {
            self.confirm()?;
            self.cut("primary", &new.0)?;
            self.settled = new;
        } else {
            self.cut("secondary", &new.0)?;
        }
        self.start_at_last()?;
        self.check(&self.settled.0, self.settled.1)
    }

    /// The image that runs confirms itself.
    fn confirm(&self) -> Result<()> {
        let mut slot = self.flash.read("primary")?;
        let place = Flag::ImageOk.offset_bytes(slot.len()).context("a slot")?;
        let field = slot.get_mut(place..).context("a trailer")?;
        field
            .iter_mut()
            .zip(Flag::SET)
            .for_each(|(to, from)| *to &= from);
        self.flash.write("primary", &slot)
    }

    /// Cuts the power once or more often, at steps whose marks come in this slot.
    fn cut(&mut self, marks: &str, new: &[u8]) -> Result<()> {
        loop {
            self.cut_once(marks)?;
            let primary = self.flash.read("primary")?;
            let is_whole = [new, &self.settled.0]
                .into_iter()
                .any(|image| primary.starts_with(image));
            self.in_an_exchange += usize::from(!is_whole);
            self.done += 1;
            if fraction()? >= AGAIN {
                return Ok(());
            }
        }
    }

    /// Switches the device on and cuts its power soon after a step, or when it has started.
    fn cut_once(&self, marks: &str) -> Result<()> {
        let number = |key: &str| self.bench.configured.effective.number(key);
        let sector_bytes = number("flash.sector_bytes");
        let end = number(&format!("flash.areas.{marks}.offset_bytes"))
            + number(&format!("flash.areas.{marks}.size_bytes"));
        let steps = STEPS * (self.settled.0.len() as u64).div_ceil(sector_bytes);
        let step = (fraction()? * steps as f64) as u64;
        let unit_bytes = number("flash.program_unit_bytes");
        let place = end - sector_bytes + MARKS_BYTES + step * unit_bytes;
        let watched = File::open(self.flash.path())?;
        let read = || -> Result<[u8; 1]> {
            let mut byte = [0];
            watched.read_exact_at(&mut byte, place)?;
            Ok(byte)
        };
        let before = read()?;
        let machine = upgrades::start(self.bench, &self.flash)?;
        let begin = Instant::now();
        while begin.elapsed() < self.start_time {
            if read()? != before {
                thread::sleep(LATEST.mul_f64(fraction()?.powi(4)));
                break;
            }
            thread::yield_now();
        }
        machine.cut_power().map(|_| ())
    }

    /// Switches the device on without a cut.
    fn start_at_last(&self) -> Result<()> {
        let mut machine = upgrades::start(self.bench, &self.flash)?;
        upgrades::await_application(&mut machine)?;
        machine.cut_power().map(|_| ())
    }

    fn check(&self, primary: &[u8], counter: u32) -> Result<()> {
        upgrades::check(&self.flash, primary, counter)
    }
}
