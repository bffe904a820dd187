// SPDX-License-Identifier: Apache-2.0
//! The report: counts of results, and each attempt that started a bad image.

use super::Trial;
use super::code::Code;
use super::outcome::Outcome;
use builder::report;
use builder::table::{self, Format, grouped};
use serde_json::{Value, json};

/// The trials of one scenario.
pub struct Tried {
    scenario: &'static str,
    /// Instructions of the boot without a fault.
    executed: usize,
    tried: usize,
    counts: Vec<(Outcome, usize)>,
    bad: Vec<Bad>,
}

/// A trial that started an image that must not be.
struct Bad {
    address: u32,
    place: String,
    position: usize,
}

/// The kinds of ends, in the order of the columns, and what the columns are called.
const COLUMNS: [(&[Outcome], &str); 5] = [
    (&[Outcome::Refused, Outcome::Converged], "refused"),
    (&[Outcome::Faulted, Outcome::LockedUp], "faulted"),
    (&[Outcome::Hung, Outcome::Astray], "hung"),
    (&[Outcome::StartedGood], "good started"),
    (&[Outcome::StartedBad], "bad started"),
];

impl Tried {
    pub fn new(scenario: &'static str, executed: usize, trials: &[Trial], code: &Code) -> Self {
        let mut counts: Vec<(Outcome, usize)> = Vec::new();
        for trial in trials {
            match counts
                .iter_mut()
                .find(|(kind, _)| *kind == trial.end.outcome)
            {
                Some((_, count)) => *count += 1,
                None => counts.push((trial.end.outcome, 1)),
            }
        }
        let is_bad = |trial: &&Trial| trial.end.outcome == Outcome::StartedBad;
        let bad = trials.iter().filter(is_bad).map(|trial| Bad {
            address: trial.address,
            place: code.place(trial.address),
            position: trial.position,
        });
        Self {
            scenario,
            executed,
            tried: trials.len(),
            bad: bad.collect(),
            counts,
        }
    }

    fn count(&self, kinds: &[Outcome]) -> usize {
        let counts = self.counts.iter();
        counts
            .filter(|(kind, _)| kinds.contains(kind))
            .map(|(_, count)| count)
            .sum()
    }

    fn to_json(&self) -> Value {
        let mut object = json!({
            "scenario": self.scenario,
            "executed": self.executed,
            "tried": self.tried,
            "started": self.bad.iter().map(|bad| json!({
                "address": bad.address,
                "place": bad.place,
                "instruction": bad.position,
            })).collect::<Vec<_>>(),
        });
        for (kinds, name) in COLUMNS {
            object[name.replace(' ', "_")] = self.count(kinds).into();
        }
        object
    }
}

/// The trials of all scenarios.
#[derive(Default)]
pub struct Report {
    tried: Vec<Tried>,
    left_out: Vec<&'static str>,
}

impl Report {
    /// Adds the trials of a scenario.
    pub fn add(&mut self, tried: Tried) {
        self.tried.push(tried);
    }

    /// Takes down that a scenario was not tried.
    pub fn leave_out(&mut self, scenario: &'static str) {
        self.left_out.push(scenario);
    }

    /// Whether no scenario was tried.
    pub fn is_empty(&self) -> bool {
        self.tried.is_empty()
    }

    /// Trials that started an image that must not be.
    pub fn bad(&self) -> usize {
        self.tried.iter().map(|tried| tried.bad.len()).sum()
    }

    /// Trials of all scenarios.
    pub fn tried(&self) -> usize {
        self.tried.iter().map(|tried| tried.tried).sum()
    }

    /// The table, as a list with an object for each scenario.
    pub fn to_json(&self) -> Value {
        self.tried.iter().map(Tried::to_json).collect()
    }
}

impl Report {
    /// The table, the places that started what they must not, and the sum with what was left out.
    pub fn print(&self, format: Format) {
        let mut head = vec!["scenario", "executed", "tried"];
        head.extend(COLUMNS.map(|(_, name)| name));
        let rows = self.tried.iter().map(|tried| {
            let mut numbers = vec![tried.executed, tried.tried];
            numbers.extend(COLUMNS.map(|(kinds, _)| tried.count(kinds)));
            let numbers = numbers.into_iter().map(|number| grouped(number as u64));
            std::iter::once(tried.scenario.to_owned())
                .chain(numbers)
                .collect()
        });
        let head: Vec<_> = head.into_iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> = rows.collect();
        match format {
            Format::Plain => table::print(&head, &rows),
            Format::Markdown => report::say(table::markdown(&head, &rows).trim_end()),
        }
        self.bad_places().iter().for_each(report::say);
        let (tried, bad) = (grouped(self.tried() as u64), self.bad());
        report::say(format_args!("\n{tried} tried, {bad} started a bad image"));
        if !self.left_out.is_empty() {
            report::say(format_args!("not tried: {}", self.left_out.join(", ")));
        }
    }

    /// A line for each trial that started what it must not.
    pub fn bad_places(&self) -> Vec<String> {
        let all = self.tried.iter().flat_map(|tried| {
            tried.bad.iter().map(|bad| {
                format!(
                    "{}: {:#010x} {}, instruction {}",
                    tried.scenario, bad.address, bad.place, bad.position
                )
            })
        });
        all.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::outcome::End;
    use super::*;

    fn trial(position: usize, outcome: Outcome) -> Trial {
        Trial {
            address: 0x1000_0000,
            position,
            end: End::of(outcome),
        }
    }

    #[test]
    fn each_trial_is_in_one_column() {
        let all = [
            Outcome::Refused,
            Outcome::Converged,
            Outcome::Faulted,
            Outcome::LockedUp,
            Outcome::Hung,
            Outcome::Astray,
            Outcome::StartedGood,
            Outcome::StartedBad,
        ];
        for outcome in all {
            let columns = COLUMNS.iter().filter(|(kinds, _)| kinds.contains(&outcome));
            assert_eq!(columns.count(), 1, "{outcome:?}");
        }
    }

    #[test]
    fn what_was_started_is_counted_and_named() {
        let code = Code::empty();
        let trials = [trial(3, Outcome::Refused), trial(5, Outcome::StartedBad)];
        let mut report = Report::default();
        report.add(Tried::new("bad hash", 9, &trials, &code));
        assert_eq!((report.tried(), report.bad()), (2, 1));
        let line = "bad hash: 0x10000000 no function, instruction 5";
        assert_eq!(report.bad_places(), [line]);
        assert_eq!(report.to_json()[0]["bad_started"], 1);
        assert_eq!(report.to_json()[0]["started"][0]["instruction"], 5);
    }
}
