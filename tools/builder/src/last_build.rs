// SPDX-License-Identifier: Apache-2.0
//! The options of the last `build`: they hold for the commands after it that have none.

use crate::options::Selection;
use crate::report;
use crate::whole_file;
use crate::workspace::Workspace;
use anyhow::{Context as _, Result, ensure};
use configure::schema::{self, Kind};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The file below the folder of the products.
const FILE: &str = "last_build.json";
/// A file of `build` is smaller.
const BYTES_MAX: u64 = 0x1_0000;
/// A partition is a key as well; its value is a path or the name of a package.
const PARTITIONS: &str = "partitions.";

/// What the file says.
#[derive(Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// The repository: several may share a target directory.
    root: PathBuf,
    board: Option<String>,
    profile: Option<String>,
    config: Vec<PathBuf>,
    set: Vec<String>,
}

/// Keeps the options of a build.
pub fn keep(workspace: &Workspace, selection: &Selection) -> Result<()> {
    let kept = Kept {
        root: workspace.root.clone(),
        board: selection
            .board
            .as_deref()
            .map(|_| selection.board(workspace)),
        profile: selection
            .profile
            .as_deref()
            .map(|_| selection.profile(workspace)),
        config: absolute(&selection.files)?,
        set: selection
            .settings
            .iter()
            .map(|setting| from_any_folder(setting))
            .collect::<Result<_>>()?,
    };
    let folder = workspace.folder(&[])?;
    let text = serde_json::to_string_pretty(&kept)? + "\n";
    whole_file::write(&folder.join(FILE), text.as_bytes())
}

/// The options of the last build of this repository, unless there was none, or its options fit the
/// repository no more; the user is told of the latter.
pub fn recall(workspace: &Workspace) -> Option<Selection> {
    let file = workspace.products().join(FILE);
    let options = read(&file, workspace).and_then(|options| {
        if let Some(options) = &options {
            configure::load(&options.request(workspace)?)?;
        }
        Ok(options)
    });
    options.unwrap_or_else(|error| {
        report::warning(&format!(
            "{}, the options of the last build, is not used: {error:#}",
            file.display()
        ));
        None
    })
}

fn read(file: &Path, workspace: &Workspace) -> Result<Option<Selection>> {
    let Ok(found) = fs::symlink_metadata(file) else {
        return Ok(None);
    };
    ensure!(
        found.is_file() && found.len() <= BYTES_MAX,
        "`build` does not write such a file"
    );
    let text = fs::read_to_string(file)?;
    let kept: Kept = serde_json::from_str(&text).context("it is damaged")?;
    if kept.root != workspace.root {
        return Ok(None);
    }
    Ok(Some(Selection {
        board: kept.board,
        profile: kept.profile,
        files: kept.config,
        settings: kept.set,
    }))
}

fn absolute(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let whole = files.iter().map(std::path::absolute);
    Ok(whole.collect::<Result<_, _>>()?)
}

/// A setting with a path that holds in every folder.
fn from_any_folder(setting: &str) -> Result<String> {
    let Some((key, value)) = setting.split_once('=') else {
        return Ok(setting.into());
    };
    let (name, path) = (key.trim(), value.trim().trim_matches(['"', '\'']));
    let is_path = schema::find(name).is_some_and(|key| key.kind == Kind::Path)
        || (name.starts_with(PARTITIONS) && path.contains('/'));
    if !is_path || path.starts_with('{') {
        return Ok(setting.into());
    }
    Ok(format!("{name}={}", std::path::absolute(path)?.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_change() {
        for setting in ["spm.backend=sfn", "no setting", "boot.signing_key=/a/b.pem"] {
            assert_eq!(from_any_folder(setting).unwrap(), setting);
        }
        let here = std::env::current_dir().unwrap();
        let whole = here.join("keys/a.pem");
        let setting = from_any_folder("boot.signing_key = \"keys/a.pem\"").unwrap();
        assert_eq!(setting, format!("boot.signing_key={}", whole.display()));
    }
}
