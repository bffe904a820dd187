// SPDX-License-Identifier: Apache-2.0
//! One device for one test: its flash is made for it and it is switched off at the end.

use crate::firmware::{SecureWorld, otp};
use crate::flash_file::FlashFile;
use crate::options::Configured;
use crate::qemu::{Event, Machine, Settings};
use crate::workspace::Workspace;
use anyhow::Result;
use std::time::Duration;

/// A device that does nothing for so long after a refused image will do nothing more.
const SILENCE: Duration = Duration::from_millis(500);
/// How many of the last lines a failure shows.
const LINES_SHOWN: usize = 12;

/// What all devices of a test run share.
pub struct Bench<'a> {
    /// Where things are.
    pub workspace: &'a Workspace,
    /// The configuration.
    pub configured: &'a Configured,
    /// Boot ROM and secure image.
    pub world: &'a SecureWorld,
}

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
    /// A line with all these words.
    Line(Vec<&'static str>),
    /// A line with these words, and none with the others before it or soon after it.
    Refusal {
        words: Vec<String>,
        never: &'static str,
    },
}

impl Bench<'_> {
    /// A device fresh from the factory with the image of the scenario.
    fn start(&self, scenario: &Scenario) -> Result<Machine> {
        let effective = &self.configured.effective;
        let path = self.configured.folder.join("test-flash.bin");
        let flash = FlashFile::create(&path, effective, &otp(self.workspace, effective)?)?;
        flash.write("primary", &scenario.image)?;
        let arguments: Vec<&str> = scenario.arguments.iter().map(String::as_str).collect();
        let settings = Settings {
            effective,
            boot_elf: &self.world.boot_elf,
            flash: flash.path(),
            arguments: &arguments,
            options: &[],
        };
        Machine::start(&settings, scenario.time)
    }

    /// Runs a scenario; results of a suite are counted one by one.
    pub fn run(&self, scenario: &Scenario, tally: &mut super::Tally) {
        let outcome = self.start(scenario).and_then(|mut machine| {
            let outcome = match &scenario.expects {
                Expects::Suite => suite(&mut machine, tally),
                Expects::Line(words) => line(&mut machine, words),
                Expects::Refusal { words, never } => refusal(&mut machine, words, never),
            };
            Ok(outcome?.map_err(|reason| with_output(&reason, &machine)))
        });
        match outcome {
            Ok(outcome) => tally.count(&scenario.name, outcome),
            Err(error) => tally.count(&scenario.name, Err(format!("{error:#}"))),
        }
    }
}

type Outcome = Result<Result<(), String>>;

fn suite(machine: &mut Machine, tally: &mut super::Tally) -> Outcome {
    let mut tests = 0;
    let event = machine.wait_for_exit(|line| {
        let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.split_once(" ... "))
        else {
            return;
        };
        tests += 1;
        let failed = outcome.strip_prefix("FAILED");
        tally.count(
            name,
            failed.map_or(Ok(()), |why| Err(why.trim_start_matches(": ").into())),
        );
    })?;
    Ok(match event {
        Event::Exit(status) if status.success() && tests > 0 => Ok(()),
        Event::Exit(status) if status.success() => Err(format!("no test ran ({status})")),
        Event::Exit(status) => Err(format!("the application ended with {status}")),
        _ => Err("the device hangs".into()),
    })
}

fn line(machine: &mut Machine, words: &[&str]) -> Outcome {
    let wanted = |line: &str| words.iter().all(|word| line.contains(word));
    Ok(match machine.wait_for(wanted, |_| ())? {
        Event::Line(_) => Ok(()),
        Event::Exit(status) => Err(format!("no line with {words:?}; QEMU ended with {status}")),
        Event::TimeOut => Err(format!("no line with {words:?} in time")),
    })
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

fn with_output(reason: &str, machine: &Machine) -> String {
    let seen = machine.seen();
    let last = seen
        .get(seen.len().saturating_sub(LINES_SHOWN)..)
        .unwrap_or_default();
    format!("{reason}\nlast output:\n{}", last.join("\n"))
}
