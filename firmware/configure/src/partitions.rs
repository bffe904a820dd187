// SPDX-License-Identifier: Apache-2.0
//! The partitions of a firmware: the manifests that the profile lists, checked against each
//! other and put in order.
//!
//! The order is that of dependencies: a partition stands behind all whose services it calls, and
//! among equals the lower id is first. It says in which order partitions are initialised, and it
//! exists exactly when no partition depends on itself by any way round.

mod assign;
mod builtin;
mod order;
mod unique;

pub(crate) use order::deepest;

use crate::manifest::{self, Dependency, Manifest, PartitionType, Priority, VersionPolicy};
use crate::nearest::nearest;
use crate::packages;
use crate::places::Places;
use crate::problems::Problems;
use std::fs;
use std::path::PathBuf;

/// A line of the profile's table `[partitions]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What the partition is called in the board's code.
    pub module: String,
    /// Its manifest: a path from the root of the repository, or the name of the package that has
    /// it as `manifest.toml`.
    pub manifest: String,
    /// `file:line` that set it, or `--set`.
    pub origin: String,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Name, by which others depend on it.
    pub name: String,
    /// Service id.
    pub sid: u32,
    /// Version.
    pub version: u32,
    /// Which versions a client may ask for.
    pub version_policy: VersionPolicy,
    /// The stateless handle; `None` for a service to which clients connect.
    pub stateless_handle: Option<u8>,
    /// Whether the non-secure world may use it.
    pub non_secure_clients: bool,
    /// Whether the service may map vectors.
    pub mapped_vectors: bool,
}

/// One partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partition {
    /// What it is called in the board's code.
    pub module: String,
    /// Its manifest, as in [`Line`].
    pub manifest: String,
    /// Its name.
    pub name: String,
    /// Its root of trust.
    pub partition_type: PartitionType,
    /// Its priority.
    pub priority: Priority,
    /// Its client id when it calls a service.
    pub id: i32,
    /// The most that a call to it takes of the stack; `None` where the manifest does not say.
    pub stack_bytes: Option<u64>,
    /// Its services.
    pub services: Vec<Service>,
    /// Name and service id of what it may call.
    pub dependencies: Vec<(String, u32)>,
    /// The Rust type of its state, and that state at start; see [`Manifest`].
    pub rust: Option<[String; 2]>,
}

/// A manifest under its line of the profile, not yet checked against the others.
struct Listed {
    line: Line,
    id: i32,
    manifest: Manifest,
}

impl Listed {
    /// A place in the manifest, for messages.
    fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.manifest.file)
    }

    fn name(&self) -> &str {
        &self.manifest.name.value
    }

    fn offers(&self, service: &str) -> bool {
        let services = &self.manifest.services;
        services.iter().any(|own| own.name.value == service)
    }
}

/// The index of the partition that offers a service.
fn owner(all: &[Listed], dependency: &Dependency) -> Option<usize> {
    all.iter()
        .position(|listed| listed.offers(&dependency.service.value))
}

/// Reads the manifests of `lines`, names the files in `inputs`, and checks all.
pub(crate) fn load(
    places: &Places,
    lines: &[Line],
    inputs: &mut Vec<PathBuf>,
) -> Result<Vec<Partition>, Problems> {
    if lines.is_empty() {
        return Err(Problems::one(
            "the profile lists no partition: write `[partitions]` and below it, for example, \
             crypto = \"casemate-crypto\"",
        ));
    }
    let mut problems = Problems::default();
    let mut all = Vec::new();
    for line in lines {
        match read(places, line, inputs) {
            Ok(listed) => all.push(listed),
            Err(found) => problems.append(found),
        }
    }
    let mut all = problems.or(all)?;
    let mut problems = Problems::default();
    unique::check(&all, &mut problems);
    order::dependencies_exist(&all, &mut problems);
    problems.or(())?;
    order::sort(&mut all)?;
    assign::partitions(&all)
}

fn read(places: &Places, line: &Line, inputs: &mut Vec<PathBuf>) -> Result<Listed, Problems> {
    let Line {
        module,
        manifest,
        origin,
    } = line;
    if !is_module_name(module) {
        return Err(Problems::one(format!(
            "{origin}: `partitions.{module}`: write the name as that of a Rust module, in small \
             letters, digits and single underscores"
        )));
    }
    let (file, text) = text(places, manifest, inputs)
        .map_err(|mistake| Problems::one(format!("{origin}: `partitions.{module}`: {mistake}")))?;
    let manifest = manifest::parse(&file, &text)?;
    let name = &manifest.name.value;
    let id = manifest
        .id
        .as_ref()
        .map_or_else(|| assign::id(name), |id| id.value);
    Ok(Listed {
        line: line.clone(),
        id,
        manifest,
    })
}

/// Whether a partition of Casemate is usually called this.
pub(crate) fn is_standard(module: &str) -> bool {
    let package = format!("casemate-{}", module.replace('_', "-"));
    builtin::manifest(&package).is_some()
}

/// Whether a line names a package and not a file.
pub(crate) fn is_package(manifest: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    !manifest.is_empty() && manifest.chars().all(letter)
}

/// The file in the folder of a package of a partition.
const MANIFEST: &str = "manifest.toml";

/// The name of a manifest in messages, and its text.
fn text(
    places: &Places,
    manifest: &str,
    inputs: &mut Vec<PathBuf>,
) -> Result<(String, String), String> {
    let path = if !is_package(manifest) {
        places.path(manifest)
    } else if let Some(text) = builtin::manifest(manifest) {
        return Ok((format!("{manifest}/{MANIFEST}"), text.into()));
    } else {
        package(places, manifest)?.join(MANIFEST)
    };
    let name = places.name(&path);
    let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
    inputs.push(path);
    Ok((name, text))
}

/// The folder of a package that has a manifest.
fn package(places: &Places, name: &str) -> Result<PathBuf, String> {
    let packages = packages::of(places.root());
    if let Some(package) = packages.get(name) {
        return Ok(package.folder.clone());
    }
    let others = packages
        .iter()
        .filter(|(_, package)| package.folder.join(MANIFEST).exists());
    let mut names: Vec<&str> = builtin::names().collect();
    names.extend(others.map(|(name, _)| name.as_str()));
    let meant = nearest(name, names.into_iter()).unwrap_or_default();
    Err(format!(
        "no package `{name}` is among the dependencies; the nearest with a {MANIFEST} is \
         `{meant}` (the path of a manifest has its end, .toml)"
    ))
}

/// Rust's words that look like a name of a module.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a name can be that of a Rust module, as the line of a partition has it.
pub fn is_module_name(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(inner)
        && !name.contains("__")
        && !name.ends_with('_')
        && !KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests;
