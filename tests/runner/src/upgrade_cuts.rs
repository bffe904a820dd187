// SPDX-License-Identifier: Apache-2.0
//! Power cuts in upgrades: QEMU is killed at random moments of the boot ROM's work. The start
//! after it must run the new image, or the old one if the new one is damaged, and the security
//! counter must be that of the image that runs.
//!
//! Copying is a small part of a start, so most cuts do not come by the clock: they come when a
//! place in flash changes that was chosen at random, and a random time later. For that, each
//! image ends in bytes that no other has.

use super::Tally;
use super::cuts::{Cuts, WATCHED_BYTES, cut_at_change, fraction, random_below};
use super::image_series::ImageSeries;
use super::test_bed::TestBed;
use super::upgraded_device as device;
use anyhow::{Context as _, Result, ensure};
use builder::flash_file::FlashFile;
use builder::slots;
use std::thread;
use std::time::{Duration, Instant};

/// What the test is called.
pub const NAME: &str = "upgrades outlive power cuts";

/// Power cuts in all.
const CUTS: usize = 200;
/// How many of them, at least, have to come when the upgrade has begun and is not done.
const LEAST_IN_AN_UPGRADE: usize = CUTS / 8;
/// Part of the cuts that come by the clock.
const BY_THE_CLOCK: f64 = 0.2;
/// Part of the new images that are damaged.
const DAMAGED: f64 = 0.15;
/// Part of the cuts that are followed by another in the next start.
const AGAIN: f64 = 0.2;
/// The longest time after a change until the cut; most are much shorter.
const LATEST: Duration = Duration::from_millis(10);
/// Bytes at the end of an image that differ from image to image.
pub const FILLER_BYTES: usize = 0x8000;

/// Cuts the power of devices that upgrade to images of `series`.
pub fn run(bed: &TestBed<'_>, series: &ImageSeries, tally: &mut Tally) {
    let cuts = Cuts {
        name: NAME,
        count: CUTS,
        least_in_the_middle: LEAST_IN_AN_UPGRADE,
    };
    cuts.run(tally, |number, share| {
        Worker::new(bed, series, number)?.run(share)
    });
}

/// One device, which is upgraded again and again.
struct Worker<'a> {
    bed: &'a TestBed<'a>,
    series: &'a ImageSeries,
    flash: FlashFile<'a>,
    /// What runs, and its counter.
    running: (Vec<u8>, u32),
    /// How long a start with an upgrade takes.
    start_time: Duration,
}

impl<'a> Worker<'a> {
    /// A device that was upgraded once, without a cut.
    fn new(bed: &'a TestBed<'a>, series: &'a ImageSeries, number: usize) -> Result<Self> {
        let path = device::file(bed, &format!("upgrade-cuts-{number}"));
        let flash = FlashFile::create(&path, &bed.configured.effective, bed.otp)?;
        let counter = device::security_counter(bed.otp)? + 1;
        let image = series.image(counter)?;
        slots::request(&flash, &image)?;
        let mut worker = Self {
            bed,
            series,
            flash,
            running: (image, counter),
            start_time: Duration::ZERO,
        };
        let begin = Instant::now();
        worker.start_at_last()?;
        worker.start_time = begin.elapsed();
        Ok(worker)
    }

    /// Cuts `cuts` times; how many of them came in the middle of an upgrade.
    fn run(mut self, cuts: usize) -> Result<usize> {
        let (mut done, mut in_an_upgrade) = (0, 0);
        while done < cuts {
            let mut new = (self.series.image(self.running.1 + 1)?, self.running.1 + 1);
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
        if let Some(place) = self.watched()? {
            return cut_at_change(self.bed, &self.flash, place, LATEST, self.start_time);
        }
        let machine = device::start(self.bed, &self.flash)?;
        thread::sleep(self.start_time.mul_f64(fraction()?));
        machine.cut_power().map(|_| ())
    }

    /// The place in flash at whose change the power is cut, if it is not cut by the clock: somewhere
    /// in the image, where the counter is raised, or where the request stands.
    fn watched(&self) -> Result<Option<u64>> {
        let effective = &self.bed.configured.effective;
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
        Ok(if chance < BY_THE_CLOCK {
            None
        } else if chance < 0.3 {
            Some(number("flash.areas.otp.offset_bytes") + free as u64)
        } else if chance < 0.4 {
            Some(end - WATCHED_BYTES as u64)
        } else {
            Some(image + place as u64)
        })
    }

    /// Whether something was written of an upgrade to `new` and the request is still there.
    /// Whatever was cut, one slot holds a whole image.
    fn is_in_an_upgrade(&self, new: &[u8]) -> Result<bool> {
        let primary = self.flash.read("primary")?;
        let counter = device::security_counter(&self.flash.read("otp")?)?;
        let is_old = primary.starts_with(&self.running.0);
        let is_new = primary.starts_with(new);
        let is_requested = device::has_request(&self.flash)?;
        ensure!(is_old || is_new || is_requested, "no slot holds an image");
        ensure!(
            counter == self.running.1 || is_new,
            "the counter was raised to {counter} before the image was there"
        );
        Ok(is_requested && !is_old)
    }

    /// Switches the device on without a cut: the image that should run does.
    fn start_at_last(&self) -> Result<()> {
        let mut machine = device::start(self.bed, &self.flash)?;
        device::await_application(&mut machine)?;
        machine.cut_power()?;
        device::check(&self.flash, &self.running.0, self.running.1)
    }
}
