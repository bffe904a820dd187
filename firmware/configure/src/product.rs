// SPDX-License-Identifier: Apache-2.0
//! The section `[product]` of `casemate.toml`: board, profile, firmware and application of a product.
//!
//! The rest of the file is a layer of configuration.

use crate::layer::{self, Layer};
use crate::problems::Problems;
pub use crate::product_keys::{KEYS, SECTION};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the file; its folder is the root of the product.
pub const FILE: &str = "casemate.toml";
/// The parts of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The file `casemate.toml`.
    pub file: PathBuf,
    /// Its board: a folder from the root, or a name.
    pub board: String,
    /// Its profile: a name, or a path from the root that ends in `.toml`.
    pub profile: String,
    /// The folder of the package with boot ROM and secure image.
    pub firmware: PathBuf,
    /// The folder of its application.
    pub application: PathBuf,
}

impl Product {
    /// Reads a `casemate.toml`.
    ///
    /// # Errors
    /// The file can't be read, is not TOML, has an unknown key or lacks `product.board`.
    pub fn read(file: &Path) -> Result<Self, Problems> {
        let name = file.display().to_string();
        let text =
            fs::read_to_string(file).map_err(|error| Problems::one(format!("{name}: {error}")))?;
        Self::of(file, &layer::parse(&name, &text)?)
    }

    /// The root: the folder of the file.
    pub fn root(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }

    fn of(file: &Path, layer: &Layer) -> Result<Self, Problems> {
        let name = file.display();
        let mut problems = Problems::default();
        let mut value = |key: &str| {
            let set = layer.product.iter().find(|(own, _)| own == key);
            let known = KEYS.iter().find(|(own, ..)| *own == key);
            let default = known.and_then(|(_, default, _)| *default);
            match set
                .map(|(_, value)| value.clone())
                .or(default.map(str::to_owned))
            {
                Some(value) => value,
                None => {
                    let about = known.map_or("", |(.., about)| about);
                    problems.add(format!("{name}: `{SECTION}.{key}` is missing: {about}"));
                    String::new()
                }
            }
        };
        let root = file.parent().unwrap_or(Path::new(""));
        let product = Self {
            file: file.into(),
            board: value("board"),
            profile: value("profile"),
            firmware: root.join(value("firmware")),
            application: root.join(value("application")),
        };
        problems.or(product)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(text: &str) -> Result<Product, String> {
        let layer = layer::parse("casemate.toml", text);
        let product = layer.and_then(|layer| Product::of(Path::new("/p/casemate.toml"), &layer));
        product.map_err(|problems| problems.to_string())
    }

    #[test]
    fn what_a_file_does_not_say_has_a_default() {
        let product = product("[product]\nboard = \"an521\"\n[spm]\nbackend = \"sfn\"\n").unwrap();
        assert_eq!(product.profile, "small");
        assert_eq!(product.root(), Path::new("/p"));
        assert_eq!(product.firmware, Path::new("/p/firmware"));
        assert_eq!(product.application, Path::new("/p/application"));
    }

    #[test]
    fn mistakes_name_file_and_key() {
        for (text, words) in [
            ("", "/p/casemate.toml: `product.board` is missing"),
            (
                "[product]\nbaord = \"a\"",
                "casemate.toml:2: there is no key `product.baord`; the nearest is `product.board`",
            ),
            (
                "[product]\nboard = 1",
                "casemate.toml:2: `product.board` takes text in quotes, not 1",
            ),
            (
                "[product]\nboard = \"\"",
                "casemate.toml:2: `product.board` takes text",
            ),
            ("product = 1", "casemate.toml:1: `product` is a table"),
            (
                "[prodct]\nboard = \"a\"",
                "casemate.toml:1: there is no key `prodct`",
            ),
        ] {
            let text = product(text).unwrap_err();
            assert!(text.contains(words), "{text}");
        }
    }
}
