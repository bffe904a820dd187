// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate inspect`: what is in an image, and whether a device would start it.

use anyhow::{Context as _, Result};
use builder::device::expected;
use builder::firmware::{self, Which};
use builder::flash_file::FlashFile;
use builder::options::Selection;
use builder::report;
use builder::slots::{self, Slot};
use builder::workspace::Workspace;
use clap::Args;
use configure::Effective;
use signer::Expected;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show what is in a signed image, and whether the device would start it
///
/// A file as large as the flash counts as the flash file of a device: its image is verified with
/// the keys of that device. Exit status: 0 the device starts it, 1 it refuses it.
#[derive(Args)]
pub struct Inspect {
    /// Signed image, or flash file
    file: PathBuf,
    /// Slot of a flash file
    #[arg(long, default_value = "primary", value_name = "SLOT")]
    slot: Slot,
    /// Which of two images (`boot.image_number`)
    #[arg(long = "image", value_name = "IMAGE", default_value = "secure")]
    which: Which,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

impl Inspect {
    /// Prints the report; fails for an image that the device refuses.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let effective = self.selection.or_last_build(workspace).load(workspace)?;
        firmware::require_boot_rom(&effective)?;
        let length = self
            .file
            .metadata()
            .with_context(|| self.file.display().to_string())?
            .len();
        let (image, expected) = if length == effective.number("flash.size_bytes") {
            self.image_in_flash(&effective)?
        } else {
            let image = firmware::read_image(&self.file)?;
            (image, expected(&effective, None, self.which)?)
        };
        let report = signer::inspect(&image, &expected);
        if self.json {
            report::say_json(&report)?;
        } else {
            report::say(format_args!("{report}"));
        }
        Ok(match report.refused {
            None => ExitCode::SUCCESS,
            Some(_) => ExitCode::FAILURE,
        })
    }

    fn image_in_flash(&self, effective: &Effective) -> Result<(Vec<u8>, Expected)> {
        let flash = FlashFile::existing(&self.file, effective)?;
        let otp = flash.read("otp")?;
        let expected = expected(effective, Some(&otp), self.which)?;
        let image = slots::get(&flash, effective, (self.which, self.slot))?;
        Ok((image, expected))
    }
}
