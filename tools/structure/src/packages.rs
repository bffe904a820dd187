// SPDX-License-Identifier: Apache-2.0
//! The packages of the workspace, by `cargo metadata`.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package of the workspace.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Folder, from the root: `crates/psa`.
    pub folder: String,
    /// Folders of the packages that it is built with.
    pub dependencies: Vec<String>,
    /// The same with the name by which the code calls each: `psa`.
    pub names: Vec<(String, String)>,
    /// The root files of its library, its programs and its build script.
    pub roots: Vec<PathBuf>,
}

/// Reads all packages, in the order of their folders.
pub fn read(root: &Path) -> Result<Vec<Package>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--no-deps", "--format-version", "1"]);
    let output = command
        .current_dir(root)
        .output()
        .context("cannot start cargo metadata")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo metadata: {errors}");
    parse(&serde_json::from_slice(&output.stdout)?)
}

fn parse(metadata: &Value) -> Result<Vec<Package>> {
    let root = Path::new(text(&metadata["workspace_root"]));
    let packages = list(&metadata["packages"]);
    let mut folders = BTreeMap::new();
    for package in packages {
        let manifest = Path::new(text(&package["manifest_path"]));
        let folder = manifest.parent().context("a manifest lies in a folder")?;
        let folder = folder.strip_prefix(root)?.display().to_string();
        folders.insert(text(&package["name"]), folder);
    }
    let mut all: Vec<_> = packages
        .iter()
        .map(|package| one(package, &folders))
        .collect();
    all.sort_by(|one, other| one.folder.cmp(&other.folder));
    Ok(all)
}

fn one(package: &Value, folders: &BTreeMap<&str, String>) -> Package {
    let mut names = Vec::new();
    for dependency in list(&package["dependencies"]) {
        let is_of_tests = dependency["kind"] == "dev";
        if let Some(folder) = folders
            .get(text(&dependency["name"]))
            .filter(|_| !is_of_tests)
        {
            let name = dependency["rename"].as_str();
            let name = name.unwrap_or(text(&dependency["name"])).replace('-', "_");
            names.push((name, folder.clone()));
        }
    }
    let is_built = |target: &&Value| {
        let kinds = list(&target["kind"]).iter().map(text);
        kinds
            .into_iter()
            .any(|kind| kind.ends_with("lib") || ["bin", "custom-build"].contains(&kind))
    };
    let targets = list(&package["targets"]).iter().filter(is_built);
    let mut dependencies: Vec<_> = names.iter().map(|(_, folder)| folder.clone()).collect();
    dependencies.sort();
    dependencies.dedup();
    Package {
        folder: folders[text(&package["name"])].clone(),
        dependencies,
        names,
        roots: targets
            .map(|target| text(&target["src_path"]).into())
            .collect(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dependencies_are_folders_and_those_of_tests_are_left_out() {
        let metadata = json!({ "workspace_root": "/r", "packages": [
            { "name": "casemate-a", "manifest_path": "/r/crates/a/Cargo.toml", "dependencies": [],
              "targets": [{ "kind": ["lib"], "src_path": "/r/crates/a/src/lib.rs" }] },
            { "name": "b", "manifest_path": "/r/tools/b/Cargo.toml", "targets": [
              { "kind": ["test"], "src_path": "/r/tools/b/tests/t.rs" }], "dependencies": [
              { "name": "casemate-a", "rename": "a", "kind": null },
              { "name": "b", "kind": "dev" }, { "name": "serde", "kind": null } ] },
        ]});
        let packages = parse(&metadata).unwrap();
        assert_eq!(packages[0].folder, "crates/a");
        assert_eq!(packages[0].roots, [Path::new("/r/crates/a/src/lib.rs")]);
        assert_eq!(packages[1].dependencies, ["crates/a"]);
        assert_eq!(packages[1].names, [("a".into(), "crates/a".into())]);
        assert!(packages[1].roots.is_empty());
    }
}
