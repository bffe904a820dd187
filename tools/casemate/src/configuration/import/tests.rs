// SPDX-License-Identifier: Apache-2.0
//! The three forms, a profile with its headers, and hostile files.

use super::*;
use std::process;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("import-{name}-{}", process::id()));
        fs::create_dir_all(path.join("config")).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn pairs(found: &[Found]) -> Vec<(&str, &str)> {
    let pairs = found.iter();
    pairs
        .map(|one| (one.name.as_str(), one.value.as_str()))
        .collect()
}

#[test]
fn a_cmake_file_sets_options() {
    let text = "# set(A 1)\nset(ITS_BUF_SIZE 32 CACHE STRING \"a (b\" FORCE)\n\
                if (NOT X)\n  SET ( TFM_LIB_MODEL\n ON # why\n CACHE BOOL \"d\")\nendif()\n\
                option(BL2 \"the loader\" OFF)\n#[[ set(B 1)\n]]\nset(EMPTY \"\" CACHE PATH \"x\")\n\
                message(STATUS \"a\\\"b)\")\nset(LONE)\n";
    let found = cmake::parse("p.cmake", text).unwrap();
    assert_eq!(
        pairs(&found),
        [
            ("ITS_BUF_SIZE", "32"),
            ("TFM_LIB_MODEL", "ON"),
            ("BL2", "OFF"),
            ("EMPTY", "")
        ]
    );
    assert_eq!(found[1].place, "p.cmake:4");
    assert_eq!(found[3].place, "p.cmake:11");
    for (bad, words) in [
        ("set(A 1", "p.cmake:1: the brackets"),
        ("\nset(A \"1", "p.cmake:2: the quotes"),
        ("set A", "p.cmake:1: a command of CMake"),
        ("}", "p.cmake:1: a command of CMake"),
    ] {
        let text = cmake::parse("p.cmake", bad).unwrap_err().to_string();
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_header_defines_options() {
    let text = "#ifndef GUARD_H\n#define GUARD_H\n/* #define A 1\n */\n# define ITS_BUF_SIZE \\\n 64 // b\n\
                //#define B 1\n#define PSA_WANT_ALG_CCM\n#define F(x) 1\n#define C 2\n#undef C\n#endif\n";
    let found = header::parse("c.h", text).unwrap();
    assert_eq!(
        pairs(&found),
        [("ITS_BUF_SIZE", "64"), ("PSA_WANT_ALG_CCM", "1")]
    );
    assert_eq!(found[0].place, "c.h:5");
    let text = header::parse("c.h", "\n/* ").unwrap_err().to_string();
    assert_eq!(text, "c.h:2: this comment does not end");
}

#[test]
fn a_file_of_kconfig_sets_options() {
    let text = "# a comment\n\nCONFIG_ITS_BUF_SIZE=32\n# CONFIG_BL2 is not set\n\
                CONFIG_CONFIG_TFM_SPM_BACKEND_SFN=y\nCONFIG_A=\"b\"\n";
    let found = kconfig::parse("p.conf", text).unwrap();
    assert_eq!(
        pairs(&found),
        [
            ("ITS_BUF_SIZE", "32"),
            ("BL2", "n"),
            ("CONFIG_TFM_SPM_BACKEND_SFN", "y"),
            ("A", "b")
        ]
    );
    for (bad, words) in [
        ("A=1", "p.conf:1: a name begins with CONFIG_"),
        ("x", "CONFIG_NAME=value"),
    ] {
        let text = kconfig::parse("p.conf", bad).unwrap_err().to_string();
        assert!(text.contains(words), "{text}");
    }
}

#[test]
fn a_profile_brings_its_headers_and_what_is_left() {
    let folder = Folder::new("profile");
    folder.write("config/p.h", "#define CRYPTO_CONC_OPER_NUM 4\n#define ITS_BUF_SIZE ITS_MAX_ASSET_SIZE\n#define ITS_MAX_ASSET_SIZE 256\n");
    folder.write(
        "config/crypto.h",
        "#define PSA_WANT_ALG_SHA_256 1\n#define PSA_WANT_ALG_MD5 1\n",
    );
    let profile = folder.write(
        "config/p.cmake",
        "set(PROJECT_CONFIG_HEADER_FILE \"${CMAKE_SOURCE_DIR}/config/p.h\" CACHE FILEPATH \"\")\n\
         set(TFM_MBEDCRYPTO_CONFIG_PATH \"${CMAKE_SOURCE_DIR}/config/crypto.h\" CACHE PATH \"\")\n\
         set(MBEDTLS_PSA_CRYPTO_CONFIG_FILE \"${CMAKE_SOURCE_DIR}/none.h\" CACHE PATH \"\")\n\
         set(TFM_ISOLATION_LEVEL 3 CACHE STRING \"\")\nset(CRYPTO_ENGINE_BUF_SIZE 0x400)\n\
         set(CRYPTO_CONC_OPER_NUM 6)\nset(TFM_PARTITION_INITIAL_ATTESTATION OFF)\n",
    );
    let made = import(&profile).unwrap();
    let value = |key: &str| made.settings().find(|row| row.0 == key).map(|row| row.1);
    // What the profile sets wins over its header.
    assert_eq!(value("crypto.concurrent_operations"), Some("6"));
    assert_eq!(value("its.buffer_bytes"), Some("256"));
    assert_eq!(value("crypto.psa_want_alg_sha_256"), Some("true"));
    assert_eq!(value("crypto.psa_want_alg_ccm"), Some("false"));
    assert_eq!(value("crypto.engine_buffer_bytes"), None);
    assert_eq!(
        made.partitions().next().map(|row| (row.0, row.1)),
        Some(("attestation", "false"))
    );
    let why = |name: &str| {
        made.left
            .iter()
            .find(|left| left.found.name == name)
            .map(|left| left.why.as_str())
    };
    assert!(why("TFM_ISOLATION_LEVEL").unwrap().contains("always 1"));
    assert!(why("PSA_WANT_ALG_MD5").unwrap().contains("not among those"));
    assert!(
        why("CRYPTO_ENGINE_BUF_SIZE")
            .unwrap()
            .contains("not taken over")
    );
    assert!(
        why("MBEDTLS_PSA_CRYPTO_CONFIG_FILE")
            .unwrap()
            .contains("not there")
    );
    let text = made.to_toml();
    assert!(
        text.contains("[crypto]\n# CRYPTO_CONC_OPER_NUM = 6, "),
        "{text}"
    );
    assert!(toml::de::DeTable::parse(&text).is_ok(), "{text}");
}

#[test]
fn other_files_are_refused_by_name() {
    let folder = Folder::new("others");
    for (name, text, words) in [
        ("a.json", "{}", "write a CMake file"),
        ("a.h", "int x;", "sets no option"),
        ("a.conf", "", "sets no option"),
    ] {
        let error = format!("{:#}", import(&folder.write(name, text)).unwrap_err());
        assert!(error.contains(words) && error.contains(name), "{error}");
    }
    fs::write(folder.0.join("b.h"), [0xFF, 0xFE]).unwrap();
    let error = format!("{:#}", import(&folder.0.join("b.h")).unwrap_err());
    assert!(error.contains("b.h"), "{error}");
    assert!(import(&folder.0.join("none.h")).is_err());
}
