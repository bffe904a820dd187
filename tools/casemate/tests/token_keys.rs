// SPDX-License-Identifier: Apache-2.0
//! `token verify --key` takes each kind of file that has the key of a device, and says of others what
//! they are.

mod common;

use common::{Room, payload, root};
use std::fs;

fn room(name: &str) -> Room {
    let room = Room::new(&format!("token-keys-{name}"));
    room.write("token", [0xD1, 0x84, 0x43, 0xA1]);
    room
}

#[test]
fn the_file_of_a_device_has_its_key() {
    let room = room("device");
    let options = [
        "provision",
        "device.bin",
        "--lifecycle",
        "provisioning",
        "--save",
        "kept.toml",
    ];
    room.succeeds(&options);
    // The token is cut off; but the key was taken.
    let told = room.fails(&["token", "verify", "token", "--key", "kept.toml"]);
    assert!(!told.contains("kept.toml"), "{told}");
    let told_of_bytes = room.fails(&["token", "verify", "token", "--flash", "device.bin"]);
    assert_eq!(last_lines(&told), last_lines(&told_of_bytes));
    let text = fs::read_to_string(room.path("kept.toml")).unwrap();
    let others = text.lines().filter(|line| !line.starts_with("initial_"));
    room.write("without.toml", others.collect::<Vec<_>>().join("\n"));
    let told = room.fails(&["token", "verify", "token", "--key", "without.toml"]);
    assert!(
        told.contains("without.toml") && told.contains("initial_attestation_key"),
        "{told}"
    );
}

/// Without the line of the configuration.
fn last_lines(told: &str) -> Vec<&str> {
    told.lines()
        .filter(|line| !line.contains("Configuration"))
        .collect()
}

#[test]
fn other_files_say_what_they_are() {
    let room = room("others");
    room.succeeds(&["keygen", "private.pem", "--type", "ecdsa_p256"]);
    room.write("payload.bin", payload());
    room.succeeds(&["sign", "payload.bin", "--output", "image"]);
    room.write("program", b"\x7FELF and so on");
    room.write("short", [1, 2, 3]);
    room.write("empty", []);
    room.write("certificate.pem", "-----BEGIN CERTIFICATE-----\n");
    let profile = root().join("profiles/small.toml");
    for (file, says) in [
        ("private.pem", "a private key"),
        ("certificate.pem", "a certificate"),
        ("image", "an image"),
        ("token", "an attestation token"),
        ("program", "(ELF)"),
        (profile.to_str().unwrap(), "no file of a device"),
        ("payload.bin", "named by --flash"),
        ("short", "it has 3 bytes"),
        ("empty", "it has 0 bytes"),
        ("gone", "cannot read"),
    ] {
        let told = room.fails(&["token", "verify", "token", "--key", file]);
        assert!(told.contains(says) && told.contains(file), "{file}: {told}");
    }
}
