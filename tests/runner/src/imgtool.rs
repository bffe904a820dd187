// SPDX-License-Identifier: Apache-2.0
//! `imgtool` with the key of the configuration.

use anyhow::Result;
use builder::firmware;
use builder::process;
use builder::setup::python;
use builder::workspace::{Workspace, write_if_changed};
use configure::Effective;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, the key in a file, and the configuration.
pub struct Imgtool<'a> {
    program: PathBuf,
    key: PathBuf,
    effective: &'a Effective,
}

/// What an image is signed with.
pub struct Signing<'a> {
    /// Size of its slot in bytes.
    pub slot_bytes: u64,
    /// Its security counter.
    pub security_counter: u64,
    /// Its version.
    pub version: &'a str,
    /// Further options.
    pub further: &'a [&'a str],
}

impl<'a> Imgtool<'a> {
    /// Finds the program, and writes the key to `folder`.
    pub fn new(workspace: &Workspace, effective: &'a Effective, folder: &Path) -> Result<Self> {
        let key = folder.join("test-key.pem");
        write_if_changed(&key, firmware::key(effective)?.to_pem()?.as_bytes())?;
        Ok(Self {
            program: python::imgtool(workspace)?,
            key,
            effective,
        })
    }

    /// Verifies an image.
    pub fn verify(&self, image: &Path) -> Result<()> {
        let mut command = Command::new(&self.program);
        command.arg("verify").arg("--key").arg(&self.key).arg(image);
        process::output(&mut command).map(|_| ())
    }

    /// What it says of an image.
    pub fn dump(&self, image: &Path) -> Result<String> {
        process::output(Command::new(&self.program).arg("dumpinfo").arg(image))
    }

    /// Signs a payload.
    pub fn sign(&self, signing: &Signing<'_>, payload: &Path, to: &Path) -> Result<()> {
        let mut command = Command::new(&self.program);
        command
            .arg("sign")
            .arg("--key")
            .arg(&self.key)
            .args([
                "--public-key-format",
                "full",
                "--pad-header",
                "--align",
                "4",
            ])
            .args([
                "--header-size",
                &self.effective.number("boot.header_bytes").to_string(),
            ])
            .args(["--slot-size", &signing.slot_bytes.to_string()])
            .args(["--security-counter", &signing.security_counter.to_string()])
            .args(["--version", signing.version])
            .args(signing.further)
            .arg(payload)
            .arg(to);
        process::output(&mut command).map(|_| ())
    }
}
