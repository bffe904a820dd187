// SPDX-License-Identifier: Apache-2.0
//! Power cuts: QEMU is killed at random moments of an application that writes to storage, and the
//! flash file is checked after each.
//!
//! The application says what it is about to do, so for every object it is known which content is
//! right, or, for the one that was being written, which two are. Another client's object is there
//! from the first start on, under a uid that the application uses too, and a persistent key.

use super::Tally;
use super::cuts::{Cuts, fraction};
use super::scenarios::SUITE;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, bail, ensure};
use builder::flash_file::{FlashFile, trusted_storage};
use builder::qemu::{Event, Machine, Settings};
use flash::fake::FileFlash;
use its::host::inspect::{Report, inspect};
use power_cut_protocol::{FOUND, KEY_MADE, Object, Step, TAKEN};
use psa::ClientId;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What the test is called.
pub const NAME: &str = "storage outlives power cuts";

/// Power cuts in all.
const CUTS: usize = 200;
/// How many of them, at least, have to come in the middle of a call.
const LEAST_IN_A_CALL: usize = CUTS / 4;
/// How long the application writes at most before its power is cut.
const LONGEST_WRITING: Duration = Duration::from_millis(40);
/// After which time a device that does not come so far counts as hung.
const TIME: Duration = Duration::from_secs(60);
/// The non-secure world.
const APPLICATION: i32 = -1;
/// Another client, a secure partition, and its object.
const OTHER_OWNER: i32 = 1000;
const OTHER_UID: u64 = 1;
const OTHER_DATA: &[u8] = &[0xA5; 300];

/// What belongs to others, by owner and uid.
type Foreign = BTreeMap<(i32, u64), Vec<u8>>;
/// What there is, by uid.
type Objects = BTreeMap<u64, u32>;

/// Cuts the power of devices with the suite in their primary slot.
pub fn run(bed: &TestBed<'_>, image: &[u8], tally: &mut Tally) {
    let cuts = Cuts {
        name: NAME,
        count: CUTS,
        least_in_the_middle: LEAST_IN_A_CALL,
    };
    cuts.run(tally, |number, share| {
        cut_one_device(bed, image, number, share)
    });
}

/// Cuts the power of one device again and again; how often that came in the middle of a call.
fn cut_one_device(bed: &TestBed<'_>, image: &[u8], worker: usize, cuts: usize) -> Result<usize> {
    let effective = &bed.configured.effective;
    let path = bed
        .configured
        .folder
        .join(format!("power_cuts-{worker}.bin"));
    let flash = FlashFile::create(&path, effective, bed.otp)?;
    flash.write("primary", image)?;
    let (origin, geometry) = trusted_storage(effective)?;
    its::host::put_object(
        FileFlash::open(&path, origin, geometry)?,
        ClientId::new(OTHER_OWNER),
        OTHER_UID,
        OTHER_DATA,
    );
    let settings = Settings {
        effective,
        boot_elf: bed.world.boot_elf()?,
        flash: flash.path(),
        arguments: &[SUITE.binary, "power_cuts"],
        options: &[],
    };
    let (mut objects, mut in_a_call) = (Objects::new(), 0);
    let mut foreign: Option<Foreign> = None;
    for cut in 0..cuts {
        let mut once = || -> Result<()> {
            let lines = cut_once(&settings)?;
            let key_made = lines.iter().any(|line| line == KEY_MADE);
            ensure!(key_made == (cut == 0), "the persistent key is gone");
            let open = follow(&mut objects, &lines)?;
            let report = inspect(&FileFlash::open_to_read(&path, origin, geometry)?);
            let (found, others) = compare(&report, &objects, open)?;
            objects = found;
            let before = foreign.get_or_insert_with(|| others.clone());
            ensure!(others == *before, "something of another client has changed");
            in_a_call += usize::from(open.is_some());
            Ok(())
        };
        once().with_context(|| format!("power cut {cut} of {}", path.display()))?;
    }
    Ok(in_a_call)
}

/// Switches the device on and cuts its power after a random time of writing.
fn cut_once(settings: &Settings<'_>) -> Result<Vec<String>> {
    let mut machine = Machine::start(settings, TIME)?;
    match machine.wait_for(|line| line.starts_with(FOUND), |_| ())? {
        Event::Line(_) => {}
        _ => bail!("no application:\n{}", machine.seen().join("\n")),
    }
    let end = Instant::now() + LONGEST_WRITING.mul_f64(fraction()?);
    machine.set_time(end.saturating_duration_since(Instant::now()));
    match machine.wait_for_exit(|_| ())? {
        Event::TimeOut => machine.cut_power(),
        _ => bail!("the application ended:\n{}", machine.seen().join("\n")),
    }
}

/// Takes the steps that were taken; gives the one that perhaps was.
fn follow(objects: &mut Objects, lines: &[String]) -> Result<Option<Step>> {
    let mut open = None;
    for line in lines {
        if let Some(count) = line.strip_prefix(FOUND) {
            let count: usize = count.parse()?;
            ensure!(
                count == objects.len(),
                "the application found {count} objects of {}",
                objects.len()
            );
        } else if line == TAKEN {
            take(
                objects,
                open.take().context("a step that was not announced")?,
            );
        } else if let Ok(step) = line.parse() {
            // The one before, if it is open, was refused.
            open = Some(step);
        }
    }
    Ok(open)
}

fn take(objects: &mut Objects, step: Step) {
    match step {
        Step::Set(Object { uid, version }) => objects.insert(uid, version),
        Step::Remove(uid) => objects.remove(&uid),
    };
}

/// Whether the flash holds what it should, with the open step taken or not; gives what it holds.
fn compare(report: &Report, before: &Objects, open: Option<Step>) -> Result<(Objects, Foreign)> {
    ensure!(report.problems.is_empty(), "{}", report.problems.join("; "));
    let mut found = Objects::new();
    let mut others = Foreign::new();
    for object in &report.objects {
        let identity = object.identity.context("an object without a name")?;
        let data = object.data.as_deref().context("a damaged object")?;
        if identity.owner() != APPLICATION {
            others.insert((identity.owner(), identity.uid()), data.to_vec());
        } else {
            let whole = Object::read(identity.uid(), data).context("an object is not whole")?;
            found.insert(whole.uid, whole.version);
        }
    }
    let other = others.get(&(OTHER_OWNER, OTHER_UID)).map(Vec::as_slice);
    ensure!(
        other == Some(OTHER_DATA),
        "the object of another client is not what it was"
    );
    let mut after = before.clone();
    if let Some(step) = open {
        take(&mut after, step);
    }
    ensure!(
        found == *before || found == after,
        "the flash holds {found:?} instead of {before:?}, in the middle of {open:?}"
    );
    Ok((found, others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use power_cut_protocol::MOST_BYTES;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(String::from).collect()
    }

    #[test]
    fn steps_are_taken_when_they_are_told() {
        let mut objects = Objects::from([(1, 5)]);
        let text = "power cuts: found 1\npower cuts: set 2 6\npower cuts: taken\npower cuts: set 3 7\n\
                    power cuts: remove 1\npower cuts: taken\npower cuts: set 2 8\npower cuts: ta";
        let open = follow(&mut objects, &lines(text)).unwrap();
        assert_eq!(objects, Objects::from([(2, 6)]));
        let last = Object { uid: 2, version: 8 };
        assert_eq!(open, Some(Step::Set(last)));
        assert!(follow(&mut objects, &lines("power cuts: found 2")).is_err());
        assert!(follow(&mut objects, &lines("power cuts: taken")).is_err());
    }

    #[test]
    fn the_flash_is_old_or_new() {
        let object = |owner, object: Object| {
            let data = object.content(&mut [0; MOST_BYTES]).to_vec();
            let data = if owner == OTHER_OWNER {
                OTHER_DATA.to_vec()
            } else {
                data
            };
            its::host::inspect::Object {
                identity: Some(its::Identity::new(owner, object.uid)),
                sector: 0,
                flags: 0,
                data: Some(data),
            }
        };
        let (old, new) = (Object { uid: 1, version: 5 }, Object { uid: 1, version: 6 });
        let before = Objects::from([(1, 5)]);
        let open = Some(Step::Set(new));
        let holds = |objects: &[Object], open| {
            let mut report = Report::default();
            report.objects.push(object(OTHER_OWNER, old));
            report
                .objects
                .extend(objects.iter().map(|found| object(APPLICATION, *found)));
            compare(&report, &before, open).map(|(found, _)| found)
        };
        assert_eq!(holds(&[old], open).unwrap(), before);
        assert_eq!(holds(&[new], open).unwrap(), Objects::from([(1, 6)]));
        assert!(holds(&[new], None).is_err());
        assert!(holds(&[], open).is_err());
        let further = Object { uid: 2, version: 1 };
        assert!(holds(&[old, further], open).is_err());
        assert!(compare(&Report::default(), &Objects::new(), None).is_err());
    }
}
