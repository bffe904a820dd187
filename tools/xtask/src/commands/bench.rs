// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask bench`: instructions per operation and of the boot, beside the reference's.

use crate::bench::{boot_run, latency, operations, reference};
use crate::firmware::Workshop;
use crate::options::{Configured, Selection};
use crate::qemu::DETERMINISTIC;
use crate::report::{self, Step};
use crate::table;
use crate::workspace::{Workspace, read};
use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value, json};

/// Count the instructions of each operation and of the boot, in QEMU
#[derive(Args)]
pub struct Bench {
    #[command(flatten)]
    selection: Selection,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Bench {
    /// Measures and prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let workshop = Workshop::release(workspace, &self.selection, true)?;
        let (builder, configured) = (workshop.builder(), &workshop.configured);
        let world = builder.secure_world()?;
        let image = builder.application(&world, operations::BENCH)?;
        let suite = builder.application(&world, latency::SUITE)?;
        let signed = read(&image.signed)?;
        let step = Step::start("Counting instructions");
        let counts = operations::measure(workspace, configured, &world, &signed)?;
        let nonsecure = &image.nonsecure_elf;
        let boot = boot_run::measure(workspace, configured, &world, nonsecure, &signed)?;
        let suite = read(&suite.signed)?;
        let arguments = [latency::SUITE.binary, latency::ARGUMENT];
        let lines = operations::run(
            workspace,
            configured,
            &world,
            &suite,
            &arguments,
            &DETERMINISTIC,
        )?;
        let waits = latency::counts(&lines);
        step.done();
        let stacks = world.stacks()?;
        if self.json {
            self.print_json(configured, counts, &boot, &waits, stacks)?;
        } else {
            print(counts, &boot, &waits);
        }
        latency::check(&configured.effective, &waits)
    }

    fn print_json(
        &self,
        configured: &Configured,
        counts: Rows,
        boot: &boot_run::Rows,
        waits: &[(String, u64)],
        stacks: Vec<(String, u64)>,
    ) -> Result<()> {
        let numbers = |pairs: Vec<(String, u64)>| {
            pairs
                .into_iter()
                .map(|(name, number)| (name, json!(number)))
                .collect::<Map<_, _>>()
        };
        let segments: Map<_, _> = boot
            .iter()
            .map(|(name, count)| (name.to_string(), figure(*count)))
            .collect();
        let (sizes, counts) = parted(counts);
        let object = json!({
            "board": configured.effective.text("board.name"),
            "profile": self.selection.profile,
            "backend": configured.effective.text("spm.backend"),
            "instructions": numbers(counts),
            "bytes": numbers(sizes),
            "boot": segments,
            "interrupt_latency": numbers(waits.to_vec()),
            "stack": numbers(stacks),
        });
        report::say(format_args!("{}", serde_json::to_string_pretty(&object)?));
        Ok(())
    }
}

/// Numbers with their names.
type Rows = Vec<(String, u64)>;

/// What the application measured in bytes, by the name `bytes.NAME`, apart from instructions.
fn parted(counts: Rows) -> (Rows, Rows) {
    let (mut sizes, mut others) = (Rows::new(), Rows::new());
    for (name, number) in counts {
        match name.strip_prefix("bytes.") {
            Some(what) => sizes.push((what.into(), number)),
            None => others.push((name, number)),
        }
    }
    (sizes, others)
}

/// Whole numbers without a point.
fn figure(count: f64) -> Value {
    if count.fract() == 0.0 {
        json!(count as u64)
    } else {
        json!((count * 10.0).round() / 10.0)
    }
}

fn print(counts: Rows, boot: &boot_run::Rows, waits: &[(String, u64)]) {
    let cell = |value: Option<u64>| value.map_or_else(|| "-".into(), table::grouped);
    let rows = |ours: Rows, known: &[(&str, [Option<u64>; 3])]| -> Vec<Vec<String>> {
        let row = |(name, count): (String, u64)| {
            let theirs = known.iter().find(|(row, _)| *row == name);
            let theirs = theirs.map_or([None; 3], |(_, counts)| *counts).map(cell);
            [vec![name, table::grouped(count)], theirs.to_vec()].concat()
        };
        ours.into_iter().map(row).collect()
    };
    let (sizes, counts) = parted(counts);
    let head = |first: &str, columns: [&str; 3]| {
        [
            vec![first.into(), "ours".into()],
            columns.map(String::from).to_vec(),
        ]
        .concat()
    };
    table::print(
        &head("instructions", reference::COLUMNS),
        &rows(counts, reference::INSTRUCTIONS),
    );
    report::say("");
    table::print(
        &head("bytes", reference::COLUMNS),
        &rows(sizes, reference::BYTES),
    );

    let cell = |value: Option<f64>| match value {
        None => "-".into(),
        Some(value) if value.fract() == 0.0 => table::grouped(value as u64),
        Some(value) => format!("{value:.1}"),
    };
    let rows = boot.iter().map(|(name, count)| {
        let theirs = reference::BOOT.iter().find(|(row, _)| row == name);
        let theirs = theirs.map_or([None; 3], |(_, counts)| *counts).map(cell);
        [vec![name.to_string(), cell(Some(*count))], theirs.to_vec()].concat()
    });
    report::say("");
    table::print(
        &head("boot", reference::BOOT_COLUMNS),
        &rows.collect::<Vec<_>>(),
    );

    let rows = waits
        .iter()
        .map(|(name, count)| vec![name.clone(), table::grouped(*count)]);
    let head = ["interrupt waits during", "instructions"].map(String::from);
    report::say("");
    table::print(&head, &rows.collect::<Vec<_>>());
}
