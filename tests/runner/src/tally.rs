// SPDX-License-Identifier: Apache-2.0
//! How many tests passed, and which failed.

use anyhow::Result;
use builder::report;

/// The count.
#[derive(Debug, Default)]
pub struct Tally {
    passed: usize,
    failures: Vec<String>,
}

impl Tally {
    /// Counts a test; `outcome` is what was wrong.
    pub fn count(&mut self, name: &str, outcome: Result<(), String>) {
        match outcome {
            Ok(()) => {
                report::say(format_args!("test {name} ... ok"));
                self.passed += 1;
            }
            Err(reason) => {
                report::say(format_args!("test {name} ... FAILED"));
                reason
                    .lines()
                    .for_each(|line| report::say(format_args!("    {line}")));
                self.failures.push(name.into());
            }
        }
    }

    /// Counts a test of the host, with all that led to its error.
    pub fn check(&mut self, name: &str, outcome: Result<()>) {
        self.count(name, outcome.map_err(|error| format!("{error:#}")));
    }

    /// Counts tests that another runner has run and reported.
    pub fn add(&mut self, passed: usize, failed: impl IntoIterator<Item = String>) {
        self.passed += passed;
        self.failures.extend(failed);
    }

    /// How many tests have been counted.
    pub fn ran(&self) -> usize {
        self.passed + self.failures.len()
    }

    /// How many of them have failed.
    pub fn failed(&self) -> usize {
        self.failures.len()
    }

    /// Prints the failures and the closing line; whether all passed.
    pub fn close(&self) -> bool {
        for failure in &self.failures {
            report::failure(failure);
        }
        report::say(format_args!(
            "\n{} passed, {} failed",
            self.passed,
            self.failures.len()
        ));
        self.failures.is_empty() && self.passed > 0
    }
}
