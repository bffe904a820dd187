// SPDX-License-Identifier: Apache-2.0
//! The command, and the same image by either tool.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use boot::Version;
use signer::{Options, SecurityCounter, SignatureType};

use crate::common::{SLOT_BYTES, key_path_of, payload};

/// Runs `imgtool`; nothing if there is none.
pub fn imgtool(arguments: &[&str]) -> Option<Output> {
    let named = std::env::var("CASEMATE_IMGTOOL").ok();
    let program = named.clone().unwrap_or_else(|| "imgtool".into());
    match Command::new(&program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(named.is_none(), "CASEMATE_IMGTOOL={program}: {error}");
            let note = "SKIPPED: no imgtool on the path, and CASEMATE_IMGTOOL is not set\n";
            // What `eprintln!` prints is hidden when a test succeeds.
            std::io::stderr().write_all(note.as_bytes()).unwrap();
            None
        }
    }
}

/// Runs `imgtool` and returns what it printed, which must be a success.
pub fn imgtool_succeeds(arguments: &[&str]) -> Option<String> {
    let output = imgtool(arguments)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "imgtool {arguments:?}: {text}{errors}"
    );
    Some(text)
}

/// A directory of its own, removed when the test succeeds.
pub fn directory(name: &str) -> std::path::PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

pub fn options() -> Options {
    Options {
        version: Version {
            major: 1,
            minor: 2,
            revision: 3,
            build: 4,
        },
        security_counter: SecurityCounter::Value(6),
        software_type: Some("SPE".into()),
        slot_bytes: Some(SLOT_BYTES),
        ..Options::default()
    }
}

/// Signs with `imgtool`, the key for development with RSA-3072 and the options of [`options`], and
/// with more.
pub fn signed_by_imgtool(name: &str, more: &[&str]) -> Option<Vec<u8>> {
    signed_with(SignatureType::Rsa3072, name, more)
}

/// The same with the key for development of this type.
pub fn signed_with(signature_type: SignatureType, name: &str, more: &[&str]) -> Option<Vec<u8>> {
    let name = &format!("{name}_{signature_type}");
    let directory = directory(name);
    let (input, output) = (directory.join("payload.bin"), directory.join("signed.bin"));
    std::fs::write(&input, payload()).unwrap();
    let (key, slot_bytes) = (key_path_of(signature_type), SLOT_BYTES.to_string());
    let (key, input, out) = (
        key.to_str().unwrap(),
        input.to_str().unwrap(),
        output.to_str().unwrap(),
    );
    let mut arguments = vec![
        "sign",
        "--key",
        key,
        "--public-key-format",
        "full",
        "--align",
        "4",
    ];
    arguments.extend([
        "--version",
        "1.2.3+4",
        "--header-size",
        "0x400",
        "--pad-header",
    ]);
    arguments.extend(["--slot-size", &slot_bytes]);
    arguments.extend(more);
    arguments.extend([input, out]);
    imgtool_succeeds(&arguments)?;
    Some(std::fs::read(output).unwrap())
}
