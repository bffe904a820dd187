// SPDX-License-Identifier: Apache-2.0
//! The files of `new`, compared with the tree of the same version. That products build and boot is
//! tested on the device (`tests/runner`, "products outside the tree").

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// A folder, empty at first.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("new-{name}"));
        let _ = fs::remove_dir_all(&folder); // of the last run
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

/// Two products, for making keys takes a while: one in Rust and one in C, for another board each.
static PRODUCTS: LazyLock<Room> = LazyLock::new(|| {
    let room = Room::new("products");
    let boards = boards();
    let last = boards.last().expect("a board");
    for options in [
        [
            "rust",
            "--rust",
            "--board",
            &boards[0],
            "--partition",
            "a_service",
        ],
        ["c", "--c", "--board", last, "--partition", "greeting"],
    ] {
        let output = room.new_product(&options);
        assert!(output.status.success(), "{output:?}");
    }
    room
});

/// The boards of the tree that are published.
fn boards() -> Vec<String> {
    let folders = fs::read_dir(tree().join("boards")).unwrap().flatten();
    let boards = folders.filter(|folder| {
        let manifest = fs::read_to_string(folder.path().join("Cargo.toml"));
        manifest.is_ok_and(|text| !text.contains("publish = false"))
    });
    let names = boards.map(|folder| folder.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn firmware_of_a_product_is_compiled_as_in_the_tree() {
    let tree = fs::read_to_string(tree().join("Cargo.toml")).unwrap();
    let (own, product) = (release_profile(&tree), PRODUCTS.text("rust/Cargo.toml"));
    assert!(own.len() > 5, "{own:?}");
    assert_eq!(release_profile(&product), own);
}

#[test]
fn every_board_of_the_tree_can_be_named() {
    let boards = boards();
    for (product, board) in [("rust", &boards[0]), ("c", &boards[boards.len() - 1])] {
        let package = format!("casemate-{board}");
        assert!(
            PRODUCTS
                .text(&format!("{product}/Cargo.toml"))
                .contains(&package)
        );
        let boot = PRODUCTS.text(&format!("{product}/firmware/src/bin/boot.rs"));
        assert!(boot.contains(&format!("boot_rom!({board}::")), "{boot}");
    }
    let known = PRODUCTS.new_product(&["--help"]).stdout;
    let known = String::from_utf8(known).unwrap();
    let missing = boards.iter().find(|board| !known.contains(*board));
    assert_eq!(missing, None, "{known}");
}

#[test]
fn every_name_in_a_text_has_a_value() {
    let mut folders = vec![PRODUCTS.0.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split('@').skip(1).step_by(2);
            let is_name = |name: &str| {
                let mut letters = name.chars();
                name.len() > 1 && letters.all(|one| one.is_ascii_uppercase() || one == '_')
            };
            assert!(!names.into_iter().any(is_name), "{}", path.display());
        }
    }
    let partition = PRODUCTS.text("rust/partitions/a_service/src/lib.rs");
    assert!(partition.contains("pub struct AService {"));
}

#[test]
fn an_editor_starts_and_debugs_the_device() {
    for (product, board) in [
        ("rust", boards().first().cloned()),
        ("c", boards().last().cloned()),
    ] {
        let object = |name: &str| -> serde_json::Value {
            serde_json::from_str(&PRODUCTS.text(&format!("{product}/.vscode/{name}"))).unwrap()
        };
        let (launch, tasks) = (object("launch.json"), object("tasks.json"));
        let debug = &launch["configurations"][0];
        let first = debug["preLaunchTask"].as_str().unwrap();
        let tasks = tasks["tasks"].as_array().unwrap();
        let task = tasks
            .iter()
            .find(|task| task["label"] == first)
            .expect(first);
        // Both mean the same port, and the images of the product's board.
        let port = debug["miDebuggerServerAddress"].as_str().unwrap();
        let port = port.strip_prefix("127.0.0.1:").unwrap();
        let command = task["command"].as_str().unwrap();
        assert!(command.ends_with(&format!("--gdb={port}")), "{command}");
        let folder = format!("target/casemate/{}/small/", board.unwrap());
        let text = launch.to_string();
        for image in ["boot.elf", "secure.elf", "nonsecure.elf"] {
            assert!(text.contains(&format!("{folder}{image}")), "{text}");
        }
    }
}

#[test]
fn a_key_is_new_each_time_and_for_its_owner_only() {
    let keys = ["rust", "c"].map(|name| PRODUCTS.text(&format!("{name}/keys/development.pem")));
    assert_ne!(keys[0], keys[1]);
    let key = fs::metadata(PRODUCTS.0.join("rust/keys/development.pem")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
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
