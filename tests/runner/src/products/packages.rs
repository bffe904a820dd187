// SPDX-License-Identifier: Apache-2.0
//! The packages of Casemate and its tool in a folder of their own.

use anyhow::{Context as _, Result, bail, ensure};
use builder::process;
use builder::report::Step;
use builder::workspace::Workspace;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The programs of the package `casemate`.
const PROGRAMS: [&str; 2] = ["cargo-casemate", "casemate-sign"];

/// A folder outside the tree with packages, tool and products. It is removed at the end.
pub struct Place {
    root: PathBuf,
    tree: PathBuf,
    /// The status of the tree in git.
    status: String,
    is_kept: Cell<bool>,
}

impl Place {
    /// Makes the packages and copies the tool.
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let root = env::temp_dir().join(format!("casemate-products-{}", std::process::id()));
        fs::create_dir_all(&root).with_context(|| root.display().to_string())?;
        let place = Self {
            root,
            tree: workspace.root.clone(),
            status: status(&workspace.root)?,
            is_kept: Cell::new(false),
        };
        let step = Step::start("Packaging Casemate");
        place.unpack(workspace)?;
        step.done();
        place.copy_tool(workspace)?;
        Ok(place)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of the tree of Casemate.
    pub fn tree(&self) -> &str {
        self.tree.to_str().unwrap_or_default()
    }

    /// Keeps the folder after the test, to look for a mistake.
    pub fn keep(&self) {
        self.is_kept.set(true);
    }

    /// The folder of an unpacked package.
    pub fn package(&self, name: &str) -> Result<PathBuf> {
        let folder = self
            .root
            .join("packages")
            .join(format!("{name}-{}", env!("CARGO_PKG_VERSION")));
        ensure!(folder.exists(), "there is no package {name}");
        Ok(folder)
    }

    /// The path of a file below the folder, as an argument.
    pub fn made(&self, name: &str) -> String {
        self.root.join(name).display().to_string()
    }

    /// The command `cargo casemate` in a folder, as after `cargo install casemate`.
    pub fn tool(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = process::command(self.root.join("bin").join(PROGRAMS[0]));
        command
            .arg("casemate")
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("CASEMATE_ROOT")
            .env_remove("CASEMATE_CONFIG");
        for name in ["CARGO", "RUSTUP_TOOLCHAIN"] {
            command.envs(env::var_os(name).map(|value| (name, value)));
        }
        command
    }

    /// Runs the tool, which must succeed. Returns all that it prints.
    pub fn succeeds(&self, folder: &Path, arguments: &[&str]) -> Result<String> {
        let (is_good, text) = self.ends(folder, arguments)?;
        ensure!(is_good, "`{}` failed:\n{text}", arguments.join(" "));
        Ok(text)
    }

    /// Runs the tool, which must fail. Returns all that it prints.
    pub fn fails(&self, folder: &Path, arguments: &[&str]) -> Result<String> {
        let (is_good, text) = self.ends(folder, arguments)?;
        ensure!(!is_good, "`{}` succeeded:\n{text}", arguments.join(" "));
        Ok(text)
    }

    fn ends(&self, folder: &Path, arguments: &[&str]) -> Result<(bool, String)> {
        let output = self.tool(folder, arguments).output()?;
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        Ok((output.status.success(), text))
    }

    /// Fails if git sees a changed or new file in the tree that it has not seen before the test.
    pub fn tree_is_unchanged(&self) -> Result<()> {
        let now = status(&self.tree)?;
        let new: Vec<&str> = now
            .lines()
            .filter(|line| !self.status.lines().any(|old| old == *line))
            .collect();
        ensure!(new.is_empty(), "the tree has changed: {new:?}");
        Ok(())
    }

    /// Packages and unpacks everything that is published. A configuration file of cargo puts it in the
    /// place of the registry's.
    fn unpack(&self, workspace: &Workspace) -> Result<()> {
        let target = workspace.products().join("packages");
        let names = published(workspace)?;
        let mut command = process::cargo(workspace);
        command.args([
            "package",
            "--quiet",
            "--offline",
            "--no-verify",
            "--allow-dirty",
        ]);
        command
            .arg("--exclude-lockfile")
            .env("CARGO_TARGET_DIR", &target);
        for name in &names {
            command.args(["--package", name]);
        }
        process::output(&mut command)?;
        let folder = self.root.join("packages");
        fs::create_dir_all(&folder)?;
        let mut config = String::from("[patch.crates-io]\n");
        for name in &names {
            let file = format!("{name}-{}.crate", env!("CARGO_PKG_VERSION"));
            let mut tar = Command::new("tar");
            tar.arg("-xzf").arg(target.join("package").join(&file));
            process::output(tar.arg("-C").arg(&folder))?;
            config += &format!("{name} = {{ path = {:?} }}\n", self.package(name)?);
        }
        fs::create_dir_all(self.root.join(".cargo"))?;
        fs::write(self.root.join(".cargo/config.toml"), config)?;
        Ok(())
    }

    fn copy_tool(&self, workspace: &Workspace) -> Result<()> {
        let mut command = process::cargo(workspace);
        // With the program that runs, so that both take the same build of what they depend on.
        command.args([
            "build",
            "--quiet",
            "--package",
            "xtask",
            "--package",
            "casemate",
        ]);
        process::run(&mut command)?;
        let folder = self.root.join("bin");
        fs::create_dir_all(&folder)?;
        for name in PROGRAMS {
            fs::copy(workspace.target.join("debug").join(name), folder.join(name))?;
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.is_kept.get() {
            // A folder that remains is in the system's temporary folder.
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

/// The names of the packages of the workspace that are for a registry.
fn published(workspace: &Workspace) -> Result<Vec<String>> {
    let mut command = process::cargo(workspace);
    let text = process::output(command.args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&text)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let names: Vec<String> = packages
        .iter()
        .filter(|package| package["publish"].is_null())
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect();
    if let Some(other) = names.iter().find(|name| !name.starts_with("casemate")) {
        bail!(
            "the package {other} would be published: say `publish = false`, or call it casemate-…"
        );
    }
    Ok(names)
}

fn status(tree: &Path) -> Result<String> {
    let mut git = Command::new("git");
    process::output(git.args(["status", "--porcelain"]).current_dir(tree))
}
