// SPDX-License-Identifier: Apache-2.0
//! The tables hold together, and each kind of option is translated.

use super::*;
use crate::schema::Kind;
use std::collections::BTreeSet;

#[test]
fn every_name_stands_once_and_every_key_exists() {
    let mut names = BTreeSet::new();
    for known in all() {
        assert!(names.insert(known.name), "{} stands twice", known.name);
        let Some(name) = known.meaning.key() else {
            continue;
        };
        let key = schema::find(name).unwrap_or_else(|| panic!("{}: no key {name}", known.name));
        let fits = match known.meaning {
            Meaning::Number(_) | Meaning::OtherNumber(..) => {
                matches!(key.kind, Kind::Count { .. } | Kind::Bytes | Kind::Word)
            }
            Meaning::Switch(_) | Meaning::Inverse(_) => key.kind == Kind::Switch,
            Meaning::Text(_) => matches!(key.kind, Kind::Path | Kind::Version),
            Meaning::Word(_, words) => match key.kind {
                Kind::Choice(ours) => words.iter().all(|(_, word)| ours.contains(word)),
                _ => true,
            },
            Meaning::Chosen(_, word) => {
                matches!(key.kind, Kind::Choice(ours) if ours.contains(&word))
            }
            _ => true,
        };
        assert!(fits, "{} does not fit {name}", known.name);
    }
}

#[test]
fn every_algorithm_has_its_name() {
    for key in schema::KEYS {
        if key.name.starts_with("crypto.psa_want_alg_") {
            let is_own = |name: &&str| name.starts_with("PSA_WANT_");
            assert_eq!(names_of(key.name).filter(is_own).count(), 1, "{}", key.name);
        }
    }
}

#[test]
fn values_are_those_of_c_cmake_and_kconfig() {
    let of = |name: &str, value: &str| translate(&find(name).expect(name), value);
    let setting = |key, value: &str| Ok(Translation::Setting(key, value.into()));
    for value in ["32", "0x20", "(32)", "32u", "0X20UL"] {
        assert_eq!(of("ITS_BUF_SIZE", value), setting("its.buffer_bytes", "32"));
    }
    for value in ["ON", "on", "1", "TRUE", "y", "(1)"] {
        let key = "crypto.psa_want_alg_gcm";
        assert_eq!(of("PSA_WANT_ALG_GCM", value), setting(key, "true"));
    }
    assert_eq!(
        of("CONFIG_TFM_SPM_BACKEND", "\"SFN\"".trim_matches('"')),
        setting("spm.backend", "\"sfn\"")
    );
    assert_eq!(
        of("TFM_NS_MANAGE_NSID", "OFF"),
        setting("spm.client_id_word", "0")
    );
    assert_eq!(of("TFM_ISOLATION_LEVEL", "1"), Ok(Translation::Same));
    assert_eq!(
        of("TFM_PARTITION_CRYPTO", "ON"),
        Ok(Translation::Listed("crypto", "casemate-crypto"))
    );
    assert_eq!(
        of("TFM_PARTITION_CRYPTO", "OFF"),
        Ok(Translation::Dropped("crypto"))
    );
}

#[test]
fn what_has_no_counterpart_says_why() {
    let why = |name: &str, value: &str| translate(&find(name).expect(name), value).unwrap_err();
    assert!(why("TFM_ISOLATION_LEVEL", "2").contains("always 1 here"));
    assert!(why("TFM_PARTITION_PROTECTED_STORAGE", "ON").contains("no Protected Storage"));
    assert!(why("CONFIG_TFM_SPM_BACKEND", "IPC").contains("SFN or LIBRARY"));
    assert!(why("ITS_BUF_SIZE", "ITS_MAX_ASSET_SIZE").contains("takes a number"));
    assert!(why("ITS_BUF_SIZE", "").contains("takes a number"));
    assert!(why("PSA_WANT_ALG_MD5", "1").contains("not among those of Casemate"));
    assert!(why("TFM_CRYPTO_TEST_ALG_CBC", "OFF").contains("exactly when"));
    assert!(why("MCUBOOT_HW_ROLLBACK_PROT", "maybe").contains("ON or OFF"));
    assert!(find("TFM_NO_SUCH_OPTION").is_none());
}
