// SPDX-License-Identifier: Apache-2.0
//! A scenario is one device for one test: its flash is made for it, and it is switched off at the
//! end.

use crate::test_bed::{TestBed, with_output};
use crate::{Tally, recovery};
use anyhow::Result;
use bench::latency;
use builder::qemu::{Event, Machine};
use builder::report;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A device that does nothing for so long after a refused image will do nothing more.
const SILENCE: Duration = Duration::from_millis(200);

/// What a device is given and what is expected of it.
pub struct Scenario {
    /// Name of the test.
    pub name: String,
    /// Content of the primary slot.
    pub image: Vec<u8>,
    /// The application's command line: its name, then arguments.
    pub arguments: Vec<String>,
    /// What has to happen.
    pub expects: Expects,
    /// After which time the device counts as hung.
    pub time: Duration,
}

/// What has to happen.
pub enum Expects {
    /// The application reports each of its tests by a line `test NAME ... ok` or
    /// `test NAME ... FAILED: WHY` and exits with success. Each line counts.
    Suite,
    /// A suite that also says at its end how many cases the configuration has: so many ran.
    Cases,
    /// A suite that also measures how long interrupts wait: within the limit of the profile.
    Interruption,
    /// The first line with `kind` has all these words too.
    Line {
        /// Part of the line.
        kind: &'static str,
        /// Further parts of the same line.
        words: &'static [&'static str],
    },
    /// A line of a fault and, after the reset, the record of that very fault, which the
    /// application read and printed.
    Fault {
        /// Parts of the line.
        words: &'static [&'static str],
    },
    /// A line with some words, and none with others before it or soon after it.
    Refusal {
        /// Parts of the line.
        words: Vec<String>,
        /// What no line may contain.
        never: &'static str,
    },
    /// A token about a challenge of the host, which the verifier of the host accepts.
    Token,
    /// Devices on which nothing can be started take images over the console.
    Recovery,
}

/// A test and what was wrong with it.
pub type Named = (String, Result<(), String>);

impl TestBed<'_> {
    /// Runs the scenarios, as many at once as the host has processors, and counts their results
    /// in the order of the list.
    pub fn run_all(&self, scenarios: &[Scenario], tally: &mut Tally) {
        let workers = thread::available_parallelism()
            .map_or(1, NonZero::get)
            .min(scenarios.len());
        let next = AtomicUsize::new(0);
        let (sender, results) = mpsc::channel();
        thread::scope(|scope| {
            for worker in 0..workers {
                let (sender, next) = (sender.clone(), &next);
                scope.spawn(move || {
                    while let Some((index, scenario)) = take(next, scenarios) {
                        if sender.send((index, self.run(scenario, worker))).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut early = BTreeMap::new();
            let mut expected = 0;
            for (index, named) in results {
                early.insert(index, named);
                while let Some(named) = early.remove(&expected) {
                    named
                        .into_iter()
                        .for_each(|(name, outcome)| tally.count(&name, outcome));
                    expected += 1;
                }
            }
        });
    }

    /// Runs a scenario; the tests of a suite are results of their own.
    fn run(&self, scenario: &Scenario, worker: usize) -> Vec<Named> {
        let mut named = Vec::new();
        let apart = match scenario.expects {
            Expects::Token => Some(self.token(&scenario.image, worker).map(|_| ())),
            Expects::Recovery => Some(recovery::run(self, &scenario.image)),
            _ => None,
        };
        if let Some(outcome) = apart {
            let outcome = outcome.map_err(|error| format!("{error:#}"));
            return vec![(scenario.name.clone(), outcome)];
        }
        let arguments: Vec<&str> = scenario.arguments.iter().map(String::as_str).collect();
        let machine = self.start(&scenario.image, &arguments, scenario.time, worker);
        let outcome = machine.and_then(|mut machine| {
            let outcome = match &scenario.expects {
                Expects::Suite => suite(&mut machine, &mut named),
                Expects::Cases => cases(&mut machine, &mut named),
                Expects::Interruption => self.interruption(&mut machine, &mut named),
                Expects::Line { kind, words } => line(&mut machine, kind, words),
                Expects::Fault { words } => fault(&mut machine, words),
                Expects::Refusal { words, never } => refusal(&mut machine, words, never),
                Expects::Token | Expects::Recovery => unreachable!("asked for above"),
            };
            Ok(outcome?.map_err(|reason| with_output(&reason, &machine)))
        });
        let outcome = outcome.unwrap_or_else(|error| Err(format!("{error:#}")));
        named.push((scenario.name.clone(), outcome));
        named
    }

    fn interruption(&self, machine: &mut Machine, named: &mut Vec<Named>) -> Outcome {
        let outcome = suite(machine, named)?;
        let counts = latency::counts(machine.seen());
        let within = latency::check(&self.configured.effective, &counts);
        Ok(outcome.and_then(|()| within.map_err(|error| error.to_string())))
    }
}

/// The next free scenario.
fn take<'a>(next: &AtomicUsize, scenarios: &'a [Scenario]) -> Option<(usize, &'a Scenario)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    scenarios.get(index).map(|scenario| (index, scenario))
}

/// An error is one of the host, the other one is told by the device.
pub type Outcome = Result<Result<(), String>>;

/// Waits for the end of an application that reports its tests, which are results of their own.
pub fn suite(machine: &mut Machine, named: &mut Vec<Named>) -> Outcome {
    let event = machine.wait_for_exit(|line| {
        let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.split_once(" ... "))
        else {
            return;
        };
        let why = outcome
            .strip_prefix("FAILED")
            .map(|why| why.trim_start_matches(": ").into());
        named.push((name.into(), why.map_or(Ok(()), Err)));
    })?;
    Ok(match event {
        Event::Exit(status) if status.success() && !named.is_empty() => Ok(()),
        Event::Exit(status) if status.success() => Err("no test ran".into()),
        Event::Exit(status) => Err(format!("the application ended with {status}")),
        _ => Err("the device hangs".into()),
    })
}

/// What a suite says at its end: `cases: RAN of ALL`, and which needs the others lack.
const CASES: &str = "cases: ";
const WITHOUT: &str = "without ";

fn cases(machine: &mut Machine, named: &mut Vec<Named>) -> Outcome {
    let outcome = suite(machine, named)?;
    let lines = machine.seen().iter();
    let told = lines.clone().find_map(|line| line.strip_prefix(CASES));
    let count: Option<usize> = told.and_then(|told| told.split_once(" of ")?.0.parse().ok());
    lines
        .filter(|line| line.starts_with(CASES) || line.starts_with(WITHOUT))
        .for_each(|line| report::say(format_args!("    {line}")));
    Ok(outcome.and_then(|()| match count {
        Some(count) if named.len() == count => Ok(()),
        Some(count) => Err(format!("{} cases ran, and there are {count}", named.len())),
        None => Err("the suite does not say how many cases there are".into()),
    }))
}

fn line(machine: &mut Machine, kind: &str, words: &[&str]) -> Outcome {
    Ok(await_line(machine, kind, words)?.map(|_| ()))
}

fn fault(machine: &mut Machine, words: &[&str]) -> Outcome {
    match await_line(machine, "fault: ", words)? {
        Ok(fault) => line(machine, &format!("recorded {fault}"), &[]),
        Err(reason) => Ok(Err(reason)),
    }
}

/// The next line with `kind`, which must have all the words.
fn await_line(machine: &mut Machine, kind: &str, words: &[&str]) -> Result<Result<String, String>> {
    Ok(
        match machine.wait_for(|line| line.contains(kind), |_| ())? {
            Event::Line(line) if words.iter().all(|word| line.contains(word)) => Ok(line),
            Event::Line(line) => Err(format!("`{line}` lacks some of {words:?}")),
            Event::Exit(status) => Err(format!("no line with `{kind}`; QEMU ended with {status}")),
            Event::TimeOut => Err(format!("no line with `{kind}` in time")),
        },
    )
}

fn refusal(machine: &mut Machine, words: &[String], never: &str) -> Outcome {
    let wanted = |line: &str| words.iter().all(|word| line.contains(word)) || line.contains(never);
    let event = machine.wait_for(wanted, |_| ())?;
    machine.set_time(SILENCE);
    let after = machine.wait_for(|line| line.contains(never), |_| ())?;
    let started = machine.seen().iter().any(|line| line.contains(never));
    Ok(match (event, after) {
        _ if started => Err(format!("the image was started: `{never}` came")),
        (Event::Line(_), _) => Ok(()),
        (Event::Exit(status), _) => {
            Err(format!("no line with {words:?}; QEMU ended with {status}"))
        }
        (Event::TimeOut, _) => Err(format!("no line with {words:?} in time")),
    })
}
