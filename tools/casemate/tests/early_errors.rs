// SPDX-License-Identifier: Apache-2.0
//! What is missing or wrong is told before anything is built.

mod common;

use common::Room;

/// What is typed, and what the error names.
const MISTAKES: [(&[&str], &[&str]); 12] = [
    (&["run", "gone.txt"], &["cannot read gone.txt"]),
    (&["run", "folder"], &["folder is a folder"]),
    (
        &["run", "--nonsecure", "gone.elf"],
        &["cannot read gone.elf"],
    ),
    (
        &["run", "--token", "none/token"],
        &["--token", "no folder none"],
    ),
    (
        &["run", "--flash", "none/flash.bin"],
        &["--flash", "no folder none"],
    ),
    (
        &["run", "--loader", "gone.elf"],
        &["gone.elf", "boot.loader"],
    ),
    (
        &["run", "--set", "boot.signing_key=gone.pem"],
        &["boot.signing_key", "gone.pem"],
    ),
    (
        &["build", "--set", "boot.signing_key=gone.pem"],
        &["boot.signing_key", "gone.pem"],
    ),
    (
        &["build", "--set", "boot.signing_key=file"],
        &["boot.signing_key", "file"],
    ),
    (&["build", "--config", "gone.toml"], &["gone.toml"]),
    (
        &["kit", "--out", "folder"],
        &["folder holds other things than a kit"],
    ),
    (&["kit", "--out", "file"], &["file is no folder"]),
];

#[test]
fn nothing_is_built_for_a_mistake() {
    let room = Room::new("early-errors");
    std::fs::create_dir(room.path("folder")).unwrap();
    room.write("folder/file", "of somebody");
    room.write("file", "of somebody");
    for (words, says) in MISTAKES {
        let told = room.fails(words);
        let missing = says.iter().find(|word| !told.contains(**word));
        assert_eq!(missing, None, "{words:?}: {told}");
        assert!(
            !room.path("target/firmware").exists(),
            "{words:?} built: {told}"
        );
        assert!(
            !room.path("target/casemate/last_build.json").exists(),
            "{words:?}"
        );
    }
}
