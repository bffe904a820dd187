// SPDX-License-Identifier: Apache-2.0
//! Where each value comes from: every key has one, documented and traced to the layer that set
//! it, and a name that nothing has gets the nearest.

use crate::{request, workspace};
use configure::derive::is_derived;
use configure::schema::KEYS;
use configure::{Request, load};
use std::path::PathBuf;
use std::{env, fs, process};

#[test]
fn profile_small_on_an521_is_complete() {
    let effective = load(&request(&[])).unwrap();
    assert_eq!(effective.settings().count(), KEYS.len());
    // One client leaves something for the others; but for operations, as in the reference.
    for (all, one_client) in [
        (
            ("crypto.concurrent_operations", 4),
            ("crypto.operations_per_client", 4),
        ),
        (("crypto.key_slots", 13), ("crypto.keys_per_client", 12)),
        (("its.max_assets", 12), ("its.assets_per_client", 10)),
    ] {
        assert_eq!(effective.number(all.0), all.1);
        assert_eq!(effective.number(one_client.0), one_client.1);
    }
    assert_eq!(effective.text("spm.backend"), "library");
    assert_eq!(
        effective.number("flash.areas.primary.offset_bytes"),
        0x10_0000
    );
}

#[test]
fn every_value_names_the_place_that_set_it() {
    let effective = load(&request(&["spm.fault_action=halt"])).unwrap();
    let origin = |name: &str| {
        effective
            .settings()
            .find(|setting| setting.key.name == name)
            .unwrap()
            .origin
            .clone()
    };
    assert!(origin("crypto.concurrent_operations").starts_with("profiles/small.toml:"));
    assert!(origin("boot.image_version").starts_with("profiles/base.toml:"));
    assert!(origin("flash.origin").starts_with("boards/an521/board.toml:"));
    assert_eq!(origin("spm.fault_action"), "--set");
}

#[test]
fn another_type_of_signatures_brings_its_key() {
    let key = |settings: &[&str]| {
        let effective = load(&request(settings)).unwrap();
        effective.text("boot.signing_key").to_owned()
    };
    let of = |name: &str| format!("profiles/keys/development_{name}.pem");
    assert_eq!(key(&[]), of("rsa3072"));
    assert_eq!(key(&["boot.signature=ed25519"]), of("ed25519"));
    let own = "boot.signing_key=own.pem";
    // A path of the command line is relative to the folder in which it is typed.
    assert_eq!(
        key(&["boot.signature=rsa2048", own]),
        "firmware/configure/own.pem"
    );
}

#[test]
fn base_sets_every_key_of_a_profile_with_its_meaning_above() {
    let text = fs::read_to_string(workspace().join("profiles/base.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for key in KEYS.iter().filter(|key| !key.belongs_to_board()) {
        let (section, name) = key.name.rsplit_once('.').unwrap();
        let start = lines
            .iter()
            .position(|line| *line == format!("[{section}]"))
            .expect(key.name);
        let within = lines[start..].iter().position(|line| {
            let derived = format!("# {name} is derived unless set.");
            line.starts_with(&format!("{name} = ")) || is_derived(key.name) && *line == derived
        });
        let line = start + within.expect(key.name);
        assert_eq!(lines[line - 1], format!("# {}", key.about), "{}", key.name);
    }
}

#[test]
fn examples_are_valid() {
    for entry in fs::read_dir(workspace().join("profiles/examples")).unwrap() {
        let files = vec![entry.unwrap().path()];
        load(&Request {
            files,
            ..request(&[])
        })
        .unwrap();
    }
}

#[test]
fn a_resolved_configuration_is_read_back_the_same() {
    let effective = load(&request(&["crypto.concurrent_operations=2"])).unwrap();
    let file = env::temp_dir().join(format!("configure-{}.toml", process::id()));
    fs::write(&file, effective.to_toml()).unwrap();
    let again = configure::resolved(&workspace(), &file);
    fs::remove_file(&file).unwrap();
    let again = again.unwrap();
    assert_eq!(again.to_toml(), effective.to_toml());
    assert_eq!(again.partitions(), effective.partitions());
}

#[test]
fn unknown_names_get_the_nearest() {
    let text = load(&Request {
        board: "an52".into(),
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.contains("the nearest is `an521`"), "{text}");
    let text = load(&Request {
        profile: "smal".into(),
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.contains("nearest is profiles/small.toml"), "{text}");
    let files = vec![PathBuf::from("/nonexistent/extra.toml")];
    let text = load(&Request {
        files,
        ..request(&[])
    })
    .unwrap_err()
    .to_string();
    assert!(text.starts_with("/nonexistent/extra.toml: "), "{text}");
}

#[test]
fn the_layer_of_the_type_of_build_lies_between_board_and_overrides() {
    let key = "budget.secure.flash_bytes";
    let of = |settings: &[&str]| {
        let effective = load(&request(settings)).unwrap();
        let setting = effective.setting(key).unwrap();
        (setting.value.clone(), setting.origin.clone())
    };
    let (plain, origin) = of(&[]);
    assert!(origin.starts_with("profiles/small.toml:"), "{origin}");
    let (release, origin) = of(&["build.type=release"]);
    assert_ne!(release, plain);
    assert!(
        origin.starts_with("profiles/build_types/release.toml:"),
        "{origin}"
    );
    let (_, origin) = of(&["build.type=release", "budget.secure.flash_bytes=50000"]);
    assert_eq!(origin, "--set");
}
