// SPDX-License-Identifier: Apache-2.0
//! The figures as tables and as JSON.

use crate::figures::{Figures, Rows};
use crate::reference;
use builder::options::Configured;
use builder::{report, table};
use serde_json::{Map, Value, json};

/// The figures as an object, with the configuration that was measured.
pub fn to_json(configured: &Configured, figures: &Figures) -> Value {
    let numbers = |pairs: &[(String, u64)]| {
        let pairs = pairs.iter();
        pairs
            .map(|(name, number)| (name.clone(), json!(number)))
            .collect::<Map<_, _>>()
    };
    let segments: Map<_, _> = figures
        .boot
        .iter()
        .map(|(name, count)| (name.to_string(), figure(*count)))
        .collect();
    json!({
        "board": configured.effective.text("board.name"),
        "profile": configured.profile,
        "backend": configured.effective.text("spm.backend"),
        "instructions": numbers(&figures.counts),
        "bytes": numbers(&figures.sizes),
        "boot": segments,
        "interrupt_latency": numbers(&figures.waits),
        "stack": numbers(&figures.stacks),
        "stack_used": figures.used,
        "warnings": configured.effective.warnings(),
    })
}

/// Whole numbers without a point.
fn figure(count: f64) -> Value {
    if count.fract() == 0.0 {
        json!(count as u64)
    } else {
        json!((count * 10.0).round() / 10.0)
    }
}

/// Prints the tables, ours beside the reference's.
pub fn print(figures: &Figures) {
    let cell = |value: Option<u64>| value.map_or_else(|| "-".into(), table::grouped);
    let rows = |ours: &Rows, known: &[(&str, [Option<u64>; 3])]| -> Vec<Vec<String>> {
        let row = |(name, count): &(String, u64)| {
            let theirs = known.iter().find(|(row, _)| row == name);
            let theirs = theirs.map_or([None; 3], |(_, counts)| *counts).map(cell);
            [vec![name.clone(), table::grouped(*count)], theirs.to_vec()].concat()
        };
        ours.iter().map(row).collect()
    };
    let head = |first: &str, columns: [&str; 3]| {
        [
            vec![first.into(), "ours".into()],
            columns.map(String::from).to_vec(),
        ]
        .concat()
    };
    table::print(
        &head("instructions", reference::COLUMNS),
        &rows(&figures.counts, reference::INSTRUCTIONS),
    );
    report::say("");
    table::print(
        &head("bytes", reference::COLUMNS),
        &rows(&figures.sizes, reference::BYTES),
    );

    let cell = |value: Option<f64>| match value {
        None => "-".into(),
        Some(value) if value.fract() == 0.0 => table::grouped(value as u64),
        Some(value) => format!("{value:.1}"),
    };
    let rows = figures.boot.iter().map(|(name, count)| {
        let theirs = reference::BOOT.iter().find(|(row, _)| row == name);
        let theirs = theirs.map_or([None; 3], |(_, counts)| *counts).map(cell);
        [vec![name.to_string(), cell(Some(*count))], theirs.to_vec()].concat()
    });
    report::say("");
    table::print(
        &head("boot", reference::BOOT_COLUMNS),
        &rows.collect::<Vec<_>>(),
    );

    let rows = figures
        .waits
        .iter()
        .map(|(name, count)| vec![name.clone(), table::grouped(*count)]);
    let head = ["interrupt waits during", "instructions"].map(String::from);
    report::say("");
    table::print(&head, &rows.collect::<Vec<_>>());

    let rows = figures.stacks.iter().map(|(name, bound)| {
        let used = figures.used.get(name).map(|used| table::grouped(*used));
        let used = used.unwrap_or_else(|| "-".into());
        vec![name.clone(), used, table::grouped(*bound)]
    });
    let head = ["stack", "used", "static bound"].map(String::from);
    report::say("");
    table::print(&head, &rows.collect::<Vec<_>>());
}
