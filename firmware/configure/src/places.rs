// SPDX-License-Identifier: Apache-2.0
//! Folders of a configuration, and the paths in it.
//!
//! A path inside a file is relative to the folder of that file. The configuration stores it relative
//! to the root of the repository, so that the digest of the configuration does not depend on where the
//! checkout is.

use std::path::{Component, Path, PathBuf};

/// A stored path begins with this if it is below the folder of the profiles and that folder is outside
/// the repository.
const PROFILES: &str = "{profiles}/";

/// The two folders that paths are relative to.
#[derive(Clone, Debug)]
pub struct Places {
    root: PathBuf,
    profiles: PathBuf,
}

impl Places {
    /// The folders of a repository. The tree of Casemate has its own profiles; a product uses those of
    /// the package `casemate-profiles`.
    pub fn of(root: &Path) -> Self {
        let root = normal(root);
        let own = root.join("profiles");
        let profiles = if own.join("base.toml").exists() {
            own
        } else {
            let package = crate::packages::folder(&root, "casemate-profiles");
            normal(&package.unwrap_or_else(|| PathBuf::from(profiles::FOLDER)))
        };
        Self { root, profiles }
    }

    /// The root of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the profiles.
    pub fn profiles(&self) -> &Path {
        &self.profiles
    }

    /// The stored form of a path in a file of the folder `base`.
    pub fn kept(&self, base: &Path, path: &str) -> String {
        if path.starts_with(PROFILES) {
            return path.into();
        }
        let whole = normal(&self.root.join(base).join(path));
        let below = |folder: &Path| {
            let rest = whole.strip_prefix(folder).ok()?;
            Some(rest.display().to_string())
        };
        if let Some(rest) = below(&self.root) {
            return rest;
        }
        match below(&self.profiles) {
            Some(rest) => format!("{PROFILES}{rest}"),
            None => whole.display().to_string(),
        }
    }

    /// The path with this stored form.
    pub fn path(&self, kept: &str) -> PathBuf {
        match kept.strip_prefix(PROFILES) {
            Some(rest) => self.profiles.join(rest),
            None => self.root.join(kept),
        }
    }

    /// The name of a file in messages.
    pub fn name(&self, file: &Path) -> String {
        let kept = self.kept(Path::new(""), &file.display().to_string());
        kept.replacen(PROFILES, "profiles/", 1)
    }
}

/// The path without `.` and `..`. Symbolic links are not followed.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(normal.components().next_back(), Some(Component::Normal(_))) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_relative_to_its_file_and_kept_relative_to_the_root() {
        let places = Places {
            root: "/product".into(),
            profiles: "/registry/profiles".into(),
        };
        for (base, path, kept, whole) in [
            (
                "/product",
                "keys/a.pem",
                "keys/a.pem",
                "/product/keys/a.pem",
            ),
            ("/product/more", "../a.pem", "a.pem", "/product/a.pem"),
            ("more", "./a.pem", "more/a.pem", "/product/more/a.pem"),
            (
                "/registry/profiles",
                "keys/b.pem",
                "{profiles}/keys/b.pem",
                "/registry/profiles/keys/b.pem",
            ),
            ("/product", "../c.pem", "/c.pem", "/c.pem"),
            ("/product", "/d.pem", "/d.pem", "/d.pem"),
        ] {
            assert_eq!(places.kept(Path::new(base), path), kept);
            assert_eq!(places.path(kept), Path::new(whole));
        }
        let name = places.name(Path::new("/registry/profiles/small.toml"));
        assert_eq!(name, "profiles/small.toml");
    }
}
