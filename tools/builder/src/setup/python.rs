// SPDX-License-Identifier: Apache-2.0
//! Public tools that check our results in the tests: `imgtool` images, `cbor2` and `pycose`
//! tokens, `smpclient` the serial recovery.
//!
//! It lives in a virtual environment below the target directory and leaves the machine alone.

use super::packages::{self, Lists};
use crate::process;
use crate::report::Step;
use crate::workspace::{Workspace, write_if_changed};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `pycose` takes a list for a list, as the newer `cbor2` no longer gives it.
const REQUIREMENTS: [&str; 4] = [
    "imgtool==2.5.0",
    "cbor2==5.6.5",
    "pycose==1.1.0",
    "smpclient[serial]==7.3.0",
];
const DEBIAN_PYTHON: &str = "/usr/bin/python3";

/// The program `imgtool`, installed if need be.
pub fn imgtool(workspace: &Workspace) -> Result<PathBuf> {
    tools(workspace).map(|programs| programs.join("imgtool"))
}

/// The Python that has the libraries, installed if need be.
pub fn interpreter(workspace: &Workspace) -> Result<PathBuf> {
    tools(workspace).map(|programs| programs.join("python"))
}

/// Installs the tools of `REQUIREMENTS` once; gives the folder of their programs.
fn tools(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.products().join("python");
    let programs = folder.join("bin");
    let stamp = folder.join("requirements.txt");
    let wanted = REQUIREMENTS.join("\n");
    if fs::read(&stamp).is_ok_and(|present| present == wanted.as_bytes()) {
        return Ok(programs);
    }
    let step = Step::start(format!("Installing {}", REQUIREMENTS.join(" ")));
    let python = python()?;
    process::output(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )
    .context("no virtual environment of Python can be made")?;
    let mut pip = Command::new(programs.join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"])
        .args(REQUIREMENTS);
    process::output(&mut pip).context("they cannot be installed from PyPI")?;
    write_if_changed(&stamp, wanted.as_bytes())?;
    step.done();
    Ok(programs)
}

/// A Python that can make virtual environments; Debian packages that ability apart.
fn python() -> Result<PathBuf> {
    let candidates = [process::find("python3"), Some(PathBuf::from(DEBIAN_PYTHON))];
    if let Some(python) = candidates
        .into_iter()
        .flatten()
        .find(|python| makes_environments(python))
    {
        return Ok(python);
    }
    packages::install(&["python3", "python3-venv"], Lists::Present)?;
    Ok(PathBuf::from(DEBIAN_PYTHON))
}

fn makes_environments(python: &Path) -> bool {
    process::output(Command::new(python).args(["-c", "import venv, ensurepip"])).is_ok()
}
