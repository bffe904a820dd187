// SPDX-License-Identifier: Apache-2.0
//! What the commands print, word for word: `UPDATE_GOLDEN=1 cargo test -p casemate --test golden`
//! renews the files.

mod common;
#[path = "common/golden.rs"]
mod golden;

use common::{Room, payload, root};
use golden::Golden;
use std::fs;

#[test]
fn help_of_every_command() {
    let mut golden = Golden::new("help");
    golden.compare_help(env!("CARGO_BIN_EXE_cargo-casemate"), &[], &|_| true);
    golden.check();
}

/// Name of the file, and what is typed, one after the other in one folder.
const TYPED: [(&str, &[&str]); 22] = [
    (
        "config of a key that is not there",
        &["config", "--set", "spm.backnd=sfn"],
    ),
    ("config of no board", &["config", "--board", "an52"]),
    ("config of no profile", &["config", "--profile", "smal"]),
    ("partitions", &["config", "--partitions"]),
    ("keygen", &["keygen", "other.pem"]),
    ("keygen again", &["keygen", "other.pem"]),
    ("sign", &["sign", "payload.bin", "--output", "image"]),
    (
        "sign with another key",
        &["sign", "payload.bin", "--key", "other.pem"],
    ),
    (
        "sign for another header",
        &["sign", "payload.bin", "--header-size", "0x200"],
    ),
    ("sign nothing", &["sign", "gone.bin"]),
    ("inspect", &["inspect", "image"]),
    (
        "inspect what is refused",
        &["inspect", "image", "--set", "boot.security_counter=9"],
    ),
    ("inspect a key", &["inspect", "other.pem"]),
    (
        "provision",
        &[
            "provision",
            "device.bin",
            "--lifecycle",
            "assembly_and_test",
        ],
    ),
    (
        "provision again",
        &[
            "provision",
            "device.bin",
            "--lifecycle",
            "assembly_and_test",
        ],
    ),
    (
        "image install",
        &["image", "install", "device.bin", "image"],
    ),
    (
        "image erase",
        &["image", "erase", "device.bin", "secondary"],
    ),
    (
        "image of another device",
        &["image", "install", "payload.bin", "image"],
    ),
    ("flash", &["flash", "device.bin"]),
    ("token show", &["token", "show", "token"]),
    (
        "token verify",
        &["token", "verify", "token", "--key", "other.pem"],
    ),
    (
        "fault without a build",
        &["fault", "fault: HardFault pc 0x1"],
    ),
];

#[test]
fn what_commands_say() {
    let room = Room::new("golden");
    room.write("payload.bin", payload());
    let tokens = root().join("tools/token_verifier/golden");
    let mut names: Vec<_> = fs::read_dir(tokens)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    names.sort();
    let token = names.iter().find(|path| {
        path.extension()
            .is_some_and(|end| end == "hex" || end == "cbor")
    });
    fs::copy(token.expect("a token"), room.path("token")).unwrap();
    let mut golden = Golden::new("output");
    for (name, words) in TYPED {
        let output = room.typed(words);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let told = text(&output.stderr);
        // How long something took is chance.
        let told: Vec<&str> = told
            .lines()
            .filter(|line| !line.ends_with(" s)") && !line.ends_with(" s"))
            .collect();
        let said = format!(
            "$ cargo casemate {}\n{}[standard error, status {}]\n{}\n",
            words.join(" "),
            text(&output.stdout),
            output.status.code().unwrap_or(-1),
            told.join("\n")
        );
        let here = room.0.display().to_string();
        let tree = root().display().to_string();
        golden.compare(name, &said.replace(&here, "HERE").replace(&tree, "TREE"));
    }
    golden.check();
}
