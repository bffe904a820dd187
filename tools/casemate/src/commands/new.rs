// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate new`: the repository of a product.

mod files;
mod source;

use anyhow::{Context as _, Result, bail, ensure};
use builder::program;
use builder::report::{self, Step};
use builder::whole_file;
use clap::Args;
use configure::nearest;
use files::{Language, Product};
use signer::{SignatureType, SigningKey};
use source::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// The boards that Casemate has packages for: `casemate-NAME`.
pub const BOARDS: &[&str] = &["an521", "an505"];
/// What `boot.signature` is by default.
const KEY_TYPE: SignatureType = SignatureType::Rsa3072;
/// The file of the key, which `casemate.toml` names.
const KEY: &str = "keys/development.pem";

/// Create the repository of a product: firmware, application, a development key
///
/// It depends on the released packages of Casemate and builds without the tree of Casemate. Its
/// casemate.toml configures it; all commands work in that folder and below.
#[derive(Args)]
pub struct New {
    /// New or empty folder; its name is that of the product
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Board of Casemate: an521 or an505; for a board of your own see docs/porting.md
    #[arg(long, default_value = BOARDS[0], value_name = "NAME")]
    board: String,
    /// An application in Rust (the default)
    #[arg(long, conflicts_with = "c")]
    rust: bool,
    /// An application in C
    #[arg(long)]
    c: bool,
    /// A partition of your own, called NAME: small letters, digits and underscores
    #[arg(long, value_name = "NAME")]
    partition: Option<String>,
    #[command(flatten)]
    source: Source,
}

impl New {
    /// Writes the repository and says what to type next.
    pub fn execute(&self) -> Result<()> {
        ensure!(
            BOARDS.contains(&self.board.as_str()),
            "there is no board `{}`; the nearest is `{}`",
            self.board,
            nearest(&self.board, BOARDS.iter().copied()).unwrap_or_default()
        );
        let language = if self.c { Language::C } else { Language::Rust };
        let product = Product {
            name: name(&self.folder)?,
            board: &self.board,
            language,
            partition: self.partition.as_deref(),
            dependencies: self.source.dependencies(&self.board)?,
        };
        let files = product.files()?;
        make_room(&self.folder)?;
        for (file, text) in files {
            write(&self.folder.join(file), &text, 0o666)?;
        }
        let step = Step::start("Making a key for development");
        let key = SigningKey::generate(KEY_TYPE)?;
        step.done();
        write(&self.folder.join(KEY), &key.to_pem()?, 0o600)?;
        report::say(format_args!(
            "{0}: type `cd {0} && {1} run`",
            self.folder.display(),
            program::name()
        ));
        Ok(())
    }
}

/// The name of the product, which begins the names of its packages.
fn name(folder: &Path) -> Result<String> {
    let whole = std::path::absolute(folder)?;
    let name = whole.file_name().and_then(|name| name.to_str());
    let name = name.context("the folder has no name")?;
    let is_good = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    ensure!(
        is_good,
        "`{name}` can't begin the names of packages: take letters, digits, - and _, a letter first"
    );
    Ok(name.into())
}

/// A new folder, or an empty one.
fn make_room(folder: &Path) -> Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(
            "{} is not empty: name a new folder, or an empty one",
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn write(file: &Path, text: &str, mode: u32) -> Result<()> {
    let naming = || format!("cannot make {}", file.display());
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).with_context(naming)?;
    }
    whole_file::create(file, text.as_bytes(), mode)
}
