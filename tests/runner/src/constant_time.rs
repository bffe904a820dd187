// SPDX-License-Identifier: Apache-2.0
//! Constant time, shown on the code that was emitted: calls with different secrets execute the
//! same instructions and touch the same addresses.
//!
//! The suite makes each call with several secrets and prints `trace NAME` after it; the plug-in
//! `tools/instruction_counter` digests what was executed. The digests of a name have to be equal.
//! That the test can tell is shown with the table AES, where they must not be.

use super::Tally;
use super::scenarios::SUITE;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, ensure};
use bench::boot::trace_option;
use bench::operations;
use builder::firmware::Image;
use builder::qemu::DETERMINISTIC;
use builder::workspace::{Workspace, read};
use probe::plugin;
use std::collections::BTreeMap;
use std::fs;

/// What the tests are called.
pub const NAME: &str = "constant time";
/// How the name of a call is announced.
const KIND: &str = "trace ";

/// Which calls are expected to betray their secrets.
pub type Betrays = fn(&str) -> bool;

/// No call does.
pub fn nothing(_: &str) -> bool {
    false
}

/// What encrypts by the table does.
pub fn ccm(name: &str) -> bool {
    name.starts_with("ccm")
}

/// Runs the calls; each name is a test.
pub fn run(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
    variant: &str,
    betrays: Betrays,
    tally: &mut Tally,
) {
    match follow(workspace, bed, image) {
        Ok(traces) => {
            for (name, digests) in traces {
                let outcome = check(&digests, betrays(&name));
                tally.count(&format!("{variant}{NAME}: {name}"), outcome);
            }
        }
        Err(error) => tally.check(&format!("{variant}{NAME}"), Err(error)),
    }
}

/// The digests of each name.
fn follow(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
) -> Result<BTreeMap<String, Vec<String>>> {
    let file = bed.configured.folder.join("traces.txt");
    let elf = read(&image.nonsecure_elf)?;
    let option = trace_option(
        &plugin::build(workspace)?,
        &file,
        &elf,
        "trace_begins",
        "trace_ends",
    )?;
    let mut options = DETERMINISTIC.to_vec();
    options.extend(["-plugin", &option]);
    let output = operations::run(
        workspace,
        bed.configured,
        bed.world,
        &read(&image.signed)?,
        &[SUITE.binary, "traces"],
        &options,
    )?;
    let text = fs::read_to_string(&file)
        .with_context(|| format!("the plug-in did not write {}", file.display()))?;
    let digests: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix(KIND))
        .collect();
    let names: Vec<&str> = output
        .iter()
        .filter_map(|line| line.strip_prefix(KIND))
        .collect();
    ensure!(!names.is_empty(), "no call was followed");
    ensure!(
        names.len() == digests.len(),
        "{} calls, but {} traces",
        names.len(),
        digests.len()
    );
    let mut traces = BTreeMap::<_, Vec<_>>::new();
    for (name, digest) in names.into_iter().zip(digests) {
        traces
            .entry(name.to_string())
            .or_default()
            .push(digest.to_string());
    }
    Ok(traces)
}

fn check(digests: &[String], betrays: bool) -> Result<(), String> {
    let Some((first, others)) = digests.split_first() else {
        return Err("it was not called".into());
    };
    let different = others.iter().filter(|other| *other != first).count();
    match (others.len(), different, betrays) {
        (0, _, _) => Err("it was called with one secret only".into()),
        (_, 0, false) | (_, 1.., true) => Ok(()),
        (_, 0, true) => Err("a look-up in a table was not noticed".into()),
        (others, different, false) => Err(format!(
            "{different} of {others} executions went another way or touched other memory"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn one_digest_that_differs_is_enough() {
        let digests = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        assert!(check(&digests("5 5 5"), false).is_ok());
        assert!(check(&digests("5 5 6"), false).is_err());
        assert!(check(&digests("5 5 6"), true).is_ok());
        assert!(check(&digests("5 5 5"), true).is_err());
        assert!(check(&digests("5"), false).is_err());
        assert!(check(&[], false).is_err());
    }
}
