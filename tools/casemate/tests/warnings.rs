// SPDX-License-Identifier: Apache-2.0
//! Every command warns about an unsafe configuration, also in a pipe and in JSON.

use std::process::{Command, Output};

const UNSAFE: &str = "boot.anti_rollback=false";

fn casemate(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-casemate"))
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    output
}

fn warnings(output: &Output) -> usize {
    let told = String::from_utf8_lossy(&output.stderr);
    let lines = told.lines();
    lines
        .filter(|line| line.starts_with("warning: boot.anti_rollback is false"))
        .count()
}

#[test]
fn a_device_that_starts_older_firmware_is_warned_of() {
    for command in [&["config"][..], &["config", "--json"]] {
        assert_eq!(
            warnings(&casemate(&[command, &["--set", UNSAFE]].concat())),
            1
        );
        assert_eq!(warnings(&casemate(command)), 0);
    }
}

#[test]
fn programs_find_it_in_the_object() {
    let object = |arguments: &[&str]| -> serde_json::Value {
        let output = casemate(&[&["config", "--json"], arguments].concat());
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let unsafe_one = object(&["--set", UNSAFE]);
    assert_eq!(unsafe_one["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(unsafe_one["values"]["boot.anti_rollback"]["value"], false);
    assert_eq!(object(&[])["warnings"].as_array().unwrap().len(), 0);
}
