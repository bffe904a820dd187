// SPDX-License-Identifier: Apache-2.0
//! Power cuts during a swap: QEMU is killed at random steps of the swap and of going back. In the
//! end the image and the security counter must be the expected ones.

use super::Tally;
use super::cuts::{Cuts, cut_at_change, fraction};
use super::image_series::ImageSeries;
use super::test_bed::TestBed;
use super::upgraded_device as device;
use anyhow::{Context as _, Result};
use boot::trailer::Flag;
use builder::flash_file::FlashFile;
use builder::slots;
use std::time::{Duration, Instant};

/// The variant that is tested.
pub const VARIANT: &str = "swap";
/// What the test is called, behind the name of its variant.
pub const NAME: &str = "exchanges outlive power cuts";

/// Power cuts in all.
const CUTS: usize = 60;
/// How many of them, at least, have to come when neither slot holds a whole image at its beginning.
const LEAST_IN_AN_EXCHANGE: usize = CUTS / 20;
/// Part of the images that are asked for as they are to stay.
const PERMANENT: f64 = 0.3;
/// Part of the others that are confirmed.
const CONFIRMED: f64 = 0.4;
/// Part of the cuts that are followed by another in the next start.
const AGAIN: f64 = 0.3;
/// The longest time after a mark until the cut; most are much shorter.
const LATEST: Duration = Duration::from_millis(5);
/// Where the status of an exchange has its marks (`boot::swap`).
const MARKS_BYTES: u64 = 48;
/// Copies for each sector of an image.
const STEPS: u64 = 3;

/// Cuts the power of devices that exchange images of `series`.
pub fn run(bed: &TestBed<'_>, series: &ImageSeries, variant: &str, tally: &mut Tally) {
    let cuts = Cuts {
        name: &format!("{variant}{NAME}"),
        count: CUTS,
        least_in_the_middle: LEAST_IN_AN_EXCHANGE,
    };
    cuts.run(tally, |number, share| {
        Worker::new(bed, series, number)?.run(share)
    });
}

/// One device, which gets one image after the other.
struct Worker<'a> {
    bed: &'a TestBed<'a>,
    series: &'a ImageSeries,
    flash: FlashFile<'a>,
    /// What stays, and its counter.
    settled: (Vec<u8>, u32),
    /// How long a start with an exchange takes.
    start_time: Duration,
    done: usize,
    in_an_exchange: usize,
}

impl<'a> Worker<'a> {
    /// A device that has exchanged images once, without a cut.
    fn new(bed: &'a TestBed<'a>, series: &'a ImageSeries, number: usize) -> Result<Self> {
        let path = device::file(bed, &format!("swap-cuts-{number}"));
        let flash = FlashFile::create(&path, &bed.configured.effective, bed.otp)?;
        let counter = device::security_counter(bed.otp)?;
        slots::install(&flash, &series.image(counter)?)?;
        let settled = (series.image(counter + 1)?, counter + 1);
        slots::ask(&flash, &settled.0, true)?;
        let mut worker = Self {
            bed,
            series,
            flash,
            settled,
            start_time: Duration::ZERO,
            done: 0,
            in_an_exchange: 0,
        };
        let begin = Instant::now();
        worker.start_at_last()?;
        worker.start_time = begin.elapsed();
        worker.check(&worker.settled.0, worker.settled.1)?;
        Ok(worker)
    }

    /// Cuts at least `cuts` times; how many of them came in the middle of an exchange.
    fn run(mut self, cuts: usize) -> Result<usize> {
        while self.done < cuts {
            let counter = self.settled.1 + 1;
            let new = (self.series.image(counter)?, counter);
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
        let number = |key: &str| self.bed.configured.effective.number(key);
        let sector_bytes = number("flash.sector_bytes");
        let end = number(&format!("flash.areas.{marks}.offset_bytes"))
            + number(&format!("flash.areas.{marks}.size_bytes"));
        let steps = STEPS * (self.settled.0.len() as u64).div_ceil(sector_bytes);
        let step = (fraction()? * steps as f64) as u64;
        let unit_bytes = number("flash.program_unit_bytes");
        let place = end - sector_bytes + MARKS_BYTES + step * unit_bytes;
        cut_at_change(self.bed, &self.flash, place, LATEST, self.start_time)
    }

    /// Switches the device on without a cut.
    fn start_at_last(&self) -> Result<()> {
        let mut machine = device::start(self.bed, &self.flash)?;
        device::await_application(&mut machine)?;
        machine.cut_power().map(|_| ())
    }

    fn check(&self, primary: &[u8], counter: u32) -> Result<()> {
        device::check(&self.flash, primary, counter)
    }
}
