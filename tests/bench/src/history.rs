// SPDX-License-Identifier: Apache-2.0
//! The figures of each version, in a file of this tree.
//!
//! All are of Profile Small on AN521, measured by the tool of that version.

use crate::figures::Figures;
use anyhow::{Context as _, Result, ensure};
use builder::whole_file;
use builder::workspace::{Workspace, read};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Figures by name.
type Numbers = BTreeMap<String, f64>;

/// All versions, the oldest first.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The versions.
    pub versions: Vec<Version>,
}

/// The figures of a version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// What it is called.
    pub version: String,
    /// Bytes of the images: `secure_flash`, `secure_ram`, `boot_flash`, `boot_ram`.
    pub bytes: Numbers,
    /// Instructions of each operation.
    pub instructions: Numbers,
    /// Instructions of each segment of the boot.
    pub boot: Numbers,
}

impl Version {
    /// What was measured, under this name.
    pub fn measured(version: &str, figures: &Figures) -> Self {
        let mut bytes = Numbers::new();
        for (image, footprint) in &figures.footprints {
            bytes.insert(format!("{image}_flash"), footprint.flash as f64);
            bytes.insert(format!("{image}_ram"), footprint.ram as f64);
        }
        let instructions = figures.counts.iter();
        let boot = figures.boot.iter();
        Self {
            version: version.to_owned(),
            bytes,
            instructions: instructions
                .map(|(name, count)| (name.clone(), *count as f64))
                .collect(),
            boot: boot
                .map(|(name, count)| ((*name).to_owned(), (*count * 10.0).round() / 10.0))
                .collect(),
        }
    }
}

impl History {
    /// Where the file is.
    pub fn file(workspace: &Workspace) -> PathBuf {
        workspace.root.join("docs/history.json")
    }

    /// Reads the file.
    ///
    /// # Errors
    /// It is missing, or has another form; the error names it.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let file = Self::file(workspace);
        Self::parse(&read(&file)?).with_context(|| file.display().to_string())
    }

    fn parse(text: &[u8]) -> Result<Self> {
        let history: Self = serde_json::from_slice(text)?;
        for (index, version) in history.versions.iter().enumerate() {
            let name = &version.version;
            let earlier = history.versions.iter().take(index);
            ensure!(
                earlier.clone().all(|earlier| earlier.version != *name),
                "version {name} is there twice"
            );
            let sets = [&version.bytes, &version.instructions, &version.boot];
            let mut numbers = sets.into_iter().flatten();
            if let Some((figure, _)) = numbers.find(|(_, number)| **number < 0.0) {
                anyhow::bail!("version {name}: `{figure}` is less than zero");
            }
        }
        Ok(history)
    }

    /// Puts a version in the place of the one of that name, or behind the last.
    pub fn put(&mut self, version: Version) {
        let same = |known: &&mut Version| known.version == version.version;
        match self.versions.iter_mut().find(same) {
            Some(known) => *known = version,
            None => self.versions.push(version),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, workspace: &Workspace) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        whole_file::write(&Self::file(workspace), text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, flash: f64) -> Version {
        Version {
            version: name.into(),
            bytes: Numbers::from([("secure_flash".into(), flash)]),
            ..Version::default()
        }
    }

    #[test]
    fn a_version_takes_the_place_of_the_same() {
        let mut history = History::default();
        history.put(version("0.1.0", 3.0));
        history.put(version("0.2.0", 2.0));
        history.put(version("0.1.0", 4.0));
        let expected = [version("0.1.0", 4.0), version("0.2.0", 2.0)];
        assert_eq!(history.versions, expected);
        let text = serde_json::to_string(&history).unwrap();
        assert_eq!(History::parse(text.as_bytes()).unwrap(), history);
    }

    #[test]
    fn damaged_files_are_refused() {
        let one = r#"{"version":"1","bytes":{"a":1},"instructions":{},"boot":{}}"#;
        for (text, problem) in [
            (String::new(), "EOF"),
            ("[]".into(), ""),
            (format!(r#"{{"versions":[{one},{one}]}}"#), "twice"),
            (
                format!(r#"{{"versions":[{one}],"more":1}}"#),
                "unknown field",
            ),
            (
                format!(r#"{{"versions":[{}]}}"#, one.replace(":1}", ":-1}")),
                "less than zero",
            ),
            (
                format!(r#"{{"versions":[{}]}}"#, one.replace(":1}", ":\"x\"}")),
                "invalid type",
            ),
        ] {
            let error = format!("{:#}", History::parse(text.as_bytes()).unwrap_err());
            assert!(error.contains(problem), "{text}: {error}");
        }
    }
}
