// SPDX-License-Identifier: Apache-2.0
//! The boot of a scenario without a fault: its path, its end, and the state of the device before
//! the signature check.

use super::Trial;
use super::outcome::Outcome;
use super::path::Way;
use super::scenario::Scenario;
use super::setting::Setting;
use super::trial;
use super::worker::{BOOT_TIME, Moment, Worker};
use anyhow::{Context as _, Result, ensure};
use builder::workspace::read;
use std::path::Path;

/// A boot without a fault.
pub struct Golden {
    /// Every instruction that the boot ROM executes, and where it stands at the end.
    pub way: Way,
    pub outcome: Outcome,
    /// The device at each verification of a signature.
    pub checkpoints: Vec<Moment>,
}

impl Golden {
    /// Runs it, under the plug-in that lists what is executed.
    pub fn run(
        setting: &Setting,
        scenario: &Scenario,
        folder: &Path,
        plugin: &Path,
    ) -> Result<Self> {
        let plain = |path: &Path| path.display().to_string().replace(',', ",,");
        let (list, counts) = (
            folder.join("glitch-way.bin"),
            folder.join("glitch-counts.txt"),
        );
        let code = setting.code.range();
        let option = format!(
            "{},out={},executed={}:{:#x}:{:#x}",
            plain(plugin),
            plain(&counts),
            plain(&list),
            code.start,
            code.end
        );
        let mut worker = Worker::start(
            setting,
            scenario,
            &[],
            folder,
            "golden",
            &["-plugin", &option],
        )?;
        let mut checkpoints = Vec::new();
        let (outcome, end) = loop {
            ensure!(
                worker.target.run(BOOT_TIME)?,
                "the boot does not come to an end"
            );
            let registers = worker.target.registers()?;
            let address = registers.program_counter();
            if address != setting.checkpoint {
                let outcome = trial::stopped(&mut worker, &registers)?;
                break (outcome.context("a boot that ends")?, address);
            }
            checkpoints.push(worker.moment()?);
            worker.pass_breakpoint(address)?;
        };
        worker.finish()?;
        let list = read(&list)?;
        let words = list.as_chunks().0.iter();
        let mut way: Vec<_> = words.map(|word| u32::from_le_bytes(*word)).collect();
        way.push(end);
        Ok(Self {
            way: Way::new(way),
            outcome,
            checkpoints,
        })
    }

    /// Tries the instructions with which the boot ROM halts. The emulator waits at one of them for
    /// ever; a processor may be woken up.
    pub fn try_halt(&self, worker: &mut Worker<'_>) -> Result<Vec<Trial>> {
        let position = self.way.executed();
        let setting = worker.setting;
        worker.go_to(&self.way, position)?;
        self.force(worker)?;
        if self.outcome != Outcome::Refused {
            return Ok(Vec::new());
        }
        let mut trials = Vec::new();
        let halt = self.way.at(position).context("a boot has an end")?;
        for address in setting.code.halting(halt)? {
            let mut registers = worker.target.registers()?;
            registers.set_program_counter(address + setting.code.instruction_bytes(address)?);
            let end = worker.try_from(&self.way, position, &registers)?;
            trials.push(Trial {
                address,
                position,
                end,
            });
        }
        Ok(trials)
    }

    /// Makes sure that an image that is started is noticed: jumps to where one is started.
    fn force(&self, worker: &mut Worker<'_>) -> Result<()> {
        let setting = worker.setting;
        let mut registers = worker.target.registers()?;
        // Of the two arguments one is the address, and the other nothing.
        registers.set(0, setting.effective.image_address() as u32);
        registers.set(1, 0);
        registers.set_program_counter(setting.start);
        let end = worker.try_from(&self.way, self.way.executed(), &registers)?;
        let expected = match worker.scenario.allowed {
            Some(_) => Outcome::StartedGood,
            None => Outcome::StartedBad,
        };
        ensure!(
            end.outcome == expected,
            "an image that is started by force is not noticed: {:?}",
            end.outcome
        );
        Ok(())
    }
}
