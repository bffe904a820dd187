// SPDX-License-Identifier: Apache-2.0
//! Files that are there as a whole or not at all.
//!
//! The content goes to a temporary file in the same folder, which then takes the name. A full disk or
//! a command that is killed leaves the file as it was.

use anyhow::{Context as _, Result};
use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use tempfile::NamedTempFile;

/// What a file may be used for unless it exists; the user's mask takes its part off.
const MODE: u32 = 0o666;

/// Writes a file, in place of an older one whose permissions stay.
///
/// What is no ordinary file (`/dev/stdout`, a pipe) is written as it is.
///
/// # Errors
/// The file can't be written; it names the file. An older one is unchanged.
pub fn write(file: &Path, content: &[u8]) -> Result<()> {
    replace(file, content).with_context(|| format!("cannot write {}", file.display()))
}

/// Writes a new file with these permissions.
///
/// # Errors
/// As [`write()`], and if there is a file of that name.
pub fn create(file: &Path, content: &[u8], mode: u32) -> Result<()> {
    let outcome = filled(file, content, mode)
        .and_then(|new| new.persist_noclobber(file).map_err(|error| error.error));
    outcome
        .map(drop)
        .with_context(|| format!("cannot make {}", file.display()))
}

/// An empty file in the folder of `file`, which gets that name by `persist` or is gone.
///
/// # Errors
/// The folder can't be written.
pub fn temporary(file: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    tempfile::Builder::new()
        .prefix(".casemate-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(folder.unwrap_or(Path::new(".")))
}

fn replace(file: &Path, content: &[u8]) -> io::Result<()> {
    let Ok(old) = fs::metadata(file) else {
        let new = filled(file, content, MODE)?;
        return new.persist(file).map(drop).map_err(|error| error.error);
    };
    if !old.is_file() {
        return OpenOptions::new()
            .write(true)
            .open(file)?
            .write_all(content);
    }
    // A link stays a link.
    let whole = fs::canonicalize(file)?;
    // Who may not write the file may not replace it.
    OpenOptions::new().write(true).open(&whole)?;
    let new = filled(&whole, content, MODE)?;
    new.as_file().set_permissions(old.permissions())?;
    new.persist(&whole).map(drop).map_err(|error| error.error)
}

fn filled(file: &Path, content: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let mut new = temporary(file, mode)?;
    new.write_all(content)?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn content_and_permissions_are_those_that_were_asked_for() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("file");
        create(&file, b"one", 0o600).unwrap();
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        write(&file, b"two").unwrap();
        assert_eq!((fs::read(&file).unwrap(), mode()), (b"two".to_vec(), 0o600));
        let error = create(&file, b"three", 0o600).unwrap_err();
        assert!(error.to_string().contains("file"), "{error:#}");
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(names(room.path()), 1);
    }

    #[test]
    fn a_link_stays_a_link() {
        let room = tempfile::tempdir().unwrap();
        let (file, link) = (room.path().join("file"), room.path().join("link"));
        fs::write(&file, "old").unwrap();
        symlink("file", &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
    }

    #[test]
    fn a_device_is_written_and_stays() {
        write(Path::new("/dev/null"), b"content").unwrap();
        let error = write(Path::new("/dev/full"), b"content").unwrap_err();
        assert!(format!("{error:#}").contains("/dev/full"), "{error:#}");
        assert!(Path::new("/dev/full").exists());
    }

    #[test]
    fn a_folder_that_is_missing_is_named() {
        let error = write(Path::new("/no/such/folder/file"), b"").unwrap_err();
        assert!(format!("{error:#}").contains("/no/such/folder/file"));
    }
}
