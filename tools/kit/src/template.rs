// SPDX-License-Identifier: Apache-2.0
//! Texts with values: `@NAME@` becomes the value of that name.

use super::library::{FloatAbi, MACHINE};
use anyhow::{Context as _, Result, bail};
use builder::firmware::kit_symbol;
use configure::Effective;
use signer::Layout;

/// The text of a file of the C client library.
pub fn text(file: &str) -> Result<&'static str> {
    let mut files = client_c::FILES.iter();
    let found = files.find(|(name, _)| *name == file);
    Ok(found.with_context(|| format!("there is no file {file}"))?.1)
}

/// The values of a build, by name.
#[derive(Clone)]
pub struct Values(Vec<(&'static str, String)>);

impl Values {
    /// The values of a kit.
    pub fn new(layout: &Layout, effective: &Effective, has_key: bool) -> Self {
        let image = &layout.image;
        let note = if has_key {
            ", the key for development, which is public"
        } else {
            "; the key that signs is not here"
        };
        let record = image.software_type.as_ref();
        let record = record.map(|name| format!(" --boot-record {name}"));
        Self(vec![
            ("VERSION", layout.version.clone()),
            ("MAJOR", layout.version.split('.').take(1).collect()),
            ("SYMBOL", kit_symbol(&layout.version)),
            ("BOARD", layout.board.clone()),
            ("PROFILE", layout.profile.clone()),
            ("KEY_NOTE", note.into()),
            (
                "NONSECURE_ADDRESS",
                format!("{:#x}", image.nonsecure_address),
            ),
            (
                "CONSOLE_ADDRESS",
                format!("{:#x}", effective.number("nonsecure.console.origin")),
            ),
            ("HEADER_SIZE", format!("{:#x}", image.header_bytes)),
            ("SLOT_SIZE", format!("{:#x}", image.slot_bytes)),
            ("IMAGE_VERSION", effective.text("boot.image_version").into()),
            ("SECURITY_COUNTER", image.security_counter.to_string()),
            ("BOOT_RECORD", record.unwrap_or_default()),
            ("MACHINE", MACHINE.join(" ")),
        ])
    }

    /// The same with those of a float ABI.
    pub fn with_float_abi(&self, abi: &FloatAbi) -> Self {
        let mut values = self.clone();
        values.0.extend([
            ("SUFFIX", abi.suffix.to_string()),
            ("FLOAT", abi.name.to_string()),
            ("FOLDER", abi.folder.to_string()),
        ]);
        values
    }

    /// The text of a file with its values.
    pub fn fill(&self, file: &str) -> Result<String> {
        self.fill_text(text(file)?).with_context(|| file.to_owned())
    }

    fn fill_text(&self, text: &str) -> Result<String> {
        let mut filled = text.to_string();
        for (name, value) in &self.0 {
            filled = filled.replace(&format!("@{name}@"), value);
        }
        let is_name = |text: &&str| {
            let mut letters = text.chars();
            !text.is_empty() && letters.all(|letter| letter.is_ascii_uppercase() || letter == '_')
        };
        let parts: Vec<&str> = filled.split('@').collect();
        let inner = parts.get(1..parts.len().max(2) - 1).unwrap_or_default();
        match inner.iter().copied().find(is_name) {
            Some(name) => bail!("there is no value of the name @{name}@"),
            None => Ok(filled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_values() {
        let values = Values(vec![("A", "1".into()), ("B", "2".into())]);
        assert_eq!(values.fill_text("x@A@y@B@@A@").unwrap(), "x1y21");
        assert!(values.fill_text("x @C@").is_err());
        assert_eq!(
            values.fill_text("a@b.c, @file @A").unwrap(),
            "a@b.c, @file @A"
        );
    }
}
