// SPDX-License-Identifier: Apache-2.0
//! Where things are: the repository, and the folders below its target directory.
//!
//! The repository is the tree of Casemate or that of a product, which has a `casemate.toml`.

use crate::program;
use crate::whole_file;
use anyhow::{Context as _, Result, bail, ensure};
use configure::product::FILE;
use configure::{Product, package_version};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The repository and its target directory.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Root of the repository.
    pub root: PathBuf,
    /// cargo's target directory.
    pub target: PathBuf,
    /// What the product is made of; `None` in the tree of Casemate.
    pub product: Option<Product>,
}

/// By which the tree of Casemate is known.
const TREE: &str = "profiles/base.toml";

impl Workspace {
    /// The tree of Casemate that this program was built from.
    pub fn tree() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .find(|folder| folder.join(TREE).exists())
            .context(
                "the folder of this program has moved: type `cargo xtask` in the repository",
            )?;
        Self::at(root, None)
    }

    /// The repository that a folder belongs to: a product, or the tree of Casemate.
    ///
    /// # Errors
    /// There is none, or its `casemate.toml` has a mistake.
    pub fn around(folder: &Path) -> Result<Self> {
        let is_root = |folder: &&Path| folder.join(FILE).exists() || folder.join(TREE).exists();
        let Some(root) = folder.ancestors().find(is_root) else {
            bail!(
                "there is no {FILE} in {} or above it: `{} new DIR` makes a product",
                folder.display(),
                program::name()
            );
        };
        let file = root.join(FILE);
        if !file.exists() {
            return Self::at(root, None);
        }
        Self::at(root, Some(Product::read(&file)?))
    }

    fn at(root: &Path, product: Option<Product>) -> Result<Self> {
        let root = root.to_path_buf();
        let target = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
            .iter()
            .find_map(env::var_os)
            .map_or_else(|| root.join("target"), PathBuf::from);
        let target = std::path::absolute(&target)?;
        Ok(Self {
            root,
            target,
            product,
        })
    }

    /// The name of the package with boot ROM and secure image: that of the board, or of the product.
    pub fn firmware_package(&self, board: &str) -> Result<String> {
        match &self.product {
            Some(product) => package_name(&product.firmware),
            None => Ok(format!("casemate-{board}")),
        }
    }

    /// Fails when a product has packages of another version than this tool.
    pub fn check_version(&self) -> Result<()> {
        const CONFIGURE: &str = "casemate-configure";
        let own = env!("CARGO_PKG_VERSION");
        if self.product.is_none() {
            return Ok(());
        }
        let Some(version) = package_version(&self.root, CONFIGURE) else {
            bail!(
                "the packages of {} can't be found: `cargo metadata` there says why",
                self.root.display()
            );
        };
        ensure!(
            version == own,
            "this product depends on Casemate {version}, and this tool is {own}: type \
             `cargo install casemate --version {version}`, or set the version in Cargo.toml to {own}"
        );
        Ok(())
    }

    /// cargo's target directory for the firmware: another compiler, other flags.
    pub fn firmware_target(&self) -> PathBuf {
        self.target.join("firmware")
    }

    /// Everything that these commands make, beside cargo's own.
    pub fn products(&self) -> PathBuf {
        self.target.join("casemate")
    }

    /// The folder of a build, made if need be.
    pub fn folder(&self, parts: &[&str]) -> Result<PathBuf> {
        let folder = parts
            .iter()
            .fold(self.products(), |path, part| path.join(part));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

/// The name of the package in a folder.
pub fn package_name(folder: &Path) -> Result<String> {
    let file = folder.join("Cargo.toml");
    let text = String::from_utf8(read(&file)?)?;
    let table = toml::de::DeTable::parse(&text)
        .map_err(|error| anyhow::anyhow!("{}: {}", file.display(), error.message()))?;
    let package = table.get_ref().get("package");
    let name = package.and_then(|package| package.get_ref().get("name"));
    let name = name.and_then(|name| name.get_ref().as_str());
    Ok(name
        .with_context(|| format!("{} names no package", file.display()))?
        .into())
}

/// Writes a file unless it has that content already, so that nothing is rebuilt in vain.
pub fn write_if_changed(file: &Path, content: &[u8]) -> Result<bool> {
    let is_as_long = |old: &fs::Metadata| old.is_file() && old.len() == content.len() as u64;
    if fs::metadata(file).is_ok_and(|old| is_as_long(&old))
        && fs::read(file).is_ok_and(|old| old == content)
    {
        return Ok(false);
    }
    whole_file::write(file, content)?;
    Ok(true)
}

/// No file of a device is larger; `/dev/zero` is.
const FILE_BYTES_MAX: u64 = 1 << 28;

/// Reads a file; an error names it.
///
/// # Errors
/// The file can't be read, or has no end.
pub fn read(file: &Path) -> Result<Vec<u8>> {
    let naming = || format!("cannot read {}", file.display());
    let mut content = Vec::new();
    let opened = fs::File::open(file).with_context(naming)?;
    let mut begin = opened.take(FILE_BYTES_MAX + 1);
    begin.read_to_end(&mut content).with_context(naming)?;
    ensure!(
        content.len() as u64 <= FILE_BYTES_MAX,
        "{} has more than {FILE_BYTES_MAX} bytes",
        file.display()
    );
    Ok(content)
}
