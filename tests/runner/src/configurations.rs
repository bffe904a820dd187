// SPDX-License-Identifier: Apache-2.0
//! Configurations that nobody has written: each algorithm alone, and each key at its extremes. Each
//! is refused with a reason that names the key, or it builds and its suite passes.
//!
//! There are some hundreds: `cargo xtask test --configurations` tries all of them, every other run
//! a few.

mod trials;

use crate::extent::Extent;
use crate::session::Session;
use crate::test_bed::TestBed;
use crate::{Tally, kit, scenarios};
use anyhow::{Result, bail};
use builder::device::development_otp;
use builder::firmware::BuildContext;
use builder::report;
use builder::workspace::read;
use trials::{Goal, Trial, trials};

/// What their names begin with.
pub const NAME: &str = "configuration";
/// The folders of their builds: one after the other.
const VARIANT: &str = "trial";
/// How many of them every run of the tests tries.
const SAMPLES: usize = 6;

/// Tries those that are wanted.
pub fn run(session: &Session<'_>, plain: &BuildContext<'_>, extent: Extent, tally: &mut Tally) {
    let mut trials = trials();
    if extent == Extent::Sample {
        let stride = trials.len().div_ceil(SAMPLES);
        let mut index = 0;
        trials.retain(|_| {
            index += 1;
            index % stride == 0
        });
    }
    for trial in trials {
        let name = format!("{NAME}: {}", trial.name);
        if session.wanted.has(&name) {
            let outcome = attempt(session, plain, &trial, tally);
            tally.check(&name, outcome);
        }
    }
}

/// Builds one and runs its suite, or checks why it is refused.
fn attempt(
    session: &Session<'_>,
    plain: &BuildContext<'_>,
    trial: &Trial,
    tally: &mut Tally,
) -> Result<()> {
    let selection = trial.selection(session.selection);
    let refused = match plain.variant(&selection, VARIANT) {
        Ok(context) => match context.builder().secure_world() {
            Ok(world) if trial.goal == Goal::Suite => {
                let suite = context.builder().application(&world, scenarios::SUITE)?;
                let otp = development_otp(session.workspace, &context.configured.effective)?;
                let bed = TestBed {
                    configured: &context.configured,
                    world: &world,
                    otp: &otp,
                };
                let in_c = kit::suite(&context.builder(), &world)?;
                let list = vec![
                    scenarios::suite(&read(&suite.signed)?),
                    scenarios::program("C suite", &in_c),
                ];
                let before = tally.failed();
                bed.run_all(&list, tally);
                if tally.failed() > before {
                    bail!("its suite fails");
                }
                return Ok(());
            }
            Ok(_) => return Ok(()),
            Err(error) => error,
        },
        Err(error) => error,
    };
    let reason = format!("{refused:#}");
    if !reason.contains(trial.key) {
        bail!(
            "neither built nor refused by the name of `{}`: {reason}",
            trial.key
        );
    }
    report::say(format_args!("    refused: {reason}"));
    Ok(())
}
