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

/// The images of the secure world, below the folder of the products.
const SECURE_WORLD: [&str; 2] = ["boot.elf", "secure.elf"];
/// The application of the last build there.
const APPLICATION: &str = "nonsecure.elf";
/// What `run` says of its last device there.
const LAST_RUN: &str = "last_run.json";
/// A file of `run` is smaller.
const BYTES_MAX: u64 = 0x1_0000;
/// Where the secure image says that the application begins.
const APPLICATION_START: &str = "__nonsecure_start";

/// The images that ran last, by what they are made of.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LastRun {
    application: PathBuf,
    /// SHA-256 of the files, in hexadecimal digits: of the secure world, then of the application.
    digests: [String; 3],
}

/// Keeps for `fault` which images run now.
pub fn keep(folder: &Path, application: &Path) -> Result<()> {
    let application = std::path::absolute(application)?;
    let last = LastRun {
        digests: digests(&files(folder, &application))?,
        application,
    };
    let text = serde_json::to_string_pretty(&last)? + "\n";
    whole_file::write(&folder.join(LAST_RUN), text.as_bytes())
}

/// The images: with `application`, or with the one that ran last, or with that of the last build.
///
/// # Errors
/// One is missing or not linked for the others, or has changed since it ran.
pub fn find(folder: &Path, application: Option<&Path>) -> Result<[PathBuf; 3]> {
    let last = last_run(folder).filter(|_| application.is_none());
    let application = application.map(Path::to_path_buf);
    let application = application.or_else(|| last.as_ref().map(|last| last.application.clone()));
    let files = files(
        folder,
        &application.unwrap_or_else(|| folder.join(APPLICATION)),
    );
    let name = program::name();
    for file in &files {
        ensure!(
            file.is_file(),
            "{} is not there: type `{name} build`, or name the application by --nonsecure",
            file.display()
        );
    }
    check_application(&files)?;
    let Some(last) = last else {
        return Ok(files);
    };
    for ((file, now), then) in files.iter().zip(digests(&files)?).zip(last.digests) {
        ensure!(
            now == then,
            "{} is not the file that ran last: it was built again, and its addresses are others. \
             Type `{name} run` again, or, if the line comes from a device with this build, name its \
             application by --nonsecure",
            file.display()
        );
    }
    Ok(files)
}

fn files(folder: &Path, application: &Path) -> [PathBuf; 3] {
    let [boot, secure] = SECURE_WORLD.map(|name| folder.join(name));
    [boot, secure, application.into()]
}

/// What ran last; a file that `run` has not written counts for nothing.
fn last_run(folder: &Path) -> Option<LastRun> {
    let file = folder.join(LAST_RUN);
    let found = fs::symlink_metadata(&file).ok()?;
    let is_ours = found.is_file() && found.len() <= BYTES_MAX;
    serde_json::from_slice(&read(&file).ok().filter(|_| is_ours)?).ok()
}

/// Refuses an application that can't have run with this secure image.
fn check_application([_, secure, application]: &[PathBuf; 3]) -> Result<()> {
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

fn digests(files: &[PathBuf; 3]) -> Result<[String; 3]> {
    let of = |file: &PathBuf| Ok::<_, anyhow::Error>(hex::encode(Sha256::digest(read(file)?)));
    let [boot, secure, application] = files;
    Ok([of(boot)?, of(secure)?, of(application)?])
}
