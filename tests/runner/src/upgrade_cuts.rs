// SPDX-License-Identifier: Apache-2.0
//! Power cuts in upgrades: QEMU is killed at random moments of the boot ROM's work. The start
//! after it must run the new image, or the old one if the new one is damaged, and the security
//! counter must be that of the image that runs.
//!
//! Copying is a small part of a start, so most cuts do not come by the clock: they come when a
//! place in flash changes that was chosen at random, and a random time later. For that, each
//! image ends in bytes that no other has.

use super::Tally;
use super::device::Bench;
use super::power_cuts::fraction;
use super::upgrades::{self, Press};
use anyhow::{Context as _, Result, bail, ensure};
use builder::flash_file::FlashFile;
use builder::slots;
use std::fs::File;
use std::num::NonZero;
use std::os::unix::fs::FileExt as _;
use std::thread;
use std::time::{Duration, Instant};

/// What the test is called.
pub const NAME: &str = "upgrades outlive power cuts";

/// Power cuts in all.
const CUTS: usize = 200;
/// So many of them, at least, have to come when the upgrade has begun and is not done.
const LEAST_IN_AN_UPGRADE: usize = CUTS / 8;
/// So many of them come by the clock.
const BY_THE_CLOCK: f64 = 0.2;
/// So many new images are damaged.
const DAMAGED: f64 = 0.15;
/// So many cuts are followed by another in the start after it.
const AGAIN: f64 = 0.2;
/// The longest time after a change until the cut; most are much shorter.
const LATEST: Duration = Duration::from_millis(10);
/// So many bytes at the end of an image are different in each.
pub const FILLER_BYTES: usize = 0x8000;
/// How much of a place is watched.
const WATCHED_BYTES: usize = 8;

/// Cuts the power of devices that upgrade to images of `press`.
pub fn run(bench: &Bench<'_>, press: &Press, tally: &mut Tally) {
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
    let outcome = outcome.and_then(|in_an_upgrade| {
        ensure!(
            in_an_upgrade >= LEAST_IN_AN_UPGRADE,
            "only {in_an_upgrade} cuts of {CUTS} came in the middle of an upgrade"
        );
        Ok(in_an_upgrade)
    });
    let name = match &outcome {
        Ok(in_an_upgrade) => {
            format!("{NAME}: {CUTS} of them, {in_an_upgrade} in the middle of one")
        }
        Err(_) => NAME.into(),
    };
    let outcome = outcome.map(|_| ()).map_err(|error| format!("{error:#}"));
    tally.count(&name, outcome);
}

/// One device, which is upgraded again and again.
struct Lane<'a> {
    bench: &'a Bench<'a>,
    press: &'a Press,
    flash: FlashFile<'a>,
    /// What runs, and its counter.
    running: (Vec<u8>, u32),
    /// How long a start with an upgrade takes.
    start_time: Duration,
}

impl<'a> Lane<'a> {
    /// A device that was upgraded once, without a cut.
    fn new(bench: &'a Bench<'a>, press: &'a Press, number: usize) -> Result<Self> {
        let path = upgrades::file(bench, &format!("upgrade-cuts-{number}"));
        let flash = FlashFile::create(&path, &bench.configured.effective, bench.otp)?;
        let counter = upgrades::security_counter(bench.otp)? + 1;
        let image = press.image(counter)?;
        slots::request(&flash, &image)?;
        let mut lane = Self {
            bench,
            press,
            flash,
            running: (image, counter),
            start_time: Duration::ZERO,
        };
        let begin = Instant::now();
        lane.start_at_last()?;
        lane.start_time = begin.elapsed();
        Ok(lane)
    }

    /// So many cuts; how many of them came in the middle of an upgrade.
    fn rage(mut self, cuts: usize) -> Result<usize> {
        let (mut done, mut in_an_upgrade) = (0, 0);
        while done < cuts {
            let mut new = (self.press.image(self.running.1 + 1)?, self.running.1 + 1);
            slots::request(&self.flash, &new.0)?;
            if fraction()? < DAMAGED {
                let place = random_below(new.0.len())?;
                let mut damaged = new.0.clone();
                *damaged.get_mut(place).context("a place")? ^= 1;
                slots::request(&self.flash, &damaged)?;
                new = self.running.clone();
            }
            loop {
                let context = || format!("power cut {done} of {}", self.flash.path().display());
                self.cut_once().with_context(context)?;
                let is_in = self.is_in_an_upgrade(&new.0).with_context(context)?;
                in_an_upgrade += usize::from(is_in);
                done += 1;
                if done == cuts || fraction()? >= AGAIN {
                    break;
                }
            }
            self.running = new;
            let context = || format!("after power cut {done} of {}", self.flash.path().display());
            self.start_at_last().with_context(context)?;
        }
        Ok(in_an_upgrade)
    }

    /// Switches the device on and cuts its power at a random moment of its start.
    fn cut_once(&self) -> Result<()> {
        let watched = self.watched()?;
        let read = |offset| -> Result<[u8; WATCHED_BYTES]> {
            let mut bytes = [0; WATCHED_BYTES];
            watched.0.read_exact_at(&mut bytes, offset)?;
            Ok(bytes)
        };
        let before = watched.1.map(read).transpose()?;
        let machine = upgrades::start(self.bench, &self.flash)?;
        let begin = Instant::now();
        let end = match watched.1 {
            None => self.start_time.mul_f64(fraction()?),
            Some(_) => self.start_time,
        };
        while begin.elapsed() < end {
            match watched.1 {
                None => thread::sleep(end.saturating_sub(begin.elapsed())),
                Some(place) if Some(read(place)?) != before => {
                    thread::sleep(LATEST.mul_f64(fraction()?.powi(4)));
                    break;
                }
                Some(_) => thread::yield_now(),
            }
        }
        machine.cut_power().map(|_| ())
    }

    /// The flash, and the place in it at whose change the power is cut, if it is not cut by the
    /// clock: somewhere in the image, where the counter is raised, or where the request stands.
    fn watched(&self) -> Result<(File, Option<u64>)> {
        let effective = &self.bench.configured.effective;
        let number = |key: &str| effective.number(key);
        let secondary = number("flash.areas.secondary.offset_bytes");
        let end = secondary + number("flash.areas.secondary.size_bytes");
        let otp = self.flash.read("otp")?;
        let values = otp.get(provisioning::layout::SECURITY_COUNTER_START..);
        let free = provisioning::log::free_offset(values.unwrap_or_default());
        let free = free.context("the log of the counter is full")?;
        let free = provisioning::layout::SECURITY_COUNTER_START + free;
        let image = number("flash.areas.primary.offset_bytes");
        let filler = self
            .running
            .0
            .len()
            .checked_sub(FILLER_BYTES + WATCHED_BYTES);
        let filler = filler.context("the image has no filler")?;
        let place = filler + random_below(FILLER_BYTES)?;
        let chance = fraction()?;
        let place = if chance < BY_THE_CLOCK {
            None
        } else if chance < 0.3 {
            Some(number("flash.areas.otp.offset_bytes") + free as u64)
        } else if chance < 0.4 {
            Some(end - WATCHED_BYTES as u64)
        } else {
            Some(image + place as u64)
        };
        Ok((File::open(self.flash.path())?, place))
    }

    /// Whether something was written of an upgrade to `new` and the request is still there.
    /// Whatever was cut, one slot holds a whole image.
    fn is_in_an_upgrade(&self, new: &[u8]) -> Result<bool> {
        let primary = self.flash.read("primary")?;
        let counter = upgrades::security_counter(&self.flash.read("otp")?)?;
        let is_old = primary.starts_with(&self.running.0);
        let is_new = primary.starts_with(new);
        let is_requested = upgrades::has_request(&self.flash)?;
        ensure!(is_old || is_new || is_requested, "no slot holds an image");
        ensure!(
            counter == self.running.1 || is_new,
            "the counter was raised to {counter} before the image was there"
        );
        Ok(is_requested && !is_old)
    }

    /// Switches the device on without a cut: the image that should run does.
    fn start_at_last(&self) -> Result<()> {
        let mut machine = upgrades::start(self.bench, &self.flash)?;
        upgrades::await_application(&mut machine)?;
        machine.cut_power()?;
        upgrades::check(&self.flash, &self.running.0, self.running.1)
    }
}

/// A random number below `end`.
fn random_below(end: usize) -> Result<usize> {
    let number = (fraction()? * end as f64) as usize;
    Ok(number.min(end.saturating_sub(1)))
}
