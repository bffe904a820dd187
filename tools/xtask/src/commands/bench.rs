// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask bench`: instructions per operation and of the boot, beside the reference's.

use anyhow::Result;
use bench::stacks::Used;
use bench::{boot_run, latency, operations, reference};
use builder::firmware::{BuildContext, Image};
use builder::options::{Configured, Selection};
use builder::report::{self, Step};
use builder::table;
use builder::workspace::Workspace;
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

/// Numbers with their names.
type Rows = Vec<(String, u64)>;

/// All that was measured.
struct Figures {
    /// Instructions of each operation.
    counts: Rows,
    /// Sizes of what operations give.
    sizes: Rows,
    boot: boot_run::Rows,
    /// How long an interrupt waits, by kind of call.
    waits: Rows,
    /// Static bounds.
    stacks: Rows,
    used: Used,
}

impl Bench {
    /// Measures and prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let context = BuildContext::release(workspace, &self.selection, true)?;
        let (builder, configured) = (context.builder(), &context.configured);
        let world = builder.secure_world()?;
        let image = builder.application(&world, operations::BENCH)?;
        let suite = builder.application(&world, latency::SUITE)?;
        let step = Step::start("Counting instructions");
        let mut used = Used::new();
        let mut run = |image: &Image, arguments: &[&str]| {
            boot_run::run(workspace, configured, &world, image, arguments, &mut used)
        };
        let told = run(&image, &[operations::BENCH.binary])?;
        let suite_binary = latency::SUITE.binary;
        let interrupted = run(&suite, &[suite_binary, latency::ARGUMENT])?;
        // The faults of this one use the main stack.
        run(&suite, &[suite_binary, latency::ISOLATION])?;
        step.done();
        let (sizes, counts) = parted(operations::counts(&told.lines));
        let figures = Figures {
            counts,
            sizes,
            boot: boot_run::segments(&told.counts, &image)?,
            waits: latency::counts(&interrupted.lines),
            stacks: world.stacks()?,
            used,
        };
        if self.json {
            self.print_json(configured, &figures)?;
        } else {
            print(&figures);
        }
        latency::check(&configured.effective, &figures.waits)
    }

    fn print_json(&self, configured: &Configured, figures: &Figures) -> Result<()> {
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
        let object = json!({
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
        });
        report::say(format_args!("{}", serde_json::to_string_pretty(&object)?));
        Ok(())
    }
}

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

fn print(figures: &Figures) {
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
