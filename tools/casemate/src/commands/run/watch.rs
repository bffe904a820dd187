// SPDX-License-Identifier: Apache-2.0
//! A running device: its lines are shown, and one that can't go on is stopped.

use super::debugger::Debugger;
use super::{SECONDS_MAX, TIMEOUT_SECONDS};
use crate::commands::fault::{self, Firmware};
use anyhow::{Result, bail};
use builder::firmware::{Image, SecureWorld};
use builder::flash_file::FlashFile;
use builder::options::Configured;
use builder::qemu::{DETERMINISTIC, Event, Machine, Settings};
use builder::workspace::{Workspace, read};
use std::collections::HashSet;
use std::process::ExitCode;
use std::time::Duration;

/// The boot ROM says so, and stops. A refused upgrade is another line: the device goes on.
const REFUSED: &str = "boot: refused ";
/// The secure image says so of what a boot loader has handed over, and stops.
const REFUSED_LOADER: &str = "secure: refused ";

/// What to start, and how long it may take.
pub struct Watch<'a> {
    pub workspace: &'a Workspace,
    pub configured: &'a Configured,
    pub world: &'a SecureWorld,
    pub flash: &'a FlashFile<'a>,
    pub image: &'a Image,
    pub is_deterministic: bool,
    pub timeout_seconds: Option<u64>,
    pub debugger: Option<&'a Debugger>,
}

impl Watch<'_> {
    /// Runs the image to its end, and hands each line to `show`; gives the application's status,
    /// and all lines.
    pub fn run(&self, arguments: &[&str], show: impl Fn(&str)) -> Result<(ExitCode, Vec<String>)> {
        self.flash.write("primary", &read(&self.image.signed)?)?;
        let folder = &self.configured.folder;
        let (secure, application) = (&self.world.secure_elf, &self.image.nonsecure_elf);
        fault::keep(folder, [self.world.boot_elf()?, secure, application])?;
        let mut options: Vec<&str> = Vec::new();
        if self.is_deterministic {
            options.extend(DETERMINISTIC);
        }
        if let Some(debugger) = self.debugger {
            options.extend(debugger.options());
        }
        let settings = Settings {
            effective: &self.configured.effective,
            boot_elf: self.world.boot_elf()?,
            flash: self.flash.path(),
            arguments,
            options: &options,
        };
        let mut machine = Machine::start(&settings, self.time())?;
        if let Some(debugger) = self.debugger {
            debugger.announce();
        }
        let mut faults = Faults::new(self.configured.effective.text("spm.fault_action"));
        let code = match machine.wait_for(|line| is_last(line, &mut faults), &show)? {
            Event::Line(line) if line.starts_with(fault::BEGIN) => {
                self.explain(&line);
                bail!("{}", faults.why());
            }
            Event::Line(line) if line.starts_with(REFUSED_LOADER) => bail!(
                "the boot loader has not handed over what docs/own-boot-loader.md asks for, or the \
                 device in {} is not whole: `--fresh` takes one fresh from the factory",
                self.flash.path().display()
            ),
            Event::Line(_) => bail!(
                "the boot ROM starts nothing from {}; `--fresh` takes a device fresh from the \
                 factory, whose security counter is that of the configuration",
                self.flash.path().display()
            ),
            Event::Exit(status) if status.success() => ExitCode::SUCCESS,
            Event::Exit(status) => {
                let code = status
                    .code()
                    .and_then(|code| u8::try_from(code).ok())
                    .unwrap_or(1);
                ExitCode::from(code.max(1))
            }
            Event::TimeOut => bail!(
                "the device did not finish within {} seconds; `--timeout SECONDS` gives it more",
                self.time().as_secs()
            ),
        };
        Ok((code, machine.seen().to_vec()))
    }

    fn time(&self) -> Duration {
        let usual = match self.debugger {
            Some(_) => SECONDS_MAX,
            None => TIMEOUT_SECONDS,
        };
        let seconds = self.timeout_seconds.unwrap_or(usual);
        Duration::from_secs(seconds.min(SECONDS_MAX))
    }

    /// Says where the fault was; that it can't be said does not hide the fault.
    fn explain(&self, line: &str) {
        let Configured {
            folder, effective, ..
        } = self.configured;
        let application = Some(self.image.nonsecure_elf.as_path());
        let outcome = Firmware::find(folder, application, effective, self.workspace)
            .and_then(|firmware| firmware.explain(line, false));
        if let Err(error) = outcome {
            builder::report::warning(&format!("{error:#}"));
        }
    }
}

/// Whether the device does nothing new behind this line.
fn is_last(line: &str, faults: &mut Faults) -> bool {
    line.starts_with(REFUSED) || line.starts_with(REFUSED_LOADER) || faults.is_last(line)
}

/// The faults that were told.
struct Faults {
    is_halted: bool,
    seen: HashSet<String>,
}

impl Faults {
    fn new(action: &str) -> Self {
        Self {
            is_halted: action == "halt",
            seen: HashSet::new(),
        }
    }

    /// A device that halts does nothing after a fault. One that resets and comes to the same fault
    /// again will come to it for ever.
    fn is_last(&mut self, line: &str) -> bool {
        line.starts_with(fault::BEGIN) && (!self.seen.insert(line.to_owned()) || self.is_halted)
    }

    fn why(&self) -> &'static str {
        if self.is_halted {
            "a fault has halted the device (`spm.fault_action`)"
        } else {
            "after its reset the device had the same fault again, and would for ever: it was \
             switched off"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_identical_fault_is_the_last() {
        let mut faults = Faults::new("reset");
        let lines = ["boot 1", "fault: A", "fault: B", "boot 1", "fault: B"];
        let ends = lines.map(|line| is_last(line, &mut faults));
        assert_eq!(ends, [false, false, false, false, true]);
    }

    #[test]
    fn a_device_that_halts_has_one() {
        let mut faults = Faults::new("halt");
        assert!(!is_last("boot 1", &mut faults));
        assert!(is_last("fault: A", &mut faults));
    }

    #[test]
    fn what_the_boot_rom_refuses_is_the_last() {
        let mut faults = Faults::new("reset");
        assert!(is_last("boot: refused the image", &mut faults));
        assert!(!is_last("the application says: fault: A", &mut faults));
    }
}
