// SPDX-License-Identifier: Apache-2.0
//! The tests on the host: plain `cargo test`, its results counted.

use super::Tally;
use anyhow::{Context as _, Result};
use builder::process;
use builder::report;
use builder::setup::python;
use builder::workspace::Workspace;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// How many inputs each test has in a long run.
const FUZZ_CALLS: &str = "1000000";
/// Package and name of the tests that read this number from their environment: requests against
/// each model of execution, and images for the boot ROM.
const FUZZ_TESTS: [(&str, &str); 2] = [
    ("casemate-spm", "a_history_of_arbitrary_requests"),
    ("casemate-signer", "arbitrary_images"),
];

/// Runs `cargo test` for the workspace. The tests against `imgtool` need that program; where it can't
/// be installed, they say that they are skipped.
pub fn run(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    let mut command = process::cargo(workspace);
    command.args(["test", "--workspace", "--no-fail-fast"]);
    match python::imgtool(workspace) {
        Ok(imgtool) => {
            command.env("CASEMATE_IMGTOOL", imgtool);
        }
        Err(error) => report::warning(&format!("no imgtool, so its tests are skipped: {error:#}")),
    }
    count(command, tally)
}

/// Drives the manager with a million arbitrary requests, on both models of execution, and shows
/// the boot ROM's code a million images.
pub fn fuzz(workspace: &Workspace, tally: &mut Tally) -> Result<()> {
    for (package, test) in FUZZ_TESTS {
        let mut command = process::cargo(workspace);
        command
            .args(["test", "--package", package, "--no-fail-fast", test])
            .env("CASEMATE_FUZZ_CALLS", FUZZ_CALLS);
        count(command, tally)?;
    }
    Ok(())
}

/// Runs the tests and counts their results.
fn count(mut command: Command, tally: &mut Tally) -> Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start cargo test")?;
    let mut results = Results::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            report::say(format_args!("{line}"));
            results.take(&line);
        }
    }
    let status = child.wait()?;
    // A test program that does not build, or that ends early, fails without naming a test.
    if !status.success() && results.failed.is_empty() {
        results
            .failed
            .push(format!("cargo test ended with {status}"));
    }
    tally.add(results.passed, results.failed);
    Ok(())
}

#[derive(Default)]
struct Results {
    passed: usize,
    failed: Vec<String>,
}

impl Results {
    /// `test NAME ... ok` and its like are libtest's; ignored tests are not counted.
    fn take(&mut self, line: &str) {
        let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|rest| rest.rsplit_once(" ... "))
        else {
            return;
        };
        match outcome {
            "ok" => self.passed += 1,
            "FAILED" => self.failed.push(name.into()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_libtest_are_counted() {
        let mut results = Results::default();
        for line in [
            "running 3 tests",
            "test a::b ... ok",
            "test a::c - should panic ... ok",
            "test src/lib.rs - x (line 3) ... FAILED",
            "test d ... ignored",
            "test result: FAILED. 2 passed; 1 failed; 1 ignored",
        ] {
            results.take(line);
        }
        assert_eq!(results.passed, 2);
        assert_eq!(results.failed, ["src/lib.rs - x (line 3)"]);
    }
}
