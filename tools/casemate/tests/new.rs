// SPDX-License-Identifier: Apache-2.0
//! What `new` writes, held against the tree that it is released with. That products build and boot is
//! tested on the device (`tests/runner`, "products outside the tree").

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, process};

/// A folder that is gone afterwards.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("casemate-new-{}-{name}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn new_product(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_cargo-casemate"))
            .args(["casemate", "new"])
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect(name)
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // the system's to clean
    }
}

fn tree() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The sections of a `Cargo.toml` that set how firmware is compiled, without comments.
fn release_profile(manifest: &str) -> Vec<&str> {
    let lines = manifest.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut is_inside = false;
    lines
        .filter(|line| {
            if line.starts_with('[') {
                is_inside = line.starts_with("[profile.release");
            }
            is_inside
        })
        .collect()
}

#[test]
fn firmware_of_a_product_is_compiled_as_in_the_tree() {
    let room = Room::new("profile");
    assert!(room.new_product(&["p"]).status.success());
    let tree = fs::read_to_string(tree().join("Cargo.toml")).unwrap();
    let (own, product) = (release_profile(&tree), room.text("p/Cargo.toml"));
    assert!(own.len() > 5, "{own:?}");
    assert_eq!(release_profile(&product), own);
}

#[test]
fn every_board_of_the_tree_can_be_named() {
    for entry in fs::read_dir(tree().join("boards")).unwrap() {
        let folder = entry.unwrap();
        if !folder.path().join("board.toml").exists() {
            continue;
        }
        let board = folder.file_name().into_string().unwrap();
        let room = Room::new(&board);
        let output = room.new_product(&["p", "--board", &board]);
        assert!(output.status.success(), "{board}: {output:?}");
        let package = format!("casemate-{board}");
        assert!(room.text("p/Cargo.toml").contains(&package));
        assert!(
            room.text("p/firmware/src/bin/boot.rs")
                .contains(&format!("{board}::"))
        );
    }
}

#[test]
fn every_name_in_a_text_has_a_value() {
    let room = Room::new("values");
    for (name, options) in [
        ("rust", &[][..]),
        ("partition", &["--partition", "a_service"]),
        ("c", &["--c", "--partition", "greeting"]),
    ] {
        let output = room.new_product(&[&[name], options].concat());
        assert!(output.status.success(), "{output:?}");
        let mut folders = vec![room.0.join(name)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    let names: Vec<&str> = text.split('@').skip(1).step_by(2).collect();
                    let is_name = |name: &&str| {
                        name.chars()
                            .all(|one| one.is_ascii_uppercase() || one == '_')
                    };
                    assert!(
                        !names.iter().any(is_name) || path.ends_with("Makefile"),
                        "{}",
                        path.display()
                    );
                }
            }
        }
    }
    let type_name = room.text("partition/partitions/a_service/src/lib.rs");
    assert!(type_name.contains("pub struct AService {"));
}

#[test]
fn a_key_is_new_each_time_and_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let room = Room::new("keys");
    for name in ["one", "two"] {
        assert!(room.new_product(&[name]).status.success());
    }
    let keys = ["one", "two"].map(|name| room.text(&format!("{name}/keys/development.pem")));
    assert_ne!(keys[0], keys[1]);
    let mode = fs::metadata(room.0.join("one/keys/development.pem"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn packages_may_come_from_a_tree_or_a_repository() {
    let room = Room::new("sources");
    let tree = tree().canonicalize().unwrap();
    let options = ["path", "--casemate-path", tree.to_str().unwrap()];
    assert!(room.new_product(&options).status.success());
    let manifest = room.text("path/Cargo.toml");
    let line = format!("casemate-psa\", path = {:?}", tree.join("crates/psa"));
    assert!(manifest.contains(&line), "{manifest}");
    let options = ["git", "--casemate-git", "https://casemate.example/casemate"];
    assert!(room.new_product(&options).status.success());
    let words = concat!(
        "git = \"https://casemate.example/casemate\", tag = \"v",
        env!("CARGO_PKG_VERSION")
    );
    assert!(room.text("git/Cargo.toml").contains(words));
}
