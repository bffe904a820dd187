// SPDX-License-Identifier: Apache-2.0
//! An address of code as functions and source lines.

use crate::workspace::read;
use addr2line::Loader;
use anyhow::{Context as _, Result, anyhow};
use object::{Object as _, ObjectSection as _, SectionKind};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What is said where the image tells no more.
const UNKNOWN: &str = "no line known";

/// An address of code, found in an image.
#[derive(Debug, Serialize)]
pub struct Place {
    /// The name of the image's file.
    pub image: String,
    /// The functions: the innermost first, then each into which it is inlined.
    pub frames: Vec<Frame>,
}

/// A function, and a line of it.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// Its name.
    pub function: String,
    /// `FILE:LINE`; below `root` without it.
    pub location: String,
}

/// Finds `address` in the first image whose code covers it. `line_address` is that of the
/// instruction that is meant: a return address means the one before.
pub fn find(
    images: &[PathBuf],
    address: u32,
    line_address: u32,
    root: &Path,
) -> Result<Option<Place>> {
    for image in images {
        if !holds_code_at(image, u64::from(address))? {
            continue;
        }
        let naming = || image.display().to_string();
        let loader = Loader::new(image)
            .map_err(|error| anyhow!("{error}"))
            .with_context(naming)?;
        let name = image.file_name().unwrap_or_default();
        return Ok(Some(Place {
            image: name.to_string_lossy().into_owned(),
            frames: frames(&loader, u64::from(line_address), root),
        }));
    }
    Ok(None)
}

fn frames(loader: &Loader, address: u64, root: &Path) -> Vec<Frame> {
    let mut frames = Vec::new();
    // What the debug information does not have is found among the symbols.
    if let Ok(mut found) = loader.find_frames(address) {
        while let Ok(Some(frame)) = found.next() {
            let name = frame.function.as_ref().and_then(|name| {
                let demangled = name.demangle().ok()?;
                Some(demangled.into_owned())
            });
            let Some(function) = name else {
                continue;
            };
            let location = frame.location.and_then(|location| {
                let file = location.file?;
                Some(place_of(file, location.line.unwrap_or(0), root))
            });
            frames.push(Frame {
                function,
                location: location.unwrap_or_else(|| UNKNOWN.into()),
            });
        }
    }
    if frames.is_empty() {
        let symbol = loader.find_symbol(address).unwrap_or("no function known");
        let location = loader.find_location(address).ok().flatten();
        let location = location
            .and_then(|location| Some(place_of(location.file?, location.line.unwrap_or(0), root)));
        frames.push(Frame {
            function: addr2line::demangle_auto(symbol.into(), None).into_owned(),
            location: location.unwrap_or_else(|| UNKNOWN.into()),
        });
    }
    frames
}

fn place_of(file: &str, line: u32, root: &Path) -> String {
    let short = Path::new(file).strip_prefix(root);
    let file = short.unwrap_or(Path::new(file)).display();
    // The compiler gives line 0 to code that stands for several lines.
    if line == 0 {
        file.to_string()
    } else {
        format!("{file}:{line}")
    }
}

/// Whether a section of code in the image covers `address`: the loader would answer with the
/// nearest symbol below, however far.
fn holds_code_at(image: &Path, address: u64) -> Result<bool> {
    let bytes = read(image)?;
    let file =
        object::File::parse(bytes.as_slice()).with_context(|| image.display().to_string())?;
    Ok(file.sections().any(|section| {
        let end = section.address().saturating_add(section.size());
        section.kind() == SectionKind::Text && (section.address()..end).contains(&address)
    }))
}
