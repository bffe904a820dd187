// SPDX-License-Identifier: Apache-2.0
//! Figures of another commit: it is checked out beside this tree and built by its own tool.

use anyhow::{Context as _, Result};
use builder::firmware::{BuildContext, Footprints, measure_images};
use builder::options::Selection;
use builder::process;
use builder::whole_file;
use builder::workspace::{Workspace, read};
use footprint::fields::Fields;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The whole hash of the commit with this name.
pub fn find(workspace: &Workspace, name: &str) -> Option<String> {
    let commit = format!("{name}^{{commit}}");
    let mut git = git(workspace);
    // What begins with a hyphen is an option elsewhere.
    git.args([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ]);
    let hash = process::output(&mut git).ok()?;
    Some(hash.trim().to_owned())
}

fn git(workspace: &Workspace) -> Command {
    let mut git = process::command("git");
    git.current_dir(&workspace.root);
    git
}

/// Builds a commit in a work tree of its own, which is gone afterwards.
pub fn measure(
    workspace: &Workspace,
    context: &BuildContext<'_>,
    selection: &Selection,
    hash: &str,
) -> Result<Footprints> {
    let folder = workspace.folder(&["against"])?;
    let tree = WorkTree::add(workspace, folder.join(hash), hash)?;
    let mut below = git(workspace);
    let below = process::output(below.args(["rev-parse", "--show-prefix"]))?;
    let build = Build {
        workspace,
        selection,
        root: tree.folder.join(below.trim()),
        target: folder.join("target"),
    };
    build.run()?;
    let products = build.products(context);
    let mut names = vec!["secure"];
    if context.configured.effective.has_boot_rom() {
        names.insert(0, "boot");
    }
    let mut kept = Vec::new();
    for name in names {
        let file = folder.join(name).with_extension("elf");
        let built = products.join(name).with_extension("elf");
        whole_file::write(&file, &read(&built)?)?;
        kept.push((name, file));
    }

    // cargo reads the settings of the folders around a tree too.
    let settings = folder.join(".cargo");
    fs::create_dir_all(&settings)?;
    let file = settings.join("config.toml");
    let package = workspace.firmware_package(context.configured.effective.text("board.name"))?;
    let text = format!("[profile.release.package.{package}]\ndebug = 2\n");
    whole_file::write(&file, text.as_bytes())?;
    let described = build.run();
    fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    described?;
    let objects = read(&products.join("secure.elf"))?;
    let images = kept.iter().map(|(name, file)| (*name, file.as_path()));
    measure_images(images.collect(), &Fields::read(&objects)?)
}

/// A checked out commit.
struct WorkTree<'a> {
    workspace: &'a Workspace,
    folder: PathBuf,
}

impl<'a> WorkTree<'a> {
    fn add(workspace: &'a Workspace, folder: PathBuf, hash: &str) -> Result<Self> {
        let tree = Self { workspace, folder };
        // One that was left behind is in the way.
        tree.remove();
        let mut git = git(workspace);
        git.args(["worktree", "add", "--quiet", "--detach", "--force"]);
        process::output(git.arg(&tree.folder).arg(hash))
            .with_context(|| format!("commit {hash} can't be checked out"))?;
        Ok(tree)
    }

    fn remove(&self) {
        let mut git = git(self.workspace);
        git.args(["worktree", "remove", "--force"]);
        let _ = process::output(git.arg(&self.folder));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Drop for WorkTree<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}

/// How a commit is built.
struct Build<'a> {
    workspace: &'a Workspace,
    selection: &'a Selection,
    root: PathBuf,
    target: PathBuf,
}

impl Build<'_> {
    /// Runs the tool of the commit; that of a product is the one that runs.
    fn run(&self) -> Result<()> {
        let mut command = match &self.workspace.product {
            Some(_) => process::command(std::env::current_exe()?),
            None => {
                let mut cargo = process::cargo(self.workspace);
                cargo.args(["run", "--quiet", "--package", "xtask", "--"]);
                cargo
            }
        };
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .arg("build")
            .args(["--board", &self.selection.board(self.workspace)])
            .args(["--profile", &self.selection.profile(self.workspace)]);
        for file in &self.selection.files {
            command.arg("--config").arg(std::path::absolute(file)?);
        }
        for setting in &self.selection.settings {
            command.args(["--set", setting]);
        }
        process::output(&mut command).map(drop)
    }

    fn products(&self, context: &BuildContext<'_>) -> PathBuf {
        let board = context.configured.effective.text("board.name");
        let profile = self.selection.profile_name(self.workspace);
        Path::new(&self.target)
            .join("casemate")
            .join(board)
            .join(profile)
    }
}
