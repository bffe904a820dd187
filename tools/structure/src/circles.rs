// SPDX-License-Identifier: Apache-2.0
//! Circles in a graph of files (Tarjan, "Depth-first search and linear graph algorithms", 1972).

use crate::arrows::arrows;
use crate::modules::Crate;
use std::collections::{BTreeMap, BTreeSet};

/// The circles among the files of a crate, a line for each arrow in one.
///
/// A parent is put together from its children, so what it takes from one of them does not count;
/// `strict` counts it.
pub fn findings(one: &Crate, strict: bool) -> Vec<String> {
    let mut arrows = arrows(one);
    arrows.retain(|arrow| strict || !arrow.is_to_descendant);
    let pairs: BTreeSet<(&str, &str)> = arrows
        .iter()
        .map(|arrow| (arrow.from.as_str(), arrow.to.as_str()))
        .collect();
    let mut findings = Vec::new();
    for circle in circles(&pairs) {
        for arrow in &arrows {
            if circle.contains(arrow.from.as_str()) && circle.contains(arrow.to.as_str()) {
                let names: Vec<_> = arrow.names.iter().map(String::as_str).collect();
                findings.push(format!(
                    "circle of {} files: {} takes {} from {}",
                    circle.len(),
                    arrow.from,
                    names.join(", "),
                    arrow.to
                ));
            }
        }
    }
    findings
}

/// The sets of more than one node in which each is reached from each.
pub fn circles<'a>(arrows: &BTreeSet<(&'a str, &'a str)>) -> Vec<BTreeSet<&'a str>> {
    let mut search = Search::default();
    for (from, to) in arrows {
        search.next.entry(from).or_default().push(to);
    }
    let nodes: Vec<_> = search.next.keys().copied().collect();
    for node in nodes {
        if !search.index.contains_key(node) {
            search.visit(node);
        }
    }
    search.found
}

#[derive(Default)]
struct Search<'a> {
    next: BTreeMap<&'a str, Vec<&'a str>>,
    index: BTreeMap<&'a str, usize>,
    lowest: BTreeMap<&'a str, usize>,
    stack: Vec<&'a str>,
    found: Vec<BTreeSet<&'a str>>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, node: &'a str) {
        let number = self.index.len();
        self.index.insert(node, number);
        self.stack.push(node);
        let mut lowest = number;
        for to in self.next.get(node).cloned().unwrap_or_default() {
            if !self.index.contains_key(to) {
                self.visit(to);
                lowest = lowest.min(self.lowest[to]);
            } else if self.stack.contains(&to) {
                lowest = lowest.min(self.index[to]);
            }
        }
        self.lowest.insert(node, lowest);
        if lowest == number {
            let start = self.stack.iter().rposition(|one| *one == node);
            let circle: BTreeSet<_> = self.stack.drain(start.unwrap_or(0)..).collect();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::circles;
    use std::collections::BTreeSet;

    #[test]
    fn a_graph_without_circles_has_none() {
        let arrows = BTreeSet::from([("a", "b"), ("a", "c"), ("b", "c"), ("d", "a")]);
        assert!(circles(&arrows).is_empty());
    }

    #[test]
    fn each_circle_is_found_once() {
        let arrows = BTreeSet::from([
            ("a", "b"),
            ("b", "a"),
            ("b", "c"),
            ("c", "d"),
            ("d", "e"),
            ("e", "c"),
            ("e", "f"),
        ]);
        let found = circles(&arrows);
        let expected = [BTreeSet::from(["c", "d", "e"]), BTreeSet::from(["a", "b"])];
        assert_eq!(found, expected);
    }
}
