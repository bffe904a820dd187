// SPDX-License-Identifier: Apache-2.0
//! What the Initial Attestation partition needs: it authenticates tokens with HMAC of SHA-256.

use super::{ATTESTATION, CRYPTO};
use crate::effective::Effective;
use crate::problems::Problems;

const NEEDS: &[&str] = &[
    "crypto.psa_want_alg_hmac",
    "crypto.psa_want_alg_sha_256",
    "crypto.mac_module",
];

/// Adds to `problems` what tokens lack, if the profile lists the partition.
pub(super) fn check(effective: &Effective, problems: &mut Problems) {
    let Some(line) = effective.lines.get(ATTESTATION) else {
        return;
    };
    // That the partition needs Crypto at all is said of its manifest.
    if !effective.lines.contains_key(CRYPTO) {
        return;
    }
    for key in NEEDS.iter().filter(|key| !effective.flag(key)) {
        problems.add(format!(
            "{}: `{key}` is false, but `partitions.{ATTESTATION}`, listed at {}, authenticates \
             tokens with HMAC of SHA-256: write {key} = true, or partitions.{ATTESTATION} = false",
            effective.origin(key),
            line.origin,
        ));
    }
}
