// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate size`: flash and RAM by component, and the static bounds of the stacks.

use anyhow::Result;
use builder::firmware::{BuildContext, check_budgets, footprints_of, reference};
use builder::options::Selection;
use builder::report;
use builder::table;
use builder::workspace::Workspace;
use clap::Args;
use footprint::size::Footprint;
use serde_json::{Map, Value, json};

/// Show flash and RAM of boot ROM and secure image, by component
#[derive(Args)]
pub struct Size {
    #[command(flatten)]
    selection: Selection,
    /// Also show the calls that determine the bound of each stack, with the bytes of each
    #[arg(long, conflicts_with = "json")]
    stack: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Size {
    /// Builds, measures, prints, and compares with the budgets.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let selection = self.selection.or_last_build(workspace);
        let context = BuildContext::release(workspace, &selection, false)?;
        let world = context.builder().secure_world()?;
        let footprints = footprints_of(&world)?;
        if self.json {
            let images: Map<_, _> = footprints
                .iter()
                .map(|(name, image)| (name.to_string(), object(image)))
                .collect();
            report::say_json(&json!({
                "images": images,
                "warnings": context.configured.effective.warnings(),
            }))?;
        } else {
            for (name, image) in &footprints {
                print(name, image);
                report::say("");
            }
            for (name, deepest) in world.deepest_calls()? {
                let bytes = deepest.bytes;
                report::say(format_args!(
                    "stack {name}: at most {bytes} bytes, proven from the calls"
                ));
                for (function, bytes) in deepest.path.iter().filter(|_| self.stack) {
                    report::say(format_args!("{bytes:7}  {function}"));
                }
            }
        }
        check_budgets(&context.configured.effective, &footprints)
    }
}

fn object(image: &Footprint) -> Value {
    let components: Map<_, _> = image
        .components
        .iter()
        .map(|(name, size)| {
            (
                name.clone(),
                json!({ "flash": size.flash, "ram": size.ram }),
            )
        })
        .collect();
    json!({ "flash": image.flash, "ram": image.ram, "components": components })
}

/// Ours beside the reference's, flash / RAM.
fn print(name: &str, image: &Footprint) {
    let pair =
        |(flash, ram): (u64, u64)| format!("{} / {}", table::grouped(flash), table::grouped(ram));
    let row = |name: &str, flash: u64, ram: u64, known: &[(&str, [(u64, u64); 2])]| {
        let theirs = known.iter().find(|(row, _)| *row == name);
        let theirs = theirs.map_or(["-".into(), "-".into()], |(_, sizes)| sizes.map(pair));
        [
            vec![name.into(), table::grouped(flash), table::grouped(ram)],
            theirs.to_vec(),
        ]
        .concat()
    };
    let components = if name == "secure" {
        reference::COMPONENTS
    } else {
        &[]
    };
    let mut rows = vec![row(name, image.flash, image.ram, reference::IMAGES)];
    rows.extend(image.components.iter().map(|(component, size)| {
        let mut row = row(component, size.flash, size.ram, components);
        row[0] = format!("  {component}");
        row
    }));
    let head = ["image", "flash", "RAM", "v1.6 Library", "v2.1.5 SFN"].map(String::from);
    table::print(&head, &rows);
}
