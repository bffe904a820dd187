// SPDX-License-Identifier: Apache-2.0
//! Boots in which one instruction is skipped, as many as a test has time for; `cargo xtask glitch`
//! tries all of them.

use super::Tally;
use super::test_bed::TestBed;
use builder::workspace::Workspace;
use glitch::{self, Extent, Order, workers};

/// What the test is called.
pub const NAME: &str = "no skipped instruction starts a bad image";

/// A test has time for so few: every eleventh place.
const EVERY: usize = 11;

/// Tries last executions of instructions in all scenarios.
pub fn run(workspace: &Workspace, bed: &TestBed<'_>, tally: &mut Tally) {
    let order = Order {
        scenarios: &[],
        extent: Extent::Short,
        every: EVERY,
        workers: workers(),
        progress: &|_, _, _| (),
    };
    let outcome = match glitch::run(workspace, bed.configured, bed.world, &order) {
        Ok(report) if report.bad() == 0 => Ok(()),
        Ok(report) => Err(report.bad_places().join("\n")),
        Err(error) => Err(format!("{error:#}")),
    };
    tally.count(NAME, outcome);
}
