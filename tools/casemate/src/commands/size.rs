// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate size`: flash and RAM by component, and the static bounds of the stacks.

mod against;
mod changes;
mod json;
mod memory;
mod page;
mod text;

use anyhow::Result;
use builder::firmware::{BuildContext, check_budgets, detailed_footprints};
use builder::options::Selection;
use builder::report;
use builder::whole_file;
use builder::workspace::Workspace;
use clap::Args;
use std::path::PathBuf;

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
    /// Write one page with pictures: maps of flash, RAM and the board, stacks and differences
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    against: against::Against,
}

impl Size {
    /// Builds, measures, prints, and compares with the budgets.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let selection = self.selection.or_last_build(workspace);
        self.against.check(workspace)?;
        let context = BuildContext::release(workspace, &selection, false)?;
        let builder = context.builder();
        let world = builder.secure_world()?;
        let footprints = detailed_footprints(&builder, &world)?;
        let stacks = world.deepest_calls()?;
        let other = self.against.measure(workspace, &context, &selection)?;
        other.iter().for_each(against::Other::warn);
        if let Some(file) = &self.html {
            let page = page::to_html(&page::Measured {
                configured: &context.configured,
                world: &world,
                footprints: &footprints,
                stacks: &stacks,
                other: other.as_ref(),
            })?;
            whole_file::write(file, page.as_bytes())?;
        }
        if self.json {
            let mut object = json::images(&footprints, self.parts);
            json::add_stacks(&mut object, &stacks, self.stack);
            object.insert(
                "warnings".into(),
                context.configured.effective.warnings().into(),
            );
            if let Some(other) = &other {
                object.insert("against".into(), changes::to_json(other));
            }
            report::say_json(&object)?;
        } else {
            text::print_images(&footprints);
            if let Some(other) = &other {
                changes::print(&footprints, other);
            }
            text::print_stacks(&stacks, self.stack);
        }
        check_budgets(&context.configured.effective, &footprints)
    }
}
