// SPDX-License-Identifier: Apache-2.0
//! Which arrows are drawn, and the order of the boxes.

use crate::layers::{LAYERS, layer};
use crate::packages::Package;
use std::collections::{BTreeMap, BTreeSet};

/// How often the boxes are put into the middle of their neighbours.
const ROUNDS: usize = 24;

/// A row of boxes, all of one layer.
pub struct Row<'a> {
    /// Number of the layer.
    pub layer: usize,
    /// The packages, from left to right.
    pub folders: Vec<&'a str>,
}

/// The dependencies but for those that follow from others: on what a dependency depends on.
pub fn without_implied(packages: &[Package]) -> Vec<(&str, &str)> {
    let next: BTreeMap<&str, Vec<&str>> = packages
        .iter()
        .map(|package| {
            let dependencies = package.dependencies.iter().map(String::as_str);
            (package.folder.as_str(), dependencies.collect())
        })
        .collect();
    let mut arrows = Vec::new();
    for (from, dependencies) in &next {
        let implied: BTreeSet<&str> = dependencies
            .iter()
            .flat_map(|direct| {
                let mut below = BTreeSet::new();
                reach(&next, direct, &mut below);
                below
            })
            .collect();
        let kept = dependencies.iter().filter(|to| !implied.contains(*to));
        arrows.extend(kept.map(|to| (*from, *to)));
    }
    arrows
}

/// Everything below a package, without itself.
fn reach<'a>(next: &BTreeMap<&'a str, Vec<&'a str>>, from: &str, below: &mut BTreeSet<&'a str>) {
    for to in next.get(from).into_iter().flatten() {
        if below.insert(to) {
            reach(next, to, below);
        }
    }
}

/// The rows from the top down. A package stands above those of its layer on which it depends.
pub fn rows<'a>(packages: &'a [Package], arrows: &[(&'a str, &'a str)]) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for number in (0..LAYERS.len()).rev() {
        let mut left: Vec<&str> = packages
            .iter()
            .map(|package| package.folder.as_str())
            .filter(|folder| layer(folder) == Some(number))
            .collect();
        while !left.is_empty() {
            let is_needed = |folder: &&str| {
                arrows
                    .iter()
                    .any(|(from, to)| to == folder && left.contains(from))
            };
            let (later, now): (Vec<_>, Vec<_>) = left.iter().copied().partition(is_needed);
            // In a circle each is needed: nothing can be drawn above the rest.
            let (now, later) = if now.is_empty() {
                (later, now)
            } else {
                (now, later)
            };
            rows.push(Row {
                layer: number,
                folders: now,
            });
            left = later;
        }
    }
    for round in 0..ROUNDS {
        sort_by_neighbours(&mut rows, arrows, round % 2 == 0);
    }
    rows
}

/// Puts each box of each row into the middle of those above it, or of those below it.
fn sort_by_neighbours(rows: &mut [Row<'_>], arrows: &[(&str, &str)], from_above: bool) {
    let count = rows.len();
    for turn in 0..count {
        let number = if from_above { turn } else { count - 1 - turn };
        let place = |folder: &str| {
            rows.iter().find_map(|row| {
                let index = row.folders.iter().position(|one| *one == folder)?;
                Some((index as f64 + 0.5) / row.folders.len() as f64)
            })
        };
        let middle = |folder: &str| {
            let neighbours = arrows.iter().filter_map(|(from, to)| match from_above {
                true if *to == folder => place(from),
                false if *from == folder => place(to),
                _ => None,
            });
            let all: Vec<f64> = neighbours.collect();
            if all.is_empty() {
                return place(folder).unwrap_or(0.5);
            }
            all.iter().sum::<f64>() / all.len() as f64
        };
        let mut sorted: Vec<(f64, &str)> = rows[number]
            .folders
            .iter()
            .map(|folder| (middle(folder), *folder))
            .collect();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        // The names are those of the row itself.
        let order: Vec<usize> = sorted
            .iter()
            .filter_map(|(_, folder)| rows[number].folders.iter().position(|one| one == folder))
            .collect();
        let old = rows[number].folders.clone();
        rows[number].folders = order.into_iter().map(|index| old[index]).collect();
    }
}
