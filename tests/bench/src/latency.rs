// SPDX-License-Identifier: Apache-2.0
//! How long a non-secure interrupt waits while a call is open, by kind of call.
//!
//! The suite interrupts each kind of call at every moment and prints `latency NAME COUNT`, in
//! instructions; the limit is the profile's.

use anyhow::{Result, bail};
use builder::firmware::Application;
use configure::Effective;

/// The suite, when it is asked to measure.
pub const SUITE: Application = Application {
    package: "on-target",
    binary: "suite",
};
/// What it is asked.
pub const ARGUMENT: &str = "interruption";
/// What the suite is asked to go through all memories and peripherals of the secure world.
pub const ISOLATION: &str = "isolation";

const LIMIT: &str = "spm.interrupt_latency_limit_instructions";

/// The measurements among these lines, with the kinds of calls.
pub fn counts(lines: &[String]) -> Vec<(String, u64)> {
    let count = |line: &String| {
        let (name, count) = line.strip_prefix("latency ")?.split_once(' ')?;
        Some((name.to_string(), count.trim().parse().ok()?))
    };
    lines.iter().filter_map(count).collect()
}

/// Fails when an interrupt has waited for longer than the profile allows, or none was measured.
pub fn check(effective: &Effective, counts: &[(String, u64)]) -> Result<()> {
    within(effective.number(LIMIT), counts)
}

fn within(limit: u64, counts: &[(String, u64)]) -> Result<()> {
    if counts.is_empty() {
        bail!("no interrupt was measured");
    }
    for (name, count) in counts {
        if *count > limit {
            bail!(
                "`{LIMIT}` = {limit} is exceeded: during {name} a non-secure interrupt waits for \
                 {count} instructions"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_measurements_are_known() {
        let lines = [
            "latency hash 3",
            "latency x",
            "test x ... ok",
            "latency its 12",
        ];
        let counts = counts(&lines.map(String::from));
        assert_eq!(counts, [("hash".into(), 3), ("its".into(), 12)]);
    }

    #[test]
    fn the_limit_holds_for_each() {
        let counts = [("hash".to_string(), 3), ("its".to_string(), 12)];
        assert!(within(12, &counts).is_ok());
        let error = within(11, &counts).unwrap_err().to_string();
        assert!(
            error.contains(LIMIT) && error.contains("during its"),
            "{error}"
        );
        assert!(within(12, &[]).is_err());
    }
}
