// SPDX-License-Identifier: Apache-2.0
//! Packages of a workspace of cargo: where boards, partitions and profiles lie that come from a
//! registry or from another repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::{env, fs};

/// A package.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its folder.
    pub folder: PathBuf,
    /// Its version.
    pub version: String,
}

/// The packages of a workspace, its dependencies among them, by name.
pub type Packages = BTreeMap<String, Package>;

/// The dependencies on other platforms need not be fetched.
const PLATFORM: &str = "thumbv8m.main-none-eabi";
/// What was found; asking cargo takes a moment.
static KNOWN: Mutex<BTreeMap<PathBuf, Packages>> = Mutex::new(BTreeMap::new());

/// The packages of the workspace at `root`. Where cargo knows of none, or fails, there are none:
/// what was looked for is then missing, and whoever looked says so.
pub fn of(root: &Path) -> Packages {
    let Ok(mut known) = KNOWN.lock() else {
        return Packages::new();
    };
    if let Some(packages) = known.get(root) {
        return packages.clone();
    }
    let packages = read(root).unwrap_or_default();
    known.insert(root.into(), packages.clone());
    packages
}

/// The folder of a package.
pub fn folder(root: &Path, name: &str) -> Option<PathBuf> {
    Some(of(root).remove(name)?.folder)
}

/// The version of a package of the workspace at `root`; `None` where it has no such package.
pub fn version(root: &Path, name: &str) -> Option<String> {
    Some(of(root).remove(name)?.version)
}

fn read(root: &Path) -> Option<Packages> {
    fs::metadata(root.join("Cargo.toml")).ok()?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--filter-platform",
            PLATFORM,
        ])
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).ok()?;
    let package = |package: &serde_json::Value| {
        let manifest = Path::new(package["manifest_path"].as_str()?);
        let found = Package {
            folder: manifest.parent()?.to_owned(),
            version: package["version"].as_str()?.to_owned(),
        };
        Some((package["name"].as_str()?.to_owned(), found))
    };
    Some(
        metadata["packages"]
            .as_array()?
            .iter()
            .filter_map(package)
            .collect(),
    )
}
