// SPDX-License-Identifier: Apache-2.0
use crate::tests::configuration;

fn problems(profile: &str, settings: &[&str]) -> Vec<String> {
    let outcome = configuration(profile, settings);
    match outcome {
        Ok(_) => Vec::new(),
        Err(problems) => problems.to_string().lines().map(String::from).collect(),
    }
}

#[track_caller]
fn one(profile: &str, settings: &[&str], words: &[&str]) {
    let found = problems(profile, settings);
    assert_eq!(found.len(), 1, "{found:#?}");
    for word in words {
        assert!(found[0].contains(word), "{word}: {}", found[0]);
    }
}

#[test]
fn tokens_need_hmac_of_sha_256() {
    for key in ["crypto.psa_want_alg_hmac", "crypto.mac_module"] {
        let set = format!("{key}=false");
        let place = format!("--set: `{key}` is false");
        one(
            "small",
            &[&set],
            &[&place, "listed at profiles/small.toml:"],
        );
        let dropped = problems("small", &[&set, "partitions.attestation=false"]);
        assert_eq!(dropped, Vec::<String>::new());
    }
    let text = problems("small", &["crypto.psa_want_alg_sha_256=false"]);
    // HMAC has no hash then either.
    assert_eq!(text.len(), 2, "{text:#?}");
    one(
        "small",
        &["partitions.crypto=false", "crypto.persistent_keys=false"],
        &["`partitions.attestation`, listed at", "TFM_CRYPTO"],
    );
}

#[test]
fn an_algorithm_names_the_hash_that_it_lacks() {
    let no_hash = "crypto.psa_want_alg_sha_256=false";
    for name in ["hkdf", "tls12_prf", "pbkdf2_hmac", "deterministic_ecdsa"] {
        let key = format!("crypto.psa_want_alg_{name}");
        let set = format!("{key}=true");
        let words = [
            key.as_str(),
            "`crypto.psa_want_alg_sha_256` (false at --set)",
        ];
        one("hash_only", &[no_hash, &set], &words);
    }
    let tls = [no_hash, "crypto.psa_want_alg_sha_512=true"];
    let prf = "crypto.psa_want_alg_tls12_prf=true";
    one(
        "hash_only",
        &[tls[0], tls[1], prf],
        &["tls12_prf", "sha_384"],
    );
    // What is inside comes with it.
    let inside = "crypto.psa_want_alg_sp800_108_counter_cmac=true";
    assert!(problems("hash_only", &[no_hash, inside]).is_empty());
}

#[test]
fn keys_that_nothing_creates_are_not_stored() {
    one(
        "small",
        &["crypto.key_module=false"],
        &[
            "--set: `crypto.key_module`",
            "crypto.persistent_keys = false",
        ],
    );
}

#[test]
fn a_budget_holds_what_is_known() {
    one(
        "small",
        &["budget.secure.ram_bytes=2000"],
        &[
            "--set: `budget.secure.ram_bytes` is 2000",
            "2048 for contexts and keys",
        ],
    );
    one(
        "small",
        &["crypto.key_slots=4096"],
        &["profiles/small.toml:", "`crypto.key_slots` at --set"],
    );
}

#[test]
fn everything_is_told_at_once() {
    let found = problems(
        "small",
        &[
            "crypto.psa_want_alg_hmac=false",
            "crypto.engine_buffer_bytes=100",
            "partitions.its=false",
            "memory.boot_data_bytes=33",
        ],
    );
    let text = found.join("\n");
    for word in [
        "alg_hmac",
        "engine_buffer_bytes",
        "persistent_keys",
        "boot_data_bytes",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // Mistakes of all layers come before what can be compared.
    let found = problems("smal", &["spm.backand=sfn", "crypto.key_slots=many", "a"]);
    assert_eq!(found.len(), 4, "{found:#?}");
}

#[test]
fn only_a_partition_that_is_listed_can_be_dropped() {
    one(
        "small",
        &["partitions.atestation=false"],
        &["nearest is `attestation`"],
    );
    assert!(problems("hash_only", &["partitions.attestation=false"]).is_empty());
    one(
        "small",
        &["partitions.attestation=true"],
        &["or false, not true"],
    );
}
