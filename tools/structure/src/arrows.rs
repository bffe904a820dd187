// SPDX-License-Identifier: Apache-2.0
//! Which file takes something from which.

use crate::modules::Crate;
use crate::resolve;
use std::collections::{BTreeMap, BTreeSet};

/// One file takes something from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The file that takes.
    pub from: String,
    /// The file that defines.
    pub to: String,
    /// What.
    pub names: BTreeSet<String>,
    /// The file that takes is a parent of the other.
    pub is_to_descendant: bool,
}

/// What files take from each other, in order.
pub fn arrows(one: &Crate) -> Vec<Arrow> {
    let mut arrows: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for (from, file) in &one.files {
        for path in &file.scan.paths {
            if let Some((to, name)) = resolve::definition(one, file, path)
                && to != from
            {
                arrows.entry((from, to)).or_default().insert(name);
            }
        }
    }
    let arrow = |((from, to), names): ((&str, &str), _)| Arrow {
        from: from.into(),
        to: to.into(),
        names,
        is_to_descendant: one.files[to].module.starts_with(&one.files[from].module),
    };
    arrows.into_iter().map(arrow).collect()
}

#[cfg(test)]
mod tests;
