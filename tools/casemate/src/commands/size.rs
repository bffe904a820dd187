// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate size`: flash and RAM by component, and the static bounds of the stacks.

mod json;
mod memory;
mod text;

use anyhow::Result;
use builder::firmware::{BuildContext, check_budgets, detailed_footprints};
use builder::options::Selection;
use builder::report;
use builder::workspace::Workspace;
use clap::Args;

/// Show flash and RAM of boot ROM and secure image, by component
#[derive(Args)]
pub struct Size {
    #[command(flatten)]
    selection: Selection,
    /// Also show the calls that determine the bound of each stack, with the bytes of each
    #[arg(long)]
    stack: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// In the JSON object, also list each function and each field of the state
    #[arg(long, requires = "json")]
    parts: bool,
}

impl Size {
    /// Builds, measures, prints, and compares with the budgets.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let selection = self.selection.or_last_build(workspace);
        let context = BuildContext::release(workspace, &selection, false)?;
        let builder = context.builder();
        let world = builder.secure_world()?;
        let footprints = detailed_footprints(&builder, &world)?;
        let stacks = world.deepest_calls()?;
        if self.json {
            let mut object = json::images(&footprints, self.parts);
            json::add_stacks(&mut object, &stacks, self.stack);
            object.insert(
                "warnings".into(),
                context.configured.effective.warnings().into(),
            );
            report::say_json(&object)?;
        } else {
            text::print_images(&footprints);
            text::print_stacks(&stacks, self.stack);
        }
        check_budgets(&context.configured.effective, &footprints)
    }
}
