// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask sign`: an image in the format of MCUboot from a payload.

use crate::firmware;
use crate::options::Selection;
use crate::report;
use crate::workspace::{Workspace, read, write_if_changed};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use configure::Effective;
use signer::{Payload, SigningKey};
use std::fs;
use std::path::{Path, PathBuf};

/// Sign a payload (a binary, or an ELF file) as an image for the primary slot
///
/// Version, security counter, header size and key are those of the configuration, for example
/// `--set boot.image_version=1.2.0`.
#[derive(Args)]
pub struct Sign {
    /// What to sign: it begins with the vector table of the secure image
    payload: PathBuf,
    /// Signed image [default: the payload's name with .signed.bin]
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Private key, a PEM file [default: boot.signing_key of the configuration]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

impl Sign {
    /// Signs, and prints the name of the image.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let effective = self.selection.load(workspace)?;
        let key = match &self.key {
            Some(file) => {
                let text = fs::read_to_string(file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                SigningKey::from_pem(&text).with_context(|| file.display().to_string())?
            }
            None => firmware::key(workspace, &effective)?,
        };
        let payload = payload(&self.payload, &effective)?;
        let image = signer::sign(&payload, &key, &firmware::options(&effective)?)?;
        let output = self
            .output
            .clone()
            .unwrap_or_else(|| self.payload.with_extension("signed.bin"));
        write_if_changed(&output, &image)?;
        report::say(format_args!("{}", output.display()));
        Ok(())
    }
}

/// The bytes of a file, or those that an ELF file loads.
fn payload(file: &Path, effective: &Effective) -> Result<Vec<u8>> {
    let expected = effective.image_address();
    let payload = Payload::from_file(&read(file)?, expected)?;
    if payload.address != expected {
        bail!(
            "{} is linked to {:#x}, but the payload of the primary slot starts at {expected:#x}",
            file.display(),
            payload.address
        );
    }
    Ok(payload.bytes)
}
