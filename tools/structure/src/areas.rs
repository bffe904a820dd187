// SPDX-License-Identifier: Apache-2.0
//! Lines of code by top folder.

use crate::files::Source;
use std::collections::BTreeMap;

/// The code below one top folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Folder; empty for files at the root.
    pub folder: String,
    /// Lines, comments and tests among them.
    pub lines: usize,
    /// Part of the whole tree, in per cent.
    pub percent: f64,
}

/// The areas, the largest first.
pub fn count(sources: &[Source]) -> Vec<Area> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources {
        let folder = source.name.split_once('/').map_or("", |(folder, _)| folder);
        *lines.entry(folder).or_default() += source.lines();
    }
    let all: usize = lines.values().sum();
    let mut areas: Vec<_> = lines
        .into_iter()
        .map(|(folder, lines)| Area {
            folder: folder.into(),
            lines,
            percent: lines as f64 * 100.0 / all as f64,
        })
        .collect();
    areas.sort_by_key(|area| std::cmp::Reverse(area.lines));
    areas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_area_is_first() {
        let source = |name: &str, lines: usize| Source {
            name: name.into(),
            text: "x\n".repeat(lines),
        };
        let sources = [
            source("a/x.rs", 1),
            source("b/c/y.rs", 2),
            source("b/z.c", 1),
        ];
        let areas = count(&sources);
        assert_eq!((areas[0].folder.as_str(), areas[0].percent), ("b", 75.0));
        assert_eq!((areas[1].folder.as_str(), areas[1].lines), ("a", 1));
    }
}
