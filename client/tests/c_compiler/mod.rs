// SPDX-License-Identifier: Apache-2.0
//! Compilers of the host and folders of the headers, for the tests of the C library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Warnings for every header and source.
pub const WARNINGS: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// `client/c`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("c")
}

/// Writes a file of a test.
pub fn write(name: &str, text: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

/// Options that name the folders of the headers; `own` is a folder for this test alone.
pub fn include_options(own: &str) -> Vec<String> {
    let template = fs::read_to_string(folder().join("version.h.in")).unwrap();
    let text = template.replace("@VERSION@", env!("CARGO_PKG_VERSION"));
    let header = write(&format!("{own}/casemate/version.h"), &text);
    // The values of the headers do not depend on the configuration.
    write(&format!("{own}/casemate/crypto_config.h"), "");
    let generated = header.ancestors().nth(2).unwrap();
    [generated, &folder().join("include")]
        .iter()
        .map(|path| format!("-I{}", path.display()))
        .collect()
}

/// Runs a compiler; `None` when the machine does not have it.
pub fn run(compiler: &str, arguments: &[String]) -> Option<Output> {
    Command::new(compiler).args(arguments).output().ok()
}

/// Fails with the output of the compiler.
pub fn expect_success(what: &str, output: &Output) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}:\n{text}");
}
