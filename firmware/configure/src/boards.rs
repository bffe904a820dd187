// SPDX-License-Identifier: Apache-2.0
//! Finds the folder of a board by its name.

use crate::nearest::nearest;
use crate::packages;
use crate::places::Places;
use crate::problems::Problems;
use std::fs;
use std::path::PathBuf;

/// A folder with this file is a board.
pub const FILE: &str = "board.toml";
/// The names of board packages begin with this.
const PREFIX: &str = "casemate-";

/// The folder of the board `name`. Looks in this order: the folder `name` below the root, the folder
/// `boards/name`, the package `name`, the package `casemate-name`.
pub fn find(places: &Places, name: &str) -> Result<PathBuf, Problems> {
    let root = places.root();
    let own = [root.join(name), root.join("boards").join(name)];
    if let Some(folder) = own.into_iter().find(|folder| folder.join(FILE).exists()) {
        return Ok(folder);
    }
    let packages = packages::of(root);
    let named = [name.to_owned(), format!("{PREFIX}{name}")];
    let mut found = named.iter().filter_map(|package| packages.get(package));
    if let Some(package) = found.find(|package| package.folder.join(FILE).exists()) {
        return Ok(package.folder.clone());
    }
    let mut names: Vec<String> = fs::read_dir(root.join("boards"))
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().join(FILE).exists())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let of_packages = packages
        .iter()
        .filter(|(_, package)| package.folder.join(FILE).exists());
    names.extend(of_packages.map(|(name, _)| name.trim_start_matches(PREFIX).to_owned()));
    let meant = match nearest(name, names.iter().map(String::as_str)) {
        Some(meant) => format!("the nearest is `{meant}`"),
        None => "none is known here: add the package of one to the dependencies".into(),
    };
    Err(Problems::one(format!(
        "there is no board `{name}`: neither a folder with {FILE} nor a package `{PREFIX}{name}` \
         among the dependencies; {meant}"
    )))
}
