// SPDX-License-Identifier: Apache-2.0
//! What commands print goes well through pipes, without colours, and onto full disks; files are whole
//! or not there.

mod common;

use common::{Room, payload, root};
use std::fs::{self, File};
use std::process::Stdio;

const ESCAPE: u8 = 0x1B;

/// Commands that need no firmware.
const COMMANDS: [&[&str]; 5] = [
    &["config"],
    &["config", "--json"],
    &["config", "--partitions"],
    &["--help"],
    &["config", "--set", "no.such_key=1"],
];

#[test]
fn pipes_and_no_color_have_no_colours() {
    let room = Room::new("output-colours");
    for words in COMMANDS {
        for variable in [None, Some("NO_COLOR")] {
            let mut command = room.command(words);
            command.envs(variable.map(|name| (name, "1")));
            let output = command.output().unwrap();
            let all = [output.stdout, output.stderr].concat();
            assert!(!all.is_empty() && !all.contains(&ESCAPE), "{words:?}");
        }
    }
}

#[test]
fn a_terminal_has_colours_unless_they_are_unwanted() {
    // `script` gives the command a terminal.
    if std::process::Command::new("script")
        .arg("--version")
        .output()
        .is_err()
    {
        return;
    }
    let room = Room::new("output-terminal");
    let line = format!("{} config", env!("CARGO_BIN_EXE_cargo-casemate"));
    let typed = |no_color: Option<&str>| {
        let mut command = std::process::Command::new("script");
        command
            .args(["-qec", &line, "/dev/null"])
            .current_dir(&room.0);
        command
            .env("CASEMATE_ROOT", root())
            .env("TERM", "xterm")
            .env_remove("NO_COLOR");
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        command.stdin(Stdio::null()).output().unwrap().stdout
    };
    assert!(typed(None).contains(&ESCAPE));
    assert!(!typed(Some("1")).contains(&ESCAPE));
}

#[test]
fn a_reader_that_has_gone_ends_the_command() {
    let room = Room::new("output-pipes");
    let mut child = room
        .command(&["config"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = child.as_mut().unwrap();
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(1));
    let mut told = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut told).unwrap();
    assert!(
        !told.contains("panicked") && !told.contains("error"),
        "{told}"
    );
}

#[test]
fn a_full_disk_is_told() {
    let room = Room::new("output-full");
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = room.command(&["config"]).stdout(full).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("cannot write the result"), "{told}");
    room.write("payload.bin", payload());
    let told = room.fails(&["sign", "payload.bin", "--output", "/dev/full"]);
    assert!(told.contains("/dev/full"), "{told}");
}

#[test]
fn files_are_whole_or_not_there() {
    let room = Room::new("output-whole");
    room.write("payload.bin", payload());
    room.write("old", "of old");
    // As on a full disk: files of this shell have no room.
    let binary = env!("CARGO_BIN_EXE_cargo-casemate");
    for (line, file) in [
        ("sign payload.bin --output old", "old"),
        ("sign payload.bin --output new", "new"),
        ("keygen key.pem", "key.pem"),
        (
            "provision device.bin --lifecycle provisioning",
            "device.bin",
        ),
        (
            "provision other.bin --lifecycle provisioning --save kept.toml",
            "kept.toml",
        ),
    ] {
        let limited = format!("trap '' XFSZ; ulimit -f 0; exec {binary} {line}");
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", &limited])
            .current_dir(&room.0)
            .env("CASEMATE_ROOT", root());
        let output = shell.stdin(Stdio::null()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{line}: {told}");
        assert!(told.contains(file), "{line}: {told}");
        let found = fs::read(room.path(file)).ok();
        let before = (file == "old").then(|| b"of old".to_vec());
        assert_eq!(found, before, "{line}");
    }
    let names = fs::read_dir(&room.0).unwrap().flatten();
    let rests = names.filter(|entry| entry.file_name().to_string_lossy().starts_with(".casemate"));
    assert_eq!(rests.count(), 0);
}

#[test]
fn every_command_shows_its_commands_if_asked() {
    let room = Room::new("output-verbose");
    for words in [
        &["-v", "keygen", "a.pem"][..],
        &["keygen", "b.pem", "--verbose"],
    ] {
        room.succeeds(words);
    }
    // `-v` of `sign` is the version, as that of imgtool.
    room.write("payload.bin", payload());
    room.succeeds(&["sign", "payload.bin", "-v", "1.2.3", "--verbose"]);
    let said = room.succeeds(&["inspect", "payload.signed.bin", "-v"]);
    assert!(said.contains("1.2.3"), "{said}");
}
