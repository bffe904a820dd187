// SPDX-License-Identifier: Apache-2.0
//! `sign`, `inspect` and `image` refuse what the devices of the configuration refuse, with file, key
//! and what to do.

mod common;

use common::{Room, payload, root};
use std::fs;

/// Options of `sign`, and what it says.
const REFUSED: [(&[&str], &[&str]); 6] = [
    (
        &["--header-size", "0x200"],
        &["boot.header_bytes", "--header-size", "payload.bin"],
    ),
    (
        &["--slot-size", "0x10000000"],
        &["flash.areas.primary.size_bytes", "--slot-size"],
    ),
    (
        &["--security-counter", "0"],
        &["boot.security_counter", "--security-counter"],
    ),
    (
        &["--key", "other.pem"],
        &[
            "other.pem",
            "boot.signing_key",
            "--set boot.signing_key=other.pem",
        ],
    ),
    (
        &["--key", "p256.pem"],
        &["p256.pem", "ecdsa_p256", "boot.signature"],
    ),
    (
        &["--public-key-format", "hash"],
        &["--public-key-format", "boot.key"],
    ),
];

fn room(name: &str) -> Room {
    let room = Room::new(&format!("refusals-{name}"));
    room.write("payload.bin", payload());
    room
}

#[test]
fn nothing_is_signed_that_devices_refuse() {
    let room = room("sign");
    room.succeeds(&["keygen", "other.pem"]);
    room.succeeds(&["keygen", "p256.pem", "--type", "ecdsa_p256"]);
    let counter = ["--set", "boot.security_counter=1"];
    for (options, words) in REFUSED {
        let words_typed = [
            &["sign", "payload.bin", "--output", "image"],
            options,
            &counter,
        ]
        .concat();
        let told = room.fails(&words_typed);
        let missing = words.iter().find(|word| !told.contains(**word));
        assert_eq!(missing, None, "{options:?}: {told}");
        assert!(!room.path("image").exists(), "{options:?}");
    }
    // What is meant is said by the configuration, or forced.
    room.succeeds(&["sign", "payload.bin", "--set", "boot.signing_key=other.pem"]);
    room.succeeds(&["sign", "payload.bin", "--key", "other.pem", "--force"]);
}

#[test]
fn inspect_ends_as_a_device_decides() {
    let room = room("inspect");
    room.succeeds(&["sign", "payload.bin", "--output", "image"]);
    let said = room.succeeds(&["inspect", "image"]);
    assert!(said.contains("a device starts this image"), "{said}");
    let output = room.typed(&[
        "inspect",
        "image",
        "--set",
        "boot.security_counter=9",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["refused"].is_string(), "{report}");
    let mut image = fs::read(room.path("image")).unwrap();
    image[0x500] ^= 1;
    room.write("broken", &image);
    assert_eq!(room.typed(&["inspect", "broken"]).status.code(), Some(1));
    room.write("nothing", []);
    assert_eq!(room.typed(&["inspect", "nothing"]).status.code(), Some(1));
}

#[test]
fn a_device_gets_no_image_that_it_refuses() {
    let room = room("image");
    room.succeeds(&[
        "provision",
        "device.bin",
        "--lifecycle",
        "assembly_and_test",
    ]);
    room.succeeds(&["keygen", "other.pem"]);
    room.succeeds(&[
        "sign",
        "payload.bin",
        "--output",
        "image",
        "--key",
        "other.pem",
        "--force",
    ]);
    for action in ["install", "upgrade"] {
        let before = fs::read(room.path("device.bin")).unwrap();
        let told = room.fails(&["image", action, "device.bin", "image"]);
        assert!(told.contains("would refuse image: "), "{told}");
        assert!(
            fs::read(room.path("device.bin")).unwrap() == before,
            "{action}"
        );
    }
}

#[test]
fn a_file_of_another_kind_says_what_it_is() {
    let room = room("kinds");
    let key = root().join("profiles/keys/development_device.toml");
    let key = key.to_str().unwrap();
    room.succeeds(&["keygen", "key.pem"]);
    room.succeeds(&["sign", "payload.bin", "--output", "image"]);
    room.write("token", [0xD1, 0x84, 0x43, 0xA1]);
    room.write("program", b"\x7FELF and so on");
    for (words, says) in [
        (&["inspect", "key.pem"][..], "in PEM"),
        (&["inspect", "token"], "an attestation token"),
        (&["inspect", key], "text of keys and values"),
        (&["inspect", "gone"], "gone"),
        (&["sign", "image"], "signed already"),
        (&["sign", "token"], "an attestation token"),
        (&["sign", "payload.bin", "--key", "image"], "image"),
        (
            &["image", "install", "image", "image"],
            "is no flash file of the board an521",
        ),
        (&["image", "install", "program", "image"], "(ELF)"),
        (&["image", "install", "gone", "image"], "cannot open gone"),
        (&["token", "show", "image"], "no token but an image"),
        (
            &["token", "verify", "token", "--flash", "image"],
            "no flash file",
        ),
    ] {
        let told = room.fails(words);
        assert!(told.contains(says), "{words:?}: {told}");
    }
}
