// SPDX-License-Identifier: Apache-2.0
//! What a choice leaves no room for: keys that then have one value only, and the partition that asks the
//! boot ROM for upgrades.

use crate::effective::Effective;
use crate::partitions::Partition;
use crate::problems::Problems;

/// The partition that asks our boot ROM for upgrades, and writes to a slot as a whole.
const UPDATES_MODULE: &str = "firmware_update";

/// A choice, and what does not go together with it.
pub struct Excluded<'a> {
    /// Keys and their only value, as TOML.
    pub keys: &'a [(&'a str, &'a str)],
    /// Why, after "but".
    pub why: String,
    /// What stands behind the value that is to be left.
    pub hint: &'a str,
    /// What the partition of upgrades does, before the reason.
    pub updates: &'a str,
}

impl Excluded<'_> {
    /// Adds to `problems` what is set or listed all the same.
    pub fn check(&self, partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
        let Self {
            keys,
            why,
            hint,
            updates,
        } = self;
        for (name, only) in *keys {
            let Some(setting) = effective.setting(name) else {
                continue;
            };
            let value = setting.value.to_toml(setting.key.kind);
            if value != *only {
                let origin = &setting.origin;
                problems.add(format!(
                    "{origin}: `{name}` is {value}, but {why}; leave {only}{hint}"
                ));
            }
        }
        let has_updates = partitions.iter().any(|one| one.module == UPDATES_MODULE);
        let line = effective.lines().find(|one| one.module == UPDATES_MODULE);
        if let Some(line) = line.filter(|_| has_updates) {
            problems.add(format!(
                "{}: `[partitions]` lists `{UPDATES_MODULE}`{updates}, but {why}",
                line.origin
            ));
        }
    }
}
