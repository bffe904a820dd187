// SPDX-License-Identifier: Apache-2.0
//! Writes the list of files for `lib.rs`.

use std::path::Path;
use std::{env, fs, io};

/// The folders and files of the list.
const TEXTS: [&str; 8] = [
    "console",
    "examples",
    "include",
    "kit",
    "link",
    "src",
    "support",
    "version.h.in",
];

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for name in TEXTS {
        list(Path::new(&root), name, &mut files)?;
    }
    files.sort();
    let mut text = String::from("&[\n");
    for name in files {
        text += &format!(
            "    ({name:?}, include_str!({:?})),\n",
            format!("{root}/{name}")
        );
    }
    fs::write(Path::new(&out).join("files.rs"), text + "]\n")
}

/// Adds the file `name`, or all files below the folder `name`.
fn list(root: &Path, name: &str, files: &mut Vec<String>) -> io::Result<()> {
    let path = root.join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    if !path.is_dir() {
        files.push(name.into());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let below = entry?.file_name();
        list(root, &format!("{name}/{}", below.to_string_lossy()), files)?;
    }
    Ok(())
}
