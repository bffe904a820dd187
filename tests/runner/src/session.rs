// SPDX-License-Identifier: Apache-2.0
//! All tests on the device: those of the plain configuration, then those of each variant.

use crate::variant_tests::Product;
use crate::wanted::Wanted;
use crate::{Tally, plain_tests, products, scenarios};
use anyhow::{Context as _, Result};
use builder::firmware::BuildContext;
use builder::options::Selection;
use builder::workspace::Workspace;
use std::sync::mpsc;
use std::thread;

/// What is to be tested.
pub struct Session<'a> {
    /// The tree.
    pub workspace: &'a Workspace,
    /// The plain configuration.
    pub selection: &'a Selection,
    /// The tests that the user asked for.
    pub wanted: Wanted,
}

impl Session<'_> {
    /// Runs the tests. What keeps the firmware from being built is a failed test.
    pub fn run(&self, tally: &mut Tally) {
        let outcome = self.build_and_test(tally);
        tally.check("the firmware is built for its tests", outcome);
    }

    /// Builds the variants while what is built already is tested.
    fn build_and_test(&self, tally: &mut Tally) -> Result<()> {
        let context = BuildContext::release(self.workspace, self.selection, true)?;
        let world = context.builder().secure_world()?;
        let suite = context.builder().application(&world, scenarios::SUITE)?;
        thread::scope(|scope| {
            // One variant ahead: more would only keep memory.
            let (sender, products) = mpsc::sync_channel(1);
            let builds = scope.spawn(|| Product::build_all(self, &context, sender));
            let outcome = plain_tests::run(self, &context, &world, &suite, tally);
            for product in products {
                product.test(self, tally)?;
            }
            let builds = builds.join().ok().context("building a variant panicked")?;
            outcome.and(builds)
        })?;
        if self.wanted.has(products::NAME) {
            products::run(self.workspace, tally)?;
        }
        Ok(())
    }
}
