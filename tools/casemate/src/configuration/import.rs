// SPDX-License-Identifier: Apache-2.0
//! From a configuration of the reference to an override file.
//!
//! A CMake profile, a header `config_*.h` or a Kconfig `.conf` is read as it stands, without CMake or a
//! preprocessor: each option that is set counts. A header that a profile names is read too.

mod cmake;
mod header;
mod kconfig;
mod override_file;

pub use override_file::{Left, Override};

use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// An option that a file of the reference sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its value, without quotes.
    pub value: String,
    /// `file:line`.
    pub place: String,
}

/// Options of CMake whose values are headers with more options.
const HEADERS: &[&str] = &[
    "PROJECT_CONFIG_HEADER_FILE",
    "MBEDTLS_CONFIG_FILE",
    "MBEDTLS_PSA_CRYPTO_CONFIG_FILE",
    "TFM_MBEDCRYPTO_CONFIG_PATH",
    "TFM_MBEDCRYPTO_PSA_CRYPTO_CONFIG_PATH",
    "TFM_TF_PSA_CRYPTO_CONFIG_PATH",
];

/// Reads a file of the reference and the headers that it names, and translates them.
///
/// # Errors
/// The file can't be read, or is none of the three forms; the line of what can't be understood.
pub fn import(file: &Path) -> Result<Override> {
    let found = read(file)?;
    let mut all = found.clone();
    let mut unread = Vec::new();
    for option in found
        .iter()
        .filter(|option| HEADERS.contains(&option.name.as_str()))
    {
        match header_of(file, &option.value) {
            Some(header) => all.extend(read(&header)?),
            None => unread.push(option.clone()),
        }
    }
    Ok(Override::of(file, &all, &unread))
}

/// The options of one file.
fn read(file: &Path) -> Result<Vec<Found>> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| name.clone())?;
    let end = file
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default();
    let found = match end {
        "cmake" | "txt" => cmake::parse(&name, &text)?,
        "h" => header::parse(&name, &text)?,
        "conf" | "config" => kconfig::parse(&name, &text)?,
        _ => {
            bail!("{name}: write a CMake file (.cmake), a header (.h) or a file of Kconfig (.conf)")
        }
    };
    if found.is_empty() {
        bail!("{name}: sets no option");
    }
    Ok(found)
}

/// The header that a value names: a path, or one below the root of the reference, which is a folder above
/// `file`.
fn header_of(file: &Path, value: &str) -> Option<PathBuf> {
    let root = "${CMAKE_SOURCE_DIR}/";
    let base = std::path::absolute(file).ok()?;
    match value.strip_prefix(root) {
        Some(rest) => {
            let folders = base.ancestors().skip(1);
            let mut paths = folders.map(|folder| folder.join(rest));
            paths.find(|path| path.is_file())
        }
        None => Some(base.parent()?.join(value)).filter(|path| path.is_file()),
    }
}

#[cfg(test)]
mod tests;
