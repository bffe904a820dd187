// SPDX-License-Identifier: Apache-2.0
//! Figures from a file that `size --json` wrote.

use super::Other;
use anyhow::{Context as _, Result, ensure};
use builder::workspace;
use footprint::size::{Footprint, Part, Size};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct Written {
    images: BTreeMap<String, WrittenImage>,
}

#[derive(Deserialize)]
struct WrittenImage {
    flash: u64,
    ram: u64,
    components: BTreeMap<String, WrittenSize>,
    #[serde(default)]
    parts: Vec<WrittenPart>,
}

#[derive(Deserialize)]
struct WrittenSize {
    flash: u64,
    ram: u64,
}

#[derive(Deserialize)]
struct WrittenPart {
    component: String,
    path: Vec<String>,
    name: String,
    symbol: String,
    flash: u64,
    ram: u64,
}

/// The figures of a file.
///
/// # Errors
/// It can't be read, is no such file, or its parts do not add up to its totals.
pub fn read(path: &Path) -> Result<Other> {
    let text = workspace::read(path)?;
    let images = images(&text).with_context(|| path.display().to_string())?;
    let label = path.file_stem().unwrap_or_default();
    Ok(Other {
        label: label.to_string_lossy().into_owned(),
        images,
    })
}

fn images(text: &[u8]) -> Result<Vec<(String, Footprint)>> {
    let written: Written =
        serde_json::from_slice(text).context("it has not the form that `size --json` writes")?;
    ensure!(!written.images.is_empty(), "it has no images");
    let images = written.images.into_iter();
    images
        .map(|(name, image)| {
            let image = footprint(image).with_context(|| format!("image `{name}`"))?;
            Ok((name, image))
        })
        .collect()
}

fn footprint(image: WrittenImage) -> Result<Footprint> {
    let mut components = BTreeMap::new();
    for (name, size) in image.components {
        let (flash, ram) = (size.flash, size.ram);
        components.insert(name, Size { flash, ram });
    }
    let parts: Vec<Part> = image
        .parts
        .into_iter()
        .map(|part| Part {
            component: part.component,
            path: part.path,
            name: part.name,
            symbol: part.symbol,
            count: None,
            flash: part.flash,
            ram: part.ram,
        })
        .collect();
    let whole = Some((image.flash, image.ram));
    let by_component = sum(components.values().map(|size| (size.flash, size.ram)));
    let by_part = sum(parts.iter().map(|part| (part.flash, part.ram)));
    ensure!(
        by_component == whole && (parts.is_empty() || by_part == whole),
        "its parts do not add up to its {} bytes of flash and {} of RAM",
        image.flash,
        image.ram
    );
    Ok(Footprint {
        flash: image.flash,
        ram: image.ram,
        components,
        parts,
    })
}

/// Flash and RAM of all; nothing if they are more than a number can say.
fn sum(mut sizes: impl Iterator<Item = (u64, u64)>) -> Option<(u64, u64)> {
    sizes.try_fold((0_u64, 0_u64), |(flash, ram), (more_flash, more_ram)| {
        Some((flash.checked_add(more_flash)?, ram.checked_add(more_ram)?))
    })
}

#[cfg(test)]
mod tests {
    use super::images;

    const PART: &str =
        r#"{"component":"a","path":["x"],"name":"f","symbol":"x::f","flash":3,"ram":1}"#;

    fn file(flash: u64, parts: &str) -> String {
        format!(
            r#"{{"images":{{"secure":{{"flash":{flash},"ram":1,"components":{{"a":{{"flash":3,"ram":1}}}},"parts":[{parts}]}}}},"warnings":[]}}"#
        )
    }

    #[test]
    fn what_was_written_is_read() {
        let read = images(file(3, PART).as_bytes()).unwrap();
        let [(name, image)] = &read[..] else {
            panic!("{} images", read.len())
        };
        assert_eq!((name.as_str(), image.flash, image.ram), ("secure", 3, 1));
        assert_eq!(image.parts[0].symbol, "x::f");
        assert!(
            images(file(3, "").as_bytes()).unwrap()[0]
                .1
                .parts
                .is_empty()
        );
    }

    #[test]
    fn other_files_are_refused() {
        let whole = file(3, PART);
        for (text, problem) in [
            (String::new(), "form"),
            ("[]".into(), "form"),
            ("{}".into(), "form"),
            (r#"{"images":{}}"#.into(), "no images"),
            (file(4, PART), "add up"),
            (file(3, &format!("{PART},{PART}")), "add up"),
            (whole.replace("\"flash\":3", "\"flash\":-3"), "form"),
            (
                whole.replace(
                    "\"flash\":3,\"ram\":1}",
                    "\"flash\":18446744073709551615,\"ram\":1}",
                ),
                "add up",
            ),
            (whole.replace("\"path\":[\"x\"]", "\"path\":7"), "form"),
        ] {
            let error = format!("{:#}", images(text.as_bytes()).unwrap_err());
            assert!(error.contains(problem), "{text}: {error}");
        }
    }
}
