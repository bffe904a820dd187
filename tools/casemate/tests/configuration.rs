// SPDX-License-Identifier: Apache-2.0
//! `config` as a user types it: keys, explanations, differences, names of the reference, imports.

mod common;

use common::root;
use serde_json::Value;
use std::fs;
use std::process::{Command, Output};

fn config(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cargo-casemate"))
        .args(["casemate", "config"])
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("the tool runs")
}

fn said(arguments: &[&str]) -> String {
    let output = config(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("text")
}

fn refused(arguments: &[&str]) -> String {
    let output = config(arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn a_value_shows_what_it_overrides() {
    let text = said(&["its.buffer_bytes", "--set", "ITS_BUF_SIZE=64"]);
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(words[..3], ["its.buffer_bytes", "64", "--set;"], "{text}");
    assert!(
        text.contains("overrides 32 of profiles/small.toml:"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1);
    let object: Value = serde_json::from_str(&said(&["ITS_BUF_SIZE", "--json"])).expect("JSON");
    let row = &object["values"]["its.buffer_bytes"];
    assert_eq!(row["value"], 32);
    let before = row["overridden"][0]["origin"].as_str().expect("an origin");
    assert!(before.starts_with("profiles/base.toml:"), "{before}");
    // A section is all of its keys and no other.
    for section in ["its", "its."] {
        let text = said(&[section]);
        assert!(text.lines().count() > 3 && text.lines().all(|line| line.starts_with("its.")));
    }
    assert!(refused(&["itz.buffer_bytes"]).contains("nearest is `its.buffer_bytes`"));
}

#[test]
fn every_key_is_explained() {
    for key in configure::schema::KEYS {
        let text = said(&["--explain", key.name]);
        assert!(text.contains(key.about) && text.contains("now "), "{text}");
    }
    let object = said(&["--explain", "CRYPTO_CONC_OPER_NUM", "--json"]);
    let object: Value = serde_json::from_str(&object).expect("JSON");
    assert_eq!(object["key"], "crypto.concurrent_operations");
    assert_eq!(object["takes"], "a number from 1 to 64");
    assert_eq!(object["reference"][0], "CRYPTO_CONC_OPER_NUM");
    assert!(refused(&["--explain", "crypto"]).contains("is a section"));
    assert!(refused(&["--explain", "crypto.key_slot"]).contains("nearest is `crypto.key_slots`"));
}

#[test]
fn two_configurations_differ_in_these_keys() {
    let text = said(&["--diff", "small", "small,spm.backend=sfn"]);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(rows[1], ["spm.backend", "\"library\"", "\"sfn\""]);
    // What else differs follows from the choice.
    let follows = |row: &Vec<&str>| row[0].starts_with("stack.") || row[0].starts_with("budget.");
    assert!(rows[2..].iter().all(follows), "{text}");
    let same = said(&["--diff", "small", "small,CONFIG_TFM_SPM_BACKEND=LIBRARY"]);
    assert!(same.contains("do not differ"), "{same}");
    let object = said(&["--diff", "small", "full", "--json"]);
    let object: Value = serde_json::from_str(&object).expect("JSON");
    let pair = &object["differences"]["crypto.psa_want_alg_ecdsa"];
    assert_eq!(
        (&pair[0], &pair[1]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    assert!(refused(&["--diff", "small", "smal"]).contains("nearest is profiles/small.toml"));
    assert!(refused(&["--diff", "small", "small,"]).contains("empty part"));
}

#[test]
fn an_imported_file_is_a_configuration() {
    let folder = std::env::temp_dir().join(format!("casemate-import-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let (header, output) = (folder.join("config_mine.h"), folder.join("mine.toml"));
    let text =
        "#define CRYPTO_CONC_OPER_NUM 6\n#define ITS_NUM_ASSETS 11\n#define PS_NUM_ASSETS 4\n";
    fs::write(&header, text).expect("a header");
    let (header, output) = (header.display().to_string(), output.display().to_string());
    let text = said(&["import", &header, "--output", &output]);
    assert!(
        text.contains("2 keys; 1 options set nothing here"),
        "{text}"
    );
    let diff = said(&["--diff", "small", &format!("small,{output}")]);
    assert!(diff.contains("its.max_assets"), "{diff}");
    let object: Value = serde_json::from_str(&said(&["import", &header, "--json"])).expect("JSON");
    assert_eq!(object["settings"]["its.max_assets"]["value"], "11");
    assert_eq!(object["left"][0]["option"], "PS_NUM_ASSETS");
    assert!(refused(&["import", &output]).contains("write a CMake file"));
    fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn the_schema_for_editors_has_every_key() {
    let schema: Value = serde_json::from_str(&said(&["--schema"])).expect("JSON");
    for key in configure::schema::KEYS {
        let mut entry = &schema;
        for part in key.name.split('.') {
            entry = &entry["properties"][part];
        }
        assert!(entry["description"].is_string(), "{}", key.name);
    }
    assert_eq!(schema["additionalProperties"], false);
}
