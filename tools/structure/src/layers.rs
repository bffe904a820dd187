// SPDX-License-Identifier: Apache-2.0
//! The layers of the tree, in one table, and the dependencies that go against them.

use crate::packages::Package;

/// A layer: what it is called, and the folders in it. Of two folders that fit, the longer counts.
pub struct Layer {
    /// Name, for the picture.
    pub name: &'static str,
    folders: &'static [&'static str],
}

/// From the bottom up. A package may depend on its own layer and on those above in this list.
pub const LAYERS: [Layer; 9] = [
    Layer {
        name: "contract",
        folders: &["crates/psa", "crates/flash", "profiles"],
    },
    Layer {
        name: "foundations",
        folders: &[
            "crates/primitives",
            "crates/provisioning",
            "crates/entropy",
            "crates/cbor",
        ],
    },
    Layer {
        name: "logic",
        folders: &["crates", "examples/echo_partition", "tests/secure_suite"],
    },
    Layer {
        name: "hardware, client",
        folders: &["hardware", "client"],
    },
    Layer {
        name: "firmware",
        folders: &["firmware"],
    },
    Layer {
        name: "boards, applications",
        folders: &["boards", "examples"],
    },
    Layer {
        name: "tools",
        folders: &["tools"],
    },
    Layer {
        name: "tests",
        folders: &["tests"],
    },
    Layer {
        name: "this tree",
        folders: &["tools/xtask"],
    },
];

/// Partitions reach each other through the PSA client interface alone.
const PARTITIONS: [&str; 7] = [
    "crates/crypto",
    "crates/its",
    "crates/attestation",
    "crates/firmware_update",
    "crates/diagnostics",
    "examples/echo_partition",
    "tests/secure_suite",
];

/// The number of the layer of a folder, from the bottom.
pub fn layer(folder: &str) -> Option<usize> {
    let length = |layer: &Layer| {
        let fitting = layer.folders.iter().filter(|prefix| {
            let rest = folder.strip_prefix(**prefix);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        fitting.map(|prefix| prefix.len()).max()
    };
    let fitting = LAYERS.iter().enumerate();
    let fitting = fitting.filter_map(|(number, layer)| Some((length(layer)?, number)));
    fitting.max().map(|(_, number)| number)
}

/// Dependencies that go up, partitions that name each other, and packages in no layer.
pub fn findings(packages: &[Package]) -> Vec<String> {
    let mut findings = Vec::new();
    for package in packages {
        let folder = package.folder.as_str();
        let Some(own) = layer(folder) else {
            findings.push(format!("{folder} is in no layer: add it to layers.rs"));
            continue;
        };
        for dependency in &package.dependencies {
            let name = |layer: usize| LAYERS[layer].name;
            match layer(dependency) {
                Some(other) if other > own => findings.push(format!(
                    "{folder} ({}) depends on {dependency} ({}), which is above it",
                    name(own),
                    name(other)
                )),
                _ => {}
            }
            if [folder, dependency]
                .iter()
                .all(|one| PARTITIONS.contains(one))
            {
                findings.push(format!(
                    "{folder} depends on {dependency}: partitions do not name each other"
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(folder: &str, dependencies: &[&str]) -> Package {
        Package {
            folder: folder.into(),
            dependencies: dependencies.iter().map(ToString::to_string).collect(),
            ..Package::default()
        }
    }

    #[test]
    fn the_longest_folder_counts() {
        assert_eq!(layer("crates/psa"), Some(0));
        assert_eq!(layer("crates/spm"), Some(2));
        assert_eq!(layer("tools/xtask"), Some(LAYERS.len() - 1));
        assert_eq!(layer("tools/xtasks"), layer("tools/kit"));
        assert_eq!(layer("client/c"), layer("hardware/armv8m"));
        assert_eq!(layer("elsewhere"), None);
    }

    #[test]
    fn a_dependency_that_goes_up_is_found() {
        let down = package("boards/an521", &["crates/spm", "hardware/armv8m"]);
        assert!(findings(&[down]).is_empty());
        let found = findings(&[package("crates/spm", &["crates/psa", "hardware/armv8m"])]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("above"), "{}", found[0]);
    }

    #[test]
    fn partitions_that_name_each_other_are_found() {
        let found = findings(&[package(
            "crates/attestation",
            &["crates/crypto", "crates/boot"],
        )]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("crates/crypto"), "{}", found[0]);
    }

    #[test]
    fn a_package_without_a_layer_is_found() {
        assert_eq!(findings(&[package("new", &[])]).len(), 1);
    }
}
