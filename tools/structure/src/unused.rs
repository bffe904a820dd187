// SPDX-License-Identifier: Apache-2.0
//! Dependencies on packages of this tree that no file of the package names.

use crate::modules::Crate;
use crate::packages::Package;

/// A line for each.
pub fn findings(packages: &[Package], crates: &[Crate]) -> Vec<String> {
    let mut findings = Vec::new();
    for (package, one) in packages.iter().zip(crates) {
        // Code that a build script writes may name what no file does.
        let mut files = one.files.values();
        if one.files.is_empty() || files.any(|file| file.scan.has_generated_code) {
            continue;
        }
        for (name, folder) in &package.names {
            if !one.names.contains(name) {
                let own = &package.folder;
                findings.push(format!(
                    "{own} does not name its dependency {folder}: remove it"
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_that_is_not_named_is_found() {
        let package = Package {
            folder: "a".into(),
            names: vec![("b".into(), "b".into()), ("c".into(), "c".into())],
            ..Package::default()
        };
        let one = Crate {
            files: [("a/src/lib.rs".into(), Default::default())].into(),
            names: ["b".to_string()].into(),
            ..Crate::default()
        };
        let found = findings(&[package], &[one]);
        assert_eq!(found, ["a does not name its dependency c: remove it"]);
    }
}
