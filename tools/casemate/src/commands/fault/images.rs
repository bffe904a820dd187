// SPDX-License-Identifier: Apache-2.0
//! The images in which the addresses of a fault lie: those of the last run, or of the last build.

use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::Linked;
use builder::program;
use builder::whole_file;
use builder::workspace::read;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use signer::{FileKind, Payload};
use std::fs;
use std::path::{Path, PathBuf};

/// What starts first, below the folder of the products; a device with a boot loader of its own has
/// another program.
const BOOT: &str = "boot.elf";
/// The secure image there.
const SECURE: &str = "secure.elf";
/// The application of the last build there.
const APPLICATION: &str = "nonsecure.elf";
/// What `run` says of its last device there.
const LAST_RUN: &str = "last_run.json";
/// A file of `run` is smaller.
const BYTES_MAX: u64 = 0x1_0000;
/// Where the secure image says that the application begins.
const APPLICATION_START: &str = "__nonsecure_start";

/// The images of a device, by what they are made of.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LastRun {
    boot: Image,
    secure: Image,
    application: Image,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Image {
    file: PathBuf,
    /// SHA-256 of the file, in hexadecimal digits.
    digest: String,
}

impl Image {
    fn of(file: &Path) -> Result<Self> {
        Ok(Self {
            file: std::path::absolute(file)?,
            digest: digest(file)?,
        })
    }
}

/// Keeps for `fault` which images run now.
pub fn keep(folder: &Path, [boot, secure, application]: [&Path; 3]) -> Result<()> {
    let last = LastRun {
        boot: Image::of(boot)?,
        secure: Image::of(secure)?,
        application: Image::of(application)?,
    };
    let text = serde_json::to_string_pretty(&last)? + "\n";
    whole_file::write(&folder.join(LAST_RUN), text.as_bytes())
}

/// The images: with `application`, or with the one that ran last, or with that of the last build.
///
/// # Errors
/// One is missing or not linked for the others, or has changed since it ran.
pub fn find(folder: &Path, application: Option<&Path>) -> Result<Vec<PathBuf>> {
    let last = last_run(folder).filter(|_| application.is_none());
    let secure = folder.join(SECURE);
    let files = match &last {
        Some(last) => [&last.boot, &last.secure, &last.application]
            .map(|image| image.file.clone())
            .to_vec(),
        None => {
            let boot = Some(folder.join(BOOT)).filter(|boot| boot.exists());
            let application = application.map(Path::to_path_buf);
            let application = application.unwrap_or_else(|| folder.join(APPLICATION));
            boot.into_iter()
                .chain([secure.clone(), application])
                .collect()
        }
    };
    let name = program::name();
    for file in &files {
        ensure!(
            file.is_file(),
            "{} is not there: type `{name} build`, or name the application by --nonsecure",
            file.display()
        );
    }
    if let Some(application) = files.last() {
        check_application(&secure, application)?;
    }
    let ran = last.map(|last| [last.boot, last.secure, last.application]);
    for Image { file, digest: then } in ran.into_iter().flatten() {
        ensure!(
            digest(&file)? == then,
            "{} is not the file that ran last: it was built again, and its addresses are others. \
             Type `{name} run` again, or, if the line comes from a device with this build, name its \
             application by --nonsecure",
            file.display()
        );
    }
    Ok(files)
}

/// What ran last; a file that `run` has not written counts for nothing.
fn last_run(folder: &Path) -> Option<LastRun> {
    let file = folder.join(LAST_RUN);
    let found = fs::symlink_metadata(&file).ok()?;
    let is_ours = found.is_file() && found.len() <= BYTES_MAX;
    serde_json::from_slice(&read(&file).ok().filter(|_| is_ours)?).ok()
}

/// Refuses an application that can't have run with this secure image.
fn check_application(secure: &Path, application: &Path) -> Result<()> {
    let content = read(application)?;
    let file = application.display();
    match FileKind::of(&content) {
        Some(FileKind::Elf) => {}
        Some(kind) => bail!("{file} is no linked application but {kind}"),
        None => bail!("{file} has no names of functions: give its ELF file by --nonsecure"),
    }
    let naming = || file.to_string();
    let found = Payload::from_elf(&content).with_context(naming)?.address;
    let secure_content = read(secure)?;
    let naming = || secure.display().to_string();
    let linked = Linked::parse(&secure_content).with_context(naming)?;
    let start = linked.symbol(APPLICATION_START).with_context(naming)?;
    ensure!(
        found == start,
        "{file} is linked to {found:#x}, and an application of {} begins at {start:#x}: it is of \
         another build",
        secure.display()
    );
    Ok(())
}

fn digest(file: &Path) -> Result<String> {
    Ok(hex::encode(Sha256::digest(read(file)?)))
}
