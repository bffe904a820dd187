// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate fault`: the addresses of a fault line as functions and source lines, the
//! partition by its name.

mod images;
mod line;

pub use images::keep;
pub use line::BEGIN;

use anyhow::{Context as _, Result, bail, ensure};
use builder::options::BuildOptions;
use builder::report;
use builder::source_lines::{self, Place};
use builder::workspace::Workspace;
use clap::Args;
use configure::Effective;
use line::{RETURN, code_addresses, partition_id};
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Turn the addresses of a fault line into functions and source lines
///
/// Takes the line that the device printed, as arguments or from standard input; other lines are
/// ignored. The images are those that ran last in this configuration; an image that was built anew
/// since is refused.
#[derive(Args)]
pub struct Fault {
    /// The line, for example: fault: SecureFault AUVIOL pc 0x80102d98 lr 0x80102ced
    line: Vec<String>,
    /// Application that ran: its ELF file [default: that of the last run, or of the build]
    #[arg(long, value_name = "APP")]
    nonsecure: Option<PathBuf>,
    /// Print one JSON object for each line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    options: BuildOptions,
}

/// What is known of the firmware in which a fault happened.
pub struct Firmware<'a> {
    images: Vec<PathBuf>,
    effective: &'a Effective,
    root: &'a Path,
}

impl Fault {
    /// Reads, finds, prints.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let text = if self.line.is_empty() {
            let mut text = Vec::new();
            let read = std::io::stdin().read_to_end(&mut text);
            read.context("cannot read standard input")?;
            String::from_utf8_lossy(&text).into_owned()
        } else {
            self.line.join(" ")
        };
        let mut lines = text.lines().filter(|line| line.contains(BEGIN)).peekable();
        if lines.peek().is_none() {
            bail!("no line of a fault: it begins with `{BEGIN}` and names a pc");
        }
        let selection = self.options.selection().or_last_build(workspace);
        let effective = selection.load(workspace)?;
        let folder = selection.folder(workspace, &effective)?;
        let firmware = Firmware::find(&folder, self.nonsecure.as_deref(), &effective, workspace)?;
        lines.try_for_each(|line| firmware.explain(line, self.json))
    }
}

impl<'a> Firmware<'a> {
    /// The images in the folder of a build, with an application or with that of the last run.
    pub fn find(
        folder: &Path,
        application: Option<&Path>,
        effective: &'a Effective,
        workspace: &'a Workspace,
    ) -> Result<Self> {
        Ok(Self {
            images: images::find(folder, application)?,
            effective,
            root: &workspace.root,
        })
    }

    /// Prints a line, and what its addresses mean.
    pub fn explain(&self, line: &str, json: bool) -> Result<()> {
        let mut found = json!({ "line": line });
        let places: Vec<(&str, u32, Option<Place>)> = code_addresses(line)
            .into_iter()
            .map(|(name, address)| {
                // The lowest bit says only that it is Thumb code.
                let code = address & !1;
                let meant = code.saturating_sub(u32::from(name == RETURN));
                let place = source_lines::find(&self.images, code, meant, self.root)?;
                Ok((name, address, place))
            })
            .collect::<Result<_>>()?;
        let known = places.iter().any(|(_, _, place)| place.is_some());
        ensure!(
            known || places.is_empty(),
            "`{line}`: no address of it is in {}: it is of another build, or of another \
             application, which --nonsecure names",
            self.images
                .iter()
                .map(|image| image.display().to_string())
                .collect::<Vec<_>>()
                .join(", ")
        );
        if !json {
            report::say(line);
        }
        for (name, address, place) in &places {
            if json {
                found[*name] = object(*address, place.as_ref());
            } else {
                report::say(described(name, *address, place.as_ref()));
            }
        }
        if let Some(id) = partition_id(line) {
            let partitions = self.effective.partitions();
            let known = partitions.iter().find(|partition| partition.id == id);
            let name = known.map(|partition| partition.name.as_str());
            if json {
                found["partition"] = json!({ "id": id, "name": name });
            } else {
                let name = name.unwrap_or("none of this firmware");
                report::say(format_args!("  in partition {id}, {name}"));
            }
        }
        if json {
            report::say(found);
        }
        Ok(())
    }
}

fn object(address: u32, place: Option<&Place>) -> Value {
    let innermost = place.and_then(|place| place.frames.first());
    json!({
        "address": address,
        "image": place.map(|place| &place.image),
        "function": innermost.map(|frame| &frame.function),
        "location": innermost.map(|frame| &frame.location),
        "frames": place.map(|place| &place.frames),
    })
}

fn described(name: &str, address: u32, place: Option<&Place>) -> String {
    let Some(Place { image, frames }) = place else {
        return format!("  {name} {address:#010x}  in none of the images");
    };
    let frames = frames.iter().enumerate().map(|(depth, frame)| {
        let inlined = if depth == 0 { "" } else { "inlined into " };
        let image = if depth == 0 {
            format!(" ({image})")
        } else {
            String::new()
        };
        format!(
            "{inlined}{}\n{:17}{}{image}",
            frame.function, "", frame.location
        )
    });
    let frames: Vec<String> = frames.collect();
    let indent = format!("\n{:17}", "");
    format!("  {name} {address:#010x}  {}", frames.join(&indent))
}
