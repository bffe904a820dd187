// SPDX-License-Identifier: Apache-2.0
//! Algorithms that are of no use without another one.

use crate::derive::ALGORITHM;
use crate::effective::Effective;
use crate::problems::Problems;

const HASHES: &[&str] = &["alg_sha_224", "alg_sha_256", "alg_sha_384", "alg_sha_512"];
/// TLS 1.2 defines no other hash for its pseudorandom function.
const HASHES_OF_TLS: &[&str] = &["alg_sha_256", "alg_sha_384"];

/// Each algorithm, and those of which it needs one: a client names it with the algorithm.
const NEEDS: &[(&str, &[&str])] = &[
    ("alg_hmac", HASHES),
    ("alg_hkdf", HASHES),
    ("alg_hkdf_extract", HASHES),
    ("alg_hkdf_expand", HASHES),
    ("alg_tls12_prf", HASHES_OF_TLS),
    ("alg_tls12_psk_to_ms", HASHES_OF_TLS),
    ("alg_sp800_108_counter_hmac", HASHES),
    ("alg_pbkdf2_hmac", HASHES),
    ("alg_deterministic_ecdsa", HASHES),
];

/// Adds to `problems` the algorithms that lack another.
pub(super) fn check(effective: &Effective, problems: &mut Problems) {
    let has = |name: &str| effective.flag(&format!("{ALGORITHM}{name}"));
    for (name, needs) in NEEDS {
        if !has(name) || needs.iter().any(|need| has(need)) {
            continue;
        }
        let key = format!("{ALGORITHM}{name}");
        let all: Vec<String> = needs
            .iter()
            .map(|need| {
                let need = format!("{ALGORITHM}{need}");
                format!("`{need}` (false at {})", effective.origin(&need))
            })
            .collect();
        problems.add(format!(
            "{}: `{key}` is true, but it needs a hash, and there is none of {}: write one of them \
             = true",
            effective.origin(&key),
            all.join(", ")
        ));
    }
}
