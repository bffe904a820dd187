// SPDX-License-Identifier: Apache-2.0
//! Errors of the linker in the words of the configuration.

use super::Builder;
use super::elf::Linked;
use crate::cargo::LinkError;
use crate::source_lines::{self, Frame};
use crate::workspace::read;
use anyhow::{Context as _, Result};
use configure::Effective;
use footprint::chain::chain;
use std::path::Path;

/// The panic handler of release images calls it, and it does not exist.
pub const PANIC: &str = "a_panic_can_be_reached";
/// With this variable the build script defines it, so that the image can be looked at.
pub const ALLOWS_PANIC: &str = "CASEMATE_ALLOWS_PANIC";
/// Source of the language's own library.
const LIBRARY: &str = "/library/";

/// The room of an image in a region of its linker script: image, region, key of the room.
const ROOMS: [[&str; 3]; 4] = [
    ["boot", "FLASH", "memory.boot_code.size_bytes"],
    ["boot", "RAM", "memory.secure_ram.size_bytes"],
    ["secure", "FLASH", "flash.areas.primary.size_bytes"],
    ["secure", "RAM", "memory.secure_ram.size_bytes"],
];
/// The room of an application, whatever it is called.
const ROOMS_OF_APPLICATION: [[&str; 2]; 2] = [
    ["FLASH", "flash.areas.primary.size_bytes"],
    ["RAM", "memory.nonsecure_ram.size_bytes"],
];
/// What the linker script of the secure image says if nothing is left.
const FULL_SLOT: &str = "the secure image leaves no room in its slot";

/// What a link error says of the sizes of the configuration: a sentence for each.
pub fn sizes(effective: &Effective, error: &LinkError) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in error.text.lines() {
        let sentence = match overflow(line) {
            Some((region, bytes)) => key_of(&error.binary, region)
                .map(|key| too_small(effective, key, &error.binary, bytes)),
            None if line.contains(FULL_SLOT) => {
                let key = "flash.areas.primary.size_bytes";
                let value = effective.number(key);
                Some(format!(
                    "`{key}` = {value} ({}) is too small: the secure image leaves no room for an \
                     application",
                    origin(effective, key)
                ))
            }
            None => None,
        };
        sentences.extend(sentence.filter(|sentence| !sentences.contains(sentence)));
    }
    sentences
}

/// The region and the bytes of "region `RAM' overflowed by 12 bytes".
fn overflow(line: &str) -> Option<(&str, u64)> {
    let (_, rest) = line.split_once("region `")?;
    let (region, rest) = rest.split_once("' overflowed by ")?;
    Some((region, rest.split(' ').next()?.parse().ok()?))
}

fn key_of(binary: &str, region: &str) -> Option<&'static str> {
    let of_image = ROOMS
        .iter()
        .find(|[image, name, _]| (*image, *name) == (binary, region));
    if let Some([.., key]) = of_image {
        return Some(key);
    }
    let is_image = ROOMS.iter().any(|[image, ..]| *image == binary);
    let mut rooms = ROOMS_OF_APPLICATION.iter();
    let [_, key] = rooms.find(|[name, _]| *name == region && !is_image)?;
    Some(key)
}

fn too_small(effective: &Effective, key: &str, image: &str, bytes: u64) -> String {
    let value = effective.number(key);
    let step = if key.starts_with("flash.") {
        effective.number("flash.sector_bytes").max(1)
    } else {
        4
    };
    let fits = (value + bytes).next_multiple_of(step);
    format!(
        "`{key}` = {value} ({}) is {bytes} bytes too small for the image `{image}`: {fits} would do",
        origin(effective, key)
    )
}

fn origin<'a>(effective: &'a Effective, key: &str) -> &'a str {
    let found = effective.settings().find(|setting| setting.key.name == key);
    found.map_or("", |setting| setting.origin.as_str())
}

impl Builder<'_> {
    /// The functions and lines by which a panic is reached, in an image that was linked with
    /// [`ALLOWS_PANIC`].
    pub(super) fn way_to_panic(&self, image: &str, elf: &Path) -> Result<String> {
        let content = read(elf)?;
        let target = Linked::parse(&content)?.symbol(PANIC)? & !1;
        let links = chain(&content, target.try_into()?)?;
        let images = [elf.to_path_buf()];
        let mut lines = vec![format!("a panic can be reached in the image `{image}`:")];
        for link in links {
            let at = link.call_address;
            let place = source_lines::find(&images, at, at, &self.workspace.root)?;
            let frames = place.map(|place| place.frames).unwrap_or_default();
            // What is inlined from the library tells less than where it was asked for.
            let own = frames
                .iter()
                .find(|frame| !frame.location.contains(LIBRARY));
            let location = own.or(frames.last()).map(|frame| frame.location.as_str());
            let inlined = own.map(|Frame { function, .. }| function);
            let inlined = inlined.filter(|inlined| !link.function.starts_with(inlined.as_str()));
            let inlined = inlined.map_or_else(String::new, |name| format!(", in {name}"));
            lines.push(format!(
                "  {}\n      {}{inlined}",
                link.function,
                location.unwrap_or("no line known")
            ));
        }
        Ok(lines.join("\n"))
    }

    /// Errors of the linker, told; `again` links an image in which panics are allowed.
    pub(super) fn explain(
        &self,
        errors: &[LinkError],
        again: impl Fn(&str) -> Result<std::path::PathBuf>,
    ) -> Result<String> {
        let mut sentences = Vec::new();
        for error in errors {
            let sizes = sizes(&self.configured.effective, error);
            if error.text.contains(PANIC) {
                let image = &error.binary;
                let way = again(image).and_then(|elf| self.way_to_panic(image, &elf));
                sentences.push(way.with_context(|| {
                    format!("a panic can be reached in the image `{image}`, by an unknown way")
                })?);
            } else if sizes.is_empty() {
                sentences.push(format!("the image `{}`: {}", error.binary, error.text));
            }
            sentences.extend(sizes);
        }
        Ok(sentences.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overflow_names_region_and_bytes() {
        let line = "arm-none-eabi-ld: region `RAM' overflowed by 1234 bytes";
        assert_eq!(overflow(line), Some(("RAM", 1234)));
        for other in ["", "region `RAM'", "region `RAM' overflowed by many bytes"] {
            assert_eq!(overflow(other), None);
        }
    }

    #[test]
    fn every_region_of_every_image_has_a_key() {
        for (binary, region, key) in [
            ("boot", "FLASH", "memory.boot_code.size_bytes"),
            ("secure", "RAM", "memory.secure_ram.size_bytes"),
            ("demo", "RAM", "memory.nonsecure_ram.size_bytes"),
            ("application", "FLASH", "flash.areas.primary.size_bytes"),
        ] {
            assert_eq!(key_of(binary, region), Some(key));
            assert!(configure::schema::find(key).is_some(), "{key}");
        }
        assert_eq!(key_of("boot", "ROM"), None);
    }
}
