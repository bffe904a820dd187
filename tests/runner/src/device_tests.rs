// SPDX-License-Identifier: Apache-2.0
//! All tests on the device: those of the plain configuration, then those of each variant.

use crate::session::Session;
use crate::variant_tests::Product;
use crate::{Extent, Tally, configurations, plain_tests, products, scenarios};
use anyhow::{Context as _, Result, bail};
use builder::firmware::BuildContext;
use std::sync::mpsc;
use std::thread;

/// Runs the tests. What keeps the firmware from being built is a failed test.
pub fn run(session: &Session<'_>, tally: &mut Tally) {
    let before = tally.ran();
    let outcome = build_and_test(session, tally);
    // A word that no name has is a mistake, not a success.
    let nothing = session.wanted.word().filter(|_| tally.ran() == before);
    let outcome = outcome.and_then(|()| match nothing {
        Some(word) => bail!("no test on the device has `{word}` in its name"),
        None => Ok(()),
    });
    tally.check("the firmware is built for its tests", outcome);
}

/// Builds the variants while what is built already is tested.
fn build_and_test(session: &Session<'_>, tally: &mut Tally) -> Result<()> {
    let context = BuildContext::release(session.workspace, session.selection, true)?;
    configurations::run(session, &context, session.extent, tally);
    if session.extent == Extent::All || session.wanted.is_within(configurations::NAME) {
        return Ok(());
    }
    let world = context.builder().secure_world()?;
    let suite = context.builder().application(&world, scenarios::SUITE)?;
    thread::scope(|scope| {
        // One variant ahead: more would only keep memory.
        let (sender, products) = mpsc::sync_channel(1);
        let builds = scope.spawn(|| Product::build_all(session, &context, sender));
        let outcome = plain_tests::run(session, &context, &world, &suite, tally);
        for product in products {
            product.test(session, &world, tally)?;
        }
        let builds = builds.join().ok().context("building a variant panicked")?;
        outcome.and(builds)
    })?;
    if session.wanted.has(products::NAME) {
        products::run(session.workspace, tally)?;
    }
    Ok(())
}
