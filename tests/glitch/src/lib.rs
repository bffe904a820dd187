// SPDX-License-Identifier: Apache-2.0
//! Boots in which one instruction is skipped: does any of them start a bad image?
//!
//! For each `scenario` a boot without a fault gives the `path`, all instructions in order. A
//! `worker` goes along it and tries at each chosen place (`trial`), by the stub of QEMU for GDB
//! (`probe`). Several workers share the places. `docs/glitches.md` tells what is
//! counted how.

mod attempt;
mod code;
mod debug_port;
mod golden;
mod intrusion;
mod outcome;
mod path;
mod report;
mod scenario;
mod setting;
mod trial;
mod worker;

pub use path::Extent;
pub use report::Report;
pub use scenario::NAMES;

use anyhow::{Context as _, Result, anyhow, ensure};
use builder::firmware::SecureWorld;
use builder::options::Configured;
use builder::workspace::Workspace;
use golden::Golden;
use outcome::{End, Outcome};
use report::Tried;
use scenario::{CONTROL, SECURED, Scenario};
use setting::Setting;
use std::num::NonZero;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use worker::Worker;

/// Places that a worker takes at once: neighbours, so that it need not go far.
const SHARE: usize = 200;

/// What is to be tried.
pub struct Order<'a> {
    /// The scenarios, by their names; none of them is all of them.
    pub scenarios: &'a [String],
    /// How many executions of each instruction.
    pub extent: Extent,
    /// 1 tries all places of a scenario, 11 each eleventh.
    pub every: usize,
    /// Devices at once.
    pub workers: usize,
    /// Told after each share: the scenario, how many places of how many are done.
    pub progress: &'a (dyn Fn(&str, usize, usize) + Sync),
}

/// Devices at once: as many as the host has processors.
pub fn workers() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// A place that is tried, and what came of it.
pub struct Trial {
    address: u32,
    /// Number of the instruction in the boot, from 0.
    position: usize,
    end: End,
}

/// Tries all that is ordered, on the boot ROM of a configuration.
pub fn run(
    workspace: &Workspace,
    configured: &Configured,
    world: &SecureWorld,
    order: &Order<'_>,
) -> Result<Report> {
    let setting = Setting::new(&configured.effective, world)?;
    let scenarios = scenario::all(workspace, &configured.effective)?;
    let plugin = probe::plugin::build(workspace)?;
    let is_wanted = |name: &str| {
        let names = order.scenarios;
        names.is_empty() || name == CONTROL || names.iter().any(|wanted| wanted == name)
    };
    let mut report = Report::default();
    for scenario in &scenarios {
        if !is_wanted(scenario.name) {
            report.leave_out(scenario.name);
            continue;
        }
        let golden = Golden::run(&setting, scenario, &configured.folder, &plugin)?;
        let expected = match scenario.allowed {
            Some(_) => Outcome::StartedGood,
            None => Outcome::Refused,
        };
        ensure!(
            golden.outcome == expected,
            "{}: without a fault the boot ends otherwise: {:?}",
            scenario.name,
            golden.outcome
        );
        if scenario.name == CONTROL {
            let mut worker =
                Worker::start(&setting, scenario, &[], &configured.folder, "control", &[])?;
            intrusion::try_all(&mut worker, &golden)?;
            continue;
        }
        if scenario.name == SECURED {
            let mut worker =
                Worker::start(&setting, scenario, &[], &configured.folder, "port", &[])?;
            debug_port::try_all(&mut worker, &golden)?;
        }
        let trials = try_all(&setting, scenario, &golden, &configured.folder, order)?;
        report.add(Tried::new(
            scenario.name,
            golden.way.executed(),
            &trials,
            &setting.code,
        ));
    }
    ensure!(
        !report.is_empty(),
        "no scenario is called so: {}",
        NAMES.join(", ")
    );
    Ok(report)
}

/// Tries the places of one scenario, on several devices.
fn try_all(
    setting: &Setting,
    scenario: &Scenario,
    golden: &Golden,
    folder: &Path,
    order: &Order<'_>,
) -> Result<Vec<Trial>> {
    let chosen = golden
        .way
        .chosen(golden.way.executed(), &setting.code, order.extent);
    let chosen: Vec<_> = chosen.into_iter().step_by(order.every.max(1)).collect();
    let shares: Vec<_> = chosen.chunks(SHARE).collect();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let trials = Mutex::new(Vec::new());
    let work = |number: usize| -> Result<()> {
        let name = number.to_string();
        let mut worker = Worker::start(setting, scenario, &golden.checkpoints, folder, &name, &[])?;
        while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut some = Vec::with_capacity(share.len());
            for position in *share {
                let end = worker.try_at(&golden.way, *position)?;
                let address = golden.way.at(*position).context("a place of the way")?;
                some.push(Trial {
                    address,
                    position: *position,
                    end,
                });
            }
            let count = done.fetch_add(share.len(), Ordering::Relaxed) + share.len();
            (order.progress)(scenario.name, count, chosen.len());
            trials
                .lock()
                .map_err(|_| anyhow!("a worker panicked"))?
                .extend(some);
        }
        if number == 0 {
            let some = golden.try_halt(&mut worker)?;
            trials
                .lock()
                .map_err(|_| anyhow!("a worker panicked"))?
                .extend(some);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers = (0..order.workers).map(|number| scope.spawn(move || work(number)));
        let workers: Vec<_> = workers.collect();
        workers.into_iter().try_for_each(|worker| {
            let outcome = worker.join().map_err(|_| anyhow!("a worker panicked"))?;
            outcome.map_err(|error| error.context(scenario.name))
        })
    })?;
    let mut trials = trials
        .into_inner()
        .map_err(|_| anyhow!("a worker panicked"))?;
    trials.sort_by_key(|trial| trial.position);
    Ok(trials)
}
