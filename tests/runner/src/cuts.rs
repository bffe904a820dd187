// SPDX-License-Identifier: Apache-2.0
//! What the tests that cut the power have in common: devices side by side, and cuts at a moment that
//! was chosen at random.

use super::test_bed::TestBed;
use super::{Tally, upgraded_device};
use anyhow::{Result, bail, ensure};
use builder::flash_file::FlashFile;
use std::fs::File;
use std::num::NonZero;
use std::os::unix::fs::FileExt as _;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many bytes of a place are watched.
pub const WATCHED_BYTES: usize = 8;

/// A test that cuts the power.
pub struct Cuts<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Power cuts in all.
    pub count: usize,
    /// How many of them, at least, have to come in the middle of what is tested.
    pub least_in_the_middle: usize,
}

impl Cuts<'_> {
    /// Has a device for each processor of the host cut its share. `device` gets its number and its
    /// share, and gives how many cuts came in the middle.
    pub fn run(&self, tally: &mut Tally, device: impl Fn(usize, usize) -> Result<usize> + Sync) {
        let workers = thread::available_parallelism().map_or(1, NonZero::get);
        let share = self.count.div_ceil(workers);
        let outcomes: Vec<Result<usize>> = thread::scope(|scope| {
            let device = &device;
            let start = |number| scope.spawn(move || device(number, share));
            let workers: Vec<_> = (0..workers).map(start).collect();
            let join = |worker: ScopedJoinHandle<'_, Result<usize>>| {
                worker.join().unwrap_or_else(|_| bail!("a check panicked"))
            };
            workers.into_iter().map(join).collect()
        });
        let Self { name, count, .. } = self;
        match outcomes.into_iter().sum::<Result<usize>>() {
            Ok(in_the_middle) => tally.check(
                &format!("{name}: {count} of them, {in_the_middle} in the middle"),
                self.judge(in_the_middle),
            ),
            Err(error) => tally.check(name, Err(error)),
        }
    }

    fn judge(&self, in_the_middle: usize) -> Result<()> {
        ensure!(
            in_the_middle >= self.least_in_the_middle,
            "at least {} have to come in the middle",
            self.least_in_the_middle
        );
        Ok(())
    }
}

/// Switches a device on and cuts its power soon after `place` in its flash has changed, `latest` at
/// most, or after `time`.
pub fn cut_at_change(
    bed: &TestBed<'_>,
    flash: &FlashFile<'_>,
    place: u64,
    latest: Duration,
    time: Duration,
) -> Result<()> {
    let watched = File::open(flash.path())?;
    let read = || -> Result<[u8; WATCHED_BYTES]> {
        let mut bytes = [0; WATCHED_BYTES];
        watched.read_exact_at(&mut bytes, place)?;
        Ok(bytes)
    };
    let before = read()?;
    let machine = upgraded_device::start(bed, flash)?;
    let begin = Instant::now();
    while begin.elapsed() < time {
        if read()? != before {
            // Most cuts come much sooner than the latest.
            thread::sleep(latest.mul_f64(fraction()?.powi(4)));
            break;
        }
        thread::yield_now();
    }
    machine.cut_power().map(|_| ())
}

/// A random number from 0 to 1.
pub fn fraction() -> Result<f64> {
    let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH)?.subsec_nanos();
    let mixed = nanoseconds.wrapping_mul(0x9E37_79B1);
    Ok(f64::from(mixed) / f64::from(u32::MAX))
}

/// A random number below `end`.
pub fn random_below(end: usize) -> Result<usize> {
    let number = (fraction()? * end as f64) as usize;
    Ok(number.min(end.saturating_sub(1)))
}
