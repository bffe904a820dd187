// SPDX-License-Identifier: Apache-2.0
//! Where in its crate a path leads: to the file that defines what it names.

use crate::modules::{Crate, File};
use crate::scan::{Binding, Named};

/// The longest chain of re-exports that is followed.
const DEPTH: usize = 8;

/// The file that defines what a path names, and its name; `None` if that is not of this crate, or
/// if the path only re-exports what a child of the file defines.
pub fn definition<'a>(one: &'a Crate, from: &File, path: &Named) -> Option<(&'a str, String)> {
    let absolute = absolute(one, from, &path.segments)?;
    let (file, name) = follow(one, &absolute, DEPTH)?;
    let is_below = one.files[file].module.starts_with(&from.module);
    (!path.is_public_use || !is_below).then_some((file, name))
}

/// The path from the root of the crate on; `None` if it leads to another crate.
fn absolute(one: &Crate, from: &File, segments: &[String]) -> Option<Vec<String>> {
    let supers = segments.iter().take_while(|part| *part == "super").count();
    let (start, rest) = match segments.first()?.as_str() {
        "crate" => (&from.module[..1], &segments[1..]),
        "self" => (&from.module[..], &segments[1..]),
        "super" => {
            let length = from
                .module
                .len()
                .checked_sub(supers)
                .filter(|length| *length > 0)?;
            (&from.module[..length], &segments[supers..])
        }
        _ => {
            let child = [&from.module[..], &segments[..1]].concat();
            one.modules.get(&child)?;
            (&from.module[..], segments)
        }
    };
    Some([start, rest].concat())
}

/// Follows a path from the root through re-exports.
fn follow<'a>(one: &'a Crate, path: &[String], depth: usize) -> Option<(&'a str, String)> {
    let length = (1..=path.len())
        .rev()
        .find(|length| one.modules.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let name = one.modules.get(module)?;
    let file = one.files.get(name)?;
    let Some(wanted) = rest.first() else {
        let own = module.last().filter(|_| module.len() > 1);
        return Some((name, own.cloned().unwrap_or_else(|| "the root".into())));
    };
    let here = Some((name.as_str(), wanted.clone()));
    if depth == 0 || file.scan.definitions.contains(wanted) {
        return here;
    }
    let bindings = || file.scan.bindings.iter();
    let through = |binding: &Binding, rest: &[String]| {
        let target = absolute(one, file, &binding.segments)?;
        follow(one, &[&target[..], rest].concat(), depth - 1)
    };
    if let Some(binding) = bindings().find(|binding| binding.name == *wanted) {
        return through(binding, &rest[1..]).or(here);
    }
    let everything = bindings().filter(|binding| binding.name.is_empty());
    let found = everything
        .filter_map(|binding| through(binding, rest))
        .find(|(file, _)| {
            let scan = &one.files[*file].scan;
            scan.definitions.contains(wanted)
        });
    found.or(here)
}
