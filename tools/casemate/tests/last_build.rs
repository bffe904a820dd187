// SPDX-License-Identifier: Apache-2.0
//! The options of the last build hold for the commands after it, and every command says which
//! configuration it speaks of.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const OTHER: &str = "boot.security_counter=7";

/// A target directory of its own, with a file that `inspect` takes for an image.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("last-{name}"));
        let _ = fs::remove_dir_all(&folder); // of the last run
        fs::create_dir_all(folder.join("casemate")).unwrap();
        fs::write(folder.join("image"), [0; 64]).unwrap();
        Self(folder)
    }

    /// As `build` keeps them.
    fn remembers(&self, options: &str) {
        let root = root().canonicalize().unwrap();
        self.keeps(&format!("{{\"root\": {root:?}, {options}}}"));
    }

    fn keeps(&self, text: &str) {
        fs::write(self.0.join("casemate/last_build.json"), text).unwrap();
    }

    fn inspect(&self, options: &[&str]) -> String {
        told(&self.typed("inspect", &[&["image"], options].concat()))
    }

    fn typed(&self, command: &str, options: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-casemate"))
            .arg(command)
            .args(options)
            .current_dir(&self.0)
            .env("CASEMATE_ROOT", root().canonicalize().unwrap())
            .env("CARGO_TARGET_DIR", &self.0)
            .output()
            .unwrap()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const LAST: &str = r#""board": null, "profile": "symmetric", "config": [],
    "set": ["boot.security_counter=7"]"#;

#[test]
fn options_of_the_last_build_hold_until_others_are_given() {
    let room = Room::new("options");
    let said = room.inspect(&[]);
    assert!(
        said.contains("Configuration an521, small (the default)"),
        "{said}"
    );
    room.remembers(LAST);
    let said = room.inspect(&[]);
    let line = format!("Configuration an521, symmetric, --set {OTHER} (of the last build)");
    assert!(said.contains(&line), "{said}");
    let said = room.inspect(&["--board", "an505"]);
    assert!(
        said.contains("Configuration an505, small (of this command)"),
        "{said}"
    );
}

#[test]
fn what_measures_and_tests_has_no_memory() {
    let room = Room::new("config");
    room.remembers(LAST);
    let output = room.typed("config", &[]);
    let said = told(&output);
    assert!(
        said.contains("Configuration an521, small (the default)"),
        "{said}"
    );
    let values = String::from_utf8(output.stdout).unwrap();
    assert!(!values.contains("--set"), "{values}");
}

#[test]
fn a_file_that_build_did_not_write_is_ignored_with_a_word() {
    let room = Room::new("hostile");
    for text in ["", "{}", "[[[[", "\0\u{1}", "{\"root\": 5}"] {
        room.keeps(text);
        let said = room.inspect(&[]);
        assert!(
            said.contains("last_build.json, the options of"),
            "{text}: {said}"
        );
        assert!(said.contains("small (the default)"), "{text}: {said}");
    }
    for options in [
        r#""board": "no_such_board", "profile": null, "config": [], "set": []"#,
        r#""board": null, "profile": "gone.toml", "config": [], "set": []"#,
        r#""board": null, "profile": null, "config": ["/gone.toml"], "set": []"#,
        r#""board": null, "profile": null, "config": [], "set": ["no.key=1"]"#,
        r#""board": null, "profile": null, "config": [], "set": [], "more": 1"#,
    ] {
        room.remembers(options);
        let said = room.inspect(&[]);
        assert!(said.contains("is not used: "), "{options}: {said}");
        assert!(said.contains("small (the default)"), "{options}: {said}");
    }
    // Another repository with the same target directory.
    room.keeps(&format!("{{\"root\": \"/elsewhere\", {LAST}}}"));
    let said = room.inspect(&[]);
    assert!(
        !said.contains("is not used") && said.contains("(the default)"),
        "{said}"
    );
    // What would not end, or is no file.
    let file = room.0.join("casemate/last_build.json");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &file).unwrap();
    let said = room.inspect(&[]);
    assert!(said.contains("does not write such a file"), "{said}");
}

#[test]
fn boards_and_profiles_are_names_or_paths() {
    let room = Room::new("paths");
    let tree = root().canonicalize().unwrap();
    let path = |name: &str| tree.join(name).display().to_string();
    fs::copy(
        tree.join("profiles/symmetric.toml"),
        room.0.join("own.toml"),
    )
    .unwrap();
    let base = format!("inherits = {:?}\n", path("profiles/small.toml"));
    fs::write(room.0.join("own.toml"), base).unwrap();
    for (options, line) in [
        (["--board", "an505"], "an505, small"),
        (["--board", &path("boards/an505")], "an505, small"),
        (
            ["--board", &path("boards/an505/board.toml")],
            "an505, small",
        ),
        (["--profile", "symmetric"], "an521, symmetric"),
        (
            ["--profile", &path("profiles/symmetric.toml")],
            "an521, symmetric",
        ),
        (
            ["--profile", &path("profiles/symmetric")],
            "an521, symmetric",
        ),
        // Relative to the folder in which the command is typed.
        (["--profile", "own.toml"], "an521, own"),
        (["--profile", "./own"], "an521, own"),
    ] {
        let output = room.typed("config", &options);
        let said = told(&output);
        assert!(output.status.success(), "{options:?}: {said}");
        let line = format!("Configuration {line} (of this command)");
        assert!(said.contains(&line), "{options:?}: {said}");
    }
    for options in [
        ["--board", "an52"],
        ["--profile", "smal"],
        ["--profile", "none.toml"],
    ] {
        let output = room.typed("config", &options);
        assert!(!output.status.success(), "{options:?}");
        assert!(told(&output).contains(options[1]), "{}", told(&output));
    }
}
