// SPDX-License-Identifier: Apache-2.0
//! From layers to the effective configuration: merged, complete, and checked as a whole.

use crate::boards;
use crate::boot_loader;
use crate::call_depth;
use crate::contradictions;
use crate::derive;
use crate::effective::{Effective, Setting};
use crate::layer::{self, Layer};
use crate::layout;
use crate::nearest::nearest;
use crate::partitions::{self, Line};
use crate::persistent_keys;
use crate::places::Places;
use crate::problems::Problems;
use crate::product::{self, Product};
use crate::schema::{self, Kind};
use crate::storage;
use crate::two_images;
use crate::value::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, mem};

/// Which layers to merge.
#[derive(Clone, Debug)]
pub struct Request {
    /// Root of the workspace.
    pub workspace: PathBuf,
    /// A folder with a `board.toml`, or the name of a board.
    pub board: String,
    /// A profile of Casemate, or the path of one, which ends in `.toml`.
    pub profile: String,
    /// The `casemate.toml` of a product.
    pub product: Option<PathBuf>,
    /// Extra files, the later ones win.
    pub files: Vec<PathBuf>,
    /// `key=value` of the command line, the later ones win.
    pub settings: Vec<String>,
}

impl Request {
    /// The layers of a product.
    pub fn of(product: &Product) -> Self {
        Self {
            workspace: product.root().into(),
            board: product.board.clone(),
            profile: product.profile.clone(),
            product: Some(product.file.clone()),
            files: Vec::new(),
            settings: Vec::new(),
        }
    }
}

/// What `profiles/base.toml` sets, by key.
pub type Defaults = BTreeMap<&'static str, Setting>;

/// The values of `profiles/base.toml`.
///
/// # Errors
/// The file can't be read or has a mistake.
pub fn defaults(places: &Places) -> Result<Defaults, Problems> {
    let mut merge = Merge::of(places.clone());
    let root = places.root().to_owned();
    merge.profile(BASE, &root, &mut Vec::new())?;
    merge.apply_all()?;
    Ok(merge.effective.settings)
}

/// Merges the layers of `request` and checks the result.
pub fn load(request: &Request) -> Result<Effective, Problems> {
    let mut merge = Merge::of(Places::of(&request.workspace));
    let root = merge.effective.places.root().to_owned();
    // A mistake in one layer does not hide those of the next.
    let mut problems = Problems::default();
    problems.of(merge.profile(&request.profile, &root, &mut Vec::new()));
    if let Some(board) = problems.of(boards::find(&merge.effective.places, &request.board)) {
        problems.of(merge.file(&board.join(boards::FILE)));
        merge.effective.board = board;
    }
    let below = merge.layers.len();
    if let Some(product) = &request.product {
        problems.of(merge.product(product, &root));
    }
    for file in &request.files {
        problems.of(merge.file(file));
    }
    let here = env::current_dir().unwrap_or(root);
    if let Some(layer) = problems.of(layer::parse_settings(&request.settings)) {
        merge.layers.push((layer, here));
    }
    problems.of(merge.build_type(below));
    problems.of(merge.apply_all());
    problems.or(merge)?.checked()
}

/// Reads the complete configuration that [`Effective::to_toml`] wrote to `file`, and the
/// manifests that it lists; paths in it are relative to `workspace`.
pub fn resolved(workspace: &Path, file: &Path) -> Result<Effective, Problems> {
    let mut merge = Merge::of(Places::of(workspace));
    let layer = merge.read(file)?;
    let root = merge.effective.places.root().to_owned();
    merge.apply(layer, &root)?;
    merge.checked()
}

/// Layers that have been read, and what they are laid over.
struct Merge {
    effective: Effective,
    /// Each with the folder that its paths are relative to; of two the later one wins.
    layers: Vec<(Layer, PathBuf)>,
}

impl Merge {
    fn of(places: Places) -> Self {
        Self {
            effective: Effective::empty(places),
            layers: Vec::new(),
        }
    }

    /// The profile over what it inherits. A path is relative to `base`.
    fn profile(
        &mut self,
        name: &str,
        base: &Path,
        seen: &mut Vec<PathBuf>,
    ) -> Result<(), Problems> {
        let file = self.profile_file(name, base)?;
        if seen.contains(&file) {
            let name = self.effective.places.name(&file);
            return Err(Problems::one(format!(
                "{name}: the profile inherits itself"
            )));
        }
        seen.push(file.clone());
        let layer = self.read(&file)?;
        let folder = folder_of(&file);
        if let Some(parent) = &layer.inherits {
            self.profile(parent, &folder, seen)?;
        }
        self.no_product(&layer, &file)?;
        self.layers.push((layer, folder));
        Ok(())
    }

    /// The layer of the type of build, which any layer may have set, at the place `below` others.
    fn build_type(&mut self, below: usize) -> Result<(), Problems> {
        let values = self
            .layers
            .iter()
            .rev()
            .flat_map(|(layer, _)| &layer.values);
        let mut types = values.filter_map(|(name, value, _)| match value {
            Value::Text(word) if *name == BUILD_TYPE => Some(word),
            _ => None,
        });
        let Some(word) = types.next() else {
            return Ok(());
        };
        let folder = self.effective.places.profiles().join(BUILD_TYPES);
        let file = folder.join(format!("{word}{END}"));
        if !file.exists() {
            return Ok(());
        }
        self.file(&file)?;
        if let Some(layer) = self.layers.pop() {
            self.layers.insert(below, layer);
        }
        Ok(())
    }

    /// Lays the layers over each other.
    fn apply_all(&mut self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        for (layer, base) in mem::take(&mut self.layers) {
            problems.of(self.apply(layer, &base));
        }
        problems.or(())
    }

    /// The file of a profile: one of Casemate by its name, another by its path.
    fn profile_file(&self, name: &str, base: &Path) -> Result<PathBuf, Problems> {
        let places = &self.effective.places;
        if name.ends_with(END) {
            return Ok(places.path(&places.kept(base, name)));
        }
        let folder = places.profiles();
        let file = folder.join(format!("{name}{END}"));
        if file.exists() {
            return Ok(file);
        }
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(END)?.to_owned()))
            .filter(|name| name != "Cargo")
            .collect();
        names.sort();
        let meant = nearest(name, names.iter().map(String::as_str)).unwrap_or("none");
        Err(Problems::one(format!(
            "there is no profile profiles/{name}{END}; the nearest is profiles/{meant}{END}"
        )))
    }

    fn read(&mut self, file: &Path) -> Result<Layer, Problems> {
        let name = self.effective.places.name(file);
        let text =
            fs::read_to_string(file).map_err(|error| Problems::one(format!("{name}: {error}")))?;
        self.effective.inputs.push(file.into());
        layer::parse(&name, &text)
    }

    /// A file that stands by itself.
    fn file(&mut self, file: &Path) -> Result<(), Problems> {
        let layer = self.read(file)?;
        self.no_inheritance(&layer, file)?;
        self.no_product(&layer, file)?;
        self.layers.push((layer, folder_of(file)));
        Ok(())
    }

    /// The `casemate.toml` of a product.
    fn product(&mut self, file: &Path, root: &Path) -> Result<(), Problems> {
        let layer = self.read(file)?;
        self.no_inheritance(&layer, file)?;
        self.layers.push((layer, root.into()));
        Ok(())
    }

    fn no_inheritance(&self, layer: &Layer, file: &Path) -> Result<(), Problems> {
        if layer.inherits.is_none() {
            return Ok(());
        }
        let name = self.effective.places.name(file);
        Err(Problems::one(format!(
            "{name}: `inherits` is for profiles only"
        )))
    }

    fn no_product(&self, layer: &Layer, file: &Path) -> Result<(), Problems> {
        if layer.product.is_empty() {
            return Ok(());
        }
        let name = self.effective.places.name(file);
        Err(Problems::one(format!(
            "{name}: `[{}]` is for the file {} of a product only",
            product::SECTION,
            product::FILE
        )))
    }

    /// The configuration, once it is complete and right as a whole.
    fn checked(self) -> Result<Effective, Problems> {
        let mut problems = Problems::default();
        self.effective.missing(derive::is_derived, &mut problems);
        let mut complete = problems.or(self.effective)?;
        derive::fill(&mut complete);
        complete.name_signing_keys();
        complete.add_tests();
        let mut problems = Problems::default();
        layout::check(&complete, &mut problems);
        contradictions::check(&complete, &mut problems);
        let lines: Vec<Line> = complete.lines().cloned().collect();
        match partitions::load(&complete.places, &lines, &mut complete.inputs) {
            Ok(found) => {
                call_depth::check(&found, &complete, &mut problems);
                storage::check(&found, &complete, &mut problems);
                persistent_keys::check(&found, &complete, &mut problems);
                boot_loader::check(&found, &complete, &mut problems);
                two_images::check(&found, &complete, &mut problems);
                complete.partitions = found;
            }
            Err(found) => problems.append(found),
        }
        problems.or(complete)
    }

    /// Lays a layer over what is there. Paths in it are relative to `base`.
    fn apply(&mut self, layer: Layer, base: &Path) -> Result<(), Problems> {
        derive::lift(&mut self.effective, &layer);
        let Effective {
            places,
            settings,
            lines,
            dropped,
            ..
        } = &mut self.effective;
        let mut problems = Problems::default();
        for (module, origin) in layer.dropped {
            let is_known = lines.remove(&module).is_some() || partitions::is_standard(&module);
            if !is_known {
                let names = lines.keys().map(String::as_str);
                let meant = nearest(&module, names).unwrap_or("none");
                problems.add(format!(
                    "{origin}: `partitions.{module}` is false, but no layer lists it; the nearest \
                     is `{meant}`"
                ));
            }
            dropped.insert(module, origin);
        }
        for mut line in layer.partitions {
            if !partitions::is_package(&line.manifest) {
                line.manifest = places.kept(base, &line.manifest);
            }
            dropped.remove(&line.module);
            lines.insert(line.module.clone(), line);
        }
        for (name, mut value, origin) in layer.values {
            let Some(key) = schema::find(name) else {
                continue;
            };
            if let (Kind::Path, Value::Text(path)) = (key.kind, &mut value) {
                *path = places.kept(base, path);
            }
            let before = settings.remove(name);
            let overridden = before.map_or_else(Vec::new, Setting::into_overridden);
            let setting = Setting {
                key,
                value,
                origin,
                overridden,
            };
            settings.insert(name, setting);
        }
        problems.or(())
    }
}

/// The key of the type of build, and the folder of the layers beside the profiles.
const BUILD_TYPE: &str = "build.type";
const BUILD_TYPES: &str = "build_types";
/// The profile that all others build on.
const BASE: &str = "base";
/// How the names of files end that are profiles.
const END: &str = ".toml";

/// The folder of a file, whose own paths are relative to it.
fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    std::path::absolute(folder).unwrap_or_else(|_| folder.into())
}
