// SPDX-License-Identifier: Apache-2.0
//! A configuration is the same by whatever way it is given. A build takes nothing else from it than
//! `to_toml`, so the images are the same too.

use crate::{request, workspace};
use configure::{Request, load};
use std::path::{Path, PathBuf};
use std::{env, fs, process};

/// The text of Profile Small as a file that inherits nothing.
fn small_without_inheritance() -> String {
    let text = fs::read_to_string(workspace().join("profiles/small.toml")).unwrap();
    text.lines()
        .filter(|line| !line.starts_with("inherits"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The lines of a file of sections as `key=value`.
fn settings_of(text: &str) -> Vec<String> {
    let mut section = "";
    let mut settings = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if !line.is_empty() {
            settings.push(format!("{section}.{line}"));
        }
    }
    settings
}

/// A file in a folder of its own, which is removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn with(name: &str, file: &str, text: &str) -> Self {
        let folder = env::temp_dir().join(format!("configure-{name}-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), text).unwrap();
        Self(folder)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_profile_a_file_and_settings_give_the_same() {
    let text = small_without_inheritance();
    let profile = load(&request(&[])).unwrap();
    let base = Request {
        profile: "base".into(),
        ..request(&[])
    };
    let scratch = Scratch::with("ways", "small.toml", &text);
    let file = load(&Request {
        files: vec![scratch.0.join("small.toml")],
        ..base.clone()
    });
    let settings = load(&Request {
        settings: settings_of(&text),
        ..base
    });
    for other in [file.unwrap(), settings.unwrap()] {
        assert_eq!(other.to_toml(), profile.to_toml());
        assert_eq!(other.digest(), profile.digest());
    }
}

#[test]
fn a_dropped_partition_was_never_there() {
    let text = small_without_inheritance();
    let never: String = text
        .lines()
        .filter(|line| !line.starts_with("attestation = "))
        .map(|line| format!("{line}\n"))
        .collect();
    let scratch = Scratch::with(
        "dropped",
        "never.toml",
        &format!("inherits = \"base\"\n{never}"),
    );
    let never = load(&Request {
        profile: scratch.0.join("never.toml").display().to_string(),
        ..request(&[])
    });
    let dropped = load(&request(&["partitions.attestation=false"])).unwrap();
    assert_eq!(dropped.to_toml(), never.unwrap().to_toml());
}

#[test]
fn a_board_has_settings_for_the_cryptography_of_its_own() {
    let board = fs::read_to_string(workspace().join("boards/an521/board.toml")).unwrap();
    let own = "\n[crypto]\nconcurrent_operations = 3\noperations_per_client = 2\naes = \"table\"\n";
    let scratch = Scratch::with("board", "board.toml", &(board + own));
    let on = |settings: &[&str], files: Vec<PathBuf>| {
        load(&Request {
            board: scratch.0.display().to_string(),
            files,
            ..request(settings)
        })
        .unwrap()
    };
    let plain = on(&[], Vec::new());
    // Over the profile, with the sizes that follow; below files and the command line.
    assert_eq!(plain.number("crypto.concurrent_operations"), 3);
    assert_eq!(plain.text("crypto.aes"), "table");
    assert!(plain.is_derived("crypto.engine_buffer_bytes"));
    let extra = Scratch::with(
        "extra",
        "extra.toml",
        "[crypto]\nconcurrent_operations = 5\n",
    );
    let file = Path::new(&extra.0).join("extra.toml");
    let over = on(&["crypto.aes=constant_time"], vec![file]);
    assert_eq!(over.number("crypto.concurrent_operations"), 5);
    assert_eq!(over.number("crypto.operations_per_client"), 2);
    assert_eq!(over.text("crypto.aes"), "constant_time");
}
