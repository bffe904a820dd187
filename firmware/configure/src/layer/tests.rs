// SPDX-License-Identifier: Apache-2.0
//! Files and settings of the command line as layers.

use super::*;

fn problem(text: &str) -> String {
    parse("a.toml", text).expect_err("a mistake").to_string()
}

#[test]
fn values_remember_their_line() {
    let layer = parse(
        "a.toml",
        "inherits = \"base\"\n\n[spm]\nfault_action = \"halt\"\n",
    )
    .unwrap();
    assert_eq!(layer.inherits.as_deref(), Some("base"));
    assert_eq!(
        layer.values,
        [(
            "spm.fault_action",
            Value::Text("halt".into()),
            "a.toml:4".into()
        )]
    );
}

#[test]
fn an_unknown_key_names_file_key_and_the_nearest() {
    assert_eq!(
        problem("[crypto]\nconcurent_operations = 4"),
        "a.toml:2: there is no key `crypto.concurent_operations`; \
         the nearest is `crypto.concurrent_operations`"
    );
    assert!(problem("[cripto]\nconcurrent_operations = 4").contains("no key `cripto`"));
    assert!(problem("[spm]\nbackend = { kind = \"library\" }").contains("takes \"library\""));
    assert!(problem("spm = 4").contains("no key `spm`"));
}

#[test]
fn a_wrong_value_names_what_is_expected() {
    assert_eq!(
        problem("[spm]\nfault_action = \"sleep\""),
        "a.toml:2: `spm.fault_action` takes \"reset\" or \"halt\", not \"sleep\""
    );
    assert!(problem("[flash]\norigin = \"0x8\"").contains("takes an address"));
    assert!(problem("inherits = 1").contains("`inherits` takes"));
    assert_eq!(
        problem("[boot]\nrecovery = 1"),
        "a.toml:2: `boot.recovery` takes true or false, not 1: write true"
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    assert_eq!(
        problem("[spm]\nbackend = 1\nfault = 2\n").lines().count(),
        2
    );
}

#[test]
fn broken_toml_names_the_line() {
    assert!(problem("[spm]\nbackend = \n").starts_with("a.toml:2: "));
    assert!(problem("[spm]\n[spm]\n").starts_with("a.toml:2: "));
}

#[test]
fn settings_of_the_command_line() {
    let layer = parse_setting("spm.fault_action=halt").unwrap();
    assert_eq!(
        layer.values,
        [(
            "spm.fault_action",
            Value::Text("halt".into()),
            "--set".into()
        )]
    );
    assert!(parse_setting("crypto.concurrent_operations = 2").is_ok());
    let mistake = |text| parse_setting(text).expect_err("a mistake").to_string();
    assert_eq!(mistake("spm"), "--set spm: write it as key=value");
    assert!(mistake("spm.backend").contains("key=value"));
    assert!(mistake("spm.backand=library").contains("nearest is `spm.backend`"));
    assert!(mistake("crypto.concurrent_operations=many").contains("takes a number"));
    assert!(mistake("=1").starts_with("--set: "));
}

#[test]
fn names_of_the_reference_are_keys_too() {
    let values = |text: &str| parse("a.toml", text).unwrap().values;
    assert_eq!(
        values("ITS_BUF_SIZE = 64\nPSA_WANT_ALG_GCM = \"ON\"\nTFM_ISOLATION_LEVEL = 1"),
        [
            ("its.buffer_bytes", Value::Number(64), "a.toml:1".into()),
            (
                "crypto.psa_want_alg_gcm",
                Value::Flag(true),
                "a.toml:2".into()
            ),
        ]
    );
    let layer = parse_setting("CONFIG_TFM_SPM_BACKEND=SFN").unwrap();
    assert_eq!(layer.values[0].1, Value::Text("sfn".into()));
    let layer = parse_setting("TFM_PARTITION_FIRMWARE_UPDATE=ON").unwrap();
    assert_eq!(layer.partitions[0].manifest, "casemate-firmware-update");
    let mistake = |text| parse_setting(text).expect_err("a mistake").to_string();
    assert_eq!(
        mistake("CRYPTO_CONC_OPER_NUM=65"),
        "--set: `CRYPTO_CONC_OPER_NUM`, here `crypto.concurrent_operations` takes a number \
         from 1 to 64, not 65"
    );
    assert!(mistake("TFM_ISOLATION_LEVEL=3").contains("`TFM_ISOLATION_LEVEL` is always 1"));
    assert!(mistake("ITS_BUFF_SIZE=3").contains("nearest is `ITS_BUF_SIZE`"));
}

#[test]
fn a_layer_sets_a_key_once_by_whichever_name() {
    assert_eq!(
        problem("ITS_BUF_SIZE = 64\n[its]\nbuffer_bytes = 32\n"),
        "a.toml:3: `its.buffer_bytes` is set at a.toml:1 already"
    );
}
