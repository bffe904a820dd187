// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation: content of the tokens.

use super::key::{key, switch};
use super::{Key, Kind};

/// The keys.
pub const KEYS: &[Key] = &[
    key(
        "attestation.token_profile",
        Kind::Choice(&["rfc9783", "psa_iot_profile_1"]),
        "Profile of the token: \"rfc9783\" (tag:psacertified.org,2023:psa#tfm) or \"psa_iot_profile_1\".",
    ),
    switch(
        "attestation.optional_claims",
        "Claims that the token profile does not require; without them none of those below.",
    ),
    switch(
        "attestation.configuration_component",
        "The digest that `cargo xtask config` prints, as a software component: 77 bytes.",
    ),
    switch(
        "attestation.certification_reference",
        "Certification reference, or hardware version in the older profile: 23 bytes.",
    ),
    switch(
        "attestation.boot_rom_component",
        "The measurement of the boot ROM, as a software component: 71 bytes.",
    ),
    switch(
        "attestation.component_texts",
        "Type, version and description of image and boot ROM: about 21 bytes each.",
    ),
    key(
        "attestation.verification_service",
        Kind::Label { most: 255 },
        "Verification service of this device; \"\": not in the token.",
    ),
    key(
        "attestation.key_id",
        Kind::Label { most: 64 },
        "Key id in the unprotected header of the token; \"\": none. It is not a claim.",
    ),
];
