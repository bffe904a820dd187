// SPDX-License-Identifier: Apache-2.0
//! Takes away the sizes that a layer makes obsolete.

use super::{ALGORITHM, Outdated, RULES, Rule};
use crate::effective::Effective;
use crate::layer::Layer;
use crate::value::Value;

/// Removes what was set for the choice that `layer` is about to change, unless it sets that too.
pub(crate) fn lift(effective: &mut Effective, layer: &Layer) {
    for rule in RULES {
        if layer.values.iter().any(|(name, ..)| *name == rule.key)
            || !is_outdated(rule, effective, layer)
        {
            continue;
        }
        if let Some(setting) = effective.settings.remove(rule.key) {
            effective.lifted.insert(rule.key, setting.into_overridden());
        }
    }
}

fn is_outdated(rule: &Rule, effective: &Effective, layer: &Layer) -> bool {
    let mut changes = layer.values.iter().filter(|(name, value, _)| {
        let before = effective.settings.get(name).map(|setting| &setting.value);
        before != Some(value)
    });
    match rule.outdated {
        Outdated::ByChange(keys) => {
            changes.any(|(name, ..)| keys.contains(name) || name.starts_with(ALGORITHM))
        }
        Outdated::ByMore(keys) => {
            let mut lines = layer.partitions.iter();
            lines.any(|line| !effective.lines.contains_key(&line.module))
                || changes.any(|(name, value, _)| {
                    keys.contains(name)
                        || name.starts_with(ALGORITHM) && *value == Value::Flag(true)
                })
        }
    }
}
